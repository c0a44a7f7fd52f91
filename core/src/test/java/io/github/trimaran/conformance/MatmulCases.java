package io.github.trimaran.conformance;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.List;

/** matmul. */
final class MatmulCases<A> {

  private record Shapes(Shape a, Shape b) {}

  private static Shapes matrices(int rows, int inner, int columns) {
    return new Shapes(Shape.of(rows, inner), Shape.of(inner, columns));
  }

  private static final List<Shapes> SMALL =
      List.of(
          matrices(1, 1, 1),
          matrices(1, 5, 1),
          matrices(5, 1, 3),
          matrices(1, 7, 9),
          matrices(9, 7, 1),
          matrices(2, 3, 4),
          matrices(5, 7, 3),
          matrices(17, 16, 15),
          matrices(33, 3, 2),
          matrices(2, 3, 33),
          matrices(2, 65, 3),
          matrices(0, 3, 4),
          matrices(3, 4, 0),
          matrices(3, 0, 4),
          new Shapes(Shape.of(2, 3, 4), Shape.of(2, 4, 5)),
          new Shapes(Shape.of(2, 3, 4), Shape.of(4, 5)),
          new Shapes(Shape.of(3, 4), Shape.of(2, 4, 5)),
          new Shapes(Shape.of(2, 1, 3, 4), Shape.of(3, 4, 2)),
          new Shapes(Shape.of(1, 3, 2, 4), Shape.of(2, 1, 4, 3)),
          new Shapes(Shape.of(1, 2, 3), Shape.of(1, 3, 2)),
          new Shapes(Shape.of(0, 2, 3), Shape.of(3, 4)),
          new Shapes(Shape.of(2, 3, 0), Shape.of(0, 2)));

  private static final List<Shapes> LARGE =
      List.of(
          matrices(65, 67, 63),
          matrices(257, 9, 5),
          matrices(3, 9, 517),
          matrices(4, 1031, 6),
          new Shapes(Shape.of(7, 19, 23), Shape.of(7, 23, 17)));

  static <A> Operation<A> matmul() {
    return Operation.primitive(
        (b, x) -> b.matmul(x.get(0), x.get(1)),
        x -> x.get(0).matmul(x.get(1)),
        x -> ReduceOracles.matmul(x.get(0), x.get(1)),
        Tolerance.accumulated(x -> x.get(0).dim(-1)));
  }

  /** Products with vectors: a row on the left, a column on the right. */
  private static final List<Shapes> VECTORS =
      List.of(
          new Shapes(Shape.of(4), Shape.of(4)),
          new Shapes(Shape.of(1), Shape.of(1)),
          new Shapes(Shape.of(0), Shape.of(0)),
          new Shapes(Shape.of(4), Shape.of(4, 3)),
          new Shapes(Shape.of(0), Shape.of(0, 3)),
          new Shapes(Shape.of(3, 4), Shape.of(4)),
          new Shapes(Shape.of(3, 0), Shape.of(0)),
          new Shapes(Shape.of(4), Shape.of(2, 5, 4, 3)),
          new Shapes(Shape.of(2, 5, 3, 4), Shape.of(4)));

  private static <A> Operation<A> withVectors() {
    return Operation.composed(
        x -> x.get(0).matmul(x.get(1)),
        x -> ofVectors(x.get(0), x.get(1)),
        Tolerance.accumulated(x -> x.get(0).dim(-1)));
  }

  /** Of operands one of which at least is a vector: the sum over the axis they share. */
  private static Grid ofVectors(Grid a, Grid b) {
    int rows = a.shape().rank() - 1;
    int shared = Math.max(b.shape().rank() - 2, 0);
    int[] extents = new int[rows + b.shape().rank() - 1];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = i < rows ? a.dim(i) : b.dim(i - rows < shared ? i - rows : i - rows + 1);
    }
    return Grid.fill(
        Shape.of(extents),
        a.dtype(),
        index -> {
          double sum = 0;
          for (int k = 0; k < a.dim(-1); k++) {
            int[] left = Arrays.copyOf(index, rows + 1);
            left[rows] = k;
            int[] right = new int[b.shape().rank()];
            for (int i = 0; i < right.length; i++) {
              right[i] = i == shared ? k : index[rows + (i < shared ? i : i - 1)];
            }
            sum += a.at(left) * b.at(right);
          }
          return sum;
        });
  }

  private void vectors(Catalogue<A> to) {
    to.add(
        "matmul",
        Catalogue.FLOATS,
        "vectors by hand",
        p -> {
          HostArray vector = p.array(new double[] {1, 2}, 2);
          HostArray matrix = p.array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
          HostArray three = p.array(new double[] {1, 0, -1}, 3);
          p.checkByHand(withVectors(), p.array(new double[] {5}), vector, vector);
          p.checkByHand(withVectors(), p.array(new double[] {9, 12, 15}, 3), vector, matrix);
          p.checkByHand(withVectors(), p.array(new double[] {-2, -2}, 2), matrix, three);
        });
    for (Shapes shapes : VECTORS) {
      String name = shapes.a() + " by " + shapes.b();
      to.add(
          "matmul",
          Catalogue.FLOATS,
          name,
          p -> p.check(withVectors(), p.values(shapes.a().dims()), p.values(shapes.b().dims())));
      if (!shapes.a().isEmpty()) {
        GradientCases.add(
            to,
            "matmul",
            name,
            withVectors(),
            p -> new HostArray[] {p.values(shapes.a().dims()), p.values(shapes.b().dims())});
      }
    }
  }

  /** With both operands stored transposed, as in the gradients of a linear layer. */
  private static <A> Operation<A> ofTransposed() {
    return new Operation<>(
        (b, x) -> {
          A left = b.permute(x.get(0), 1, 0);
          A right = b.permute(x.get(1), 1, 0);
          List<A> product = List.of(b.matmul(left, right));
          List.of(left, right).forEach(b::release);
          return product;
        },
        x -> List.of(x.get(0).mT().matmul(x.get(1).mT())),
        x ->
            List.of(
                ReduceOracles.matmul(
                    MoveOracles.permute(x.get(0), 1, 0), MoveOracles.permute(x.get(1), 1, 0))),
        Tolerance.accumulated(x -> x.get(0).dim(0)));
  }

  void addTo(Catalogue<A> to) {
    vectors(to);
    to.add(
        "matmul",
        Catalogue.FLOATS,
        "by hand",
        p ->
            p.checkByHand(
                matmul(),
                p.array(new double[] {58, 64, 139, 154}, 2, 2),
                p.array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3),
                p.array(new double[] {7, 8, 9, 10, 11, 12}, 3, 2)));
    for (Shapes shapes : SMALL) {
      to.add(
          "matmul",
          Catalogue.FLOATS,
          shapes.a() + " by " + shapes.b(),
          p -> p.check(matmul(), p.values(shapes.a().dims()), p.values(shapes.b().dims())));
    }
    for (Shapes shapes : LARGE) {
      to.add(
          "matmul",
          Catalogue.FLOATS,
          shapes.a() + " by " + shapes.b(),
          p -> {
            HostArray a = p.values(shapes.a().dims());
            HostArray b = p.values(shapes.b().dims());
            p.checkDense(matmul(), a, b);
            p.checkMixed(matmul(), a, b);
          });
    }
    to.add(
        "matmul",
        Catalogue.FLOATS,
        "of transposed matrices",
        p -> {
          p.check(ofTransposed(), p.values(7, 5), p.values(3, 7));
          p.checkDense(ofTransposed(), p.values(67, 65), p.values(63, 67));
        });
    to.add(
        "matmul",
        Catalogue.FLOATS,
        "NaN and infinity times 0",
        p -> {
          HostArray a = p.values(5, 6);
          HostArray b = p.values(6, 4);
          a.set(8, Double.NaN);
          a.set(15, Double.POSITIVE_INFINITY);
          for (int i = 0; i < 8; i++) {
            b.set(8 + i, 0);
          }
          p.check(matmul(), a, b);
        });
    to.add(
        "matmul",
        Catalogue.FLOATS,
        "accuracy of long rows of one sign",
        p ->
            p.checkDense(
                matmul(), p.between(0.1, 0.1001, 2, 50_021), p.between(0.1, 0.1001, 50_021, 2)));
    to.add(
        "matmul",
        Catalogue.FLOATS,
        "random shapes",
        p -> {
          for (int i = 0; i < 32; i++) {
            Shape batch = Samples.any(p.rng(), 0, 2);
            int inner = 1 + p.rng().nextInt(20);
            int[] a = matrix(Samples.narrowed(p.rng(), batch), 1 + p.rng().nextInt(20), inner);
            int[] b = matrix(Samples.narrowed(p.rng(), batch), inner, 1 + p.rng().nextInt(20));
            p.checkMixed(matmul(), p.values(a), p.values(b));
          }
        });
  }

  private static int[] matrix(Shape batch, int rows, int columns) {
    int[] extents = Arrays.copyOf(batch.dims(), batch.rank() + 2);
    extents[batch.rank()] = rows;
    extents[batch.rank() + 1] = columns;
    return extents;
  }
}
