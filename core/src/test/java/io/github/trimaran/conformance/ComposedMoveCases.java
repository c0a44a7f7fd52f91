package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Moves and selections that tensors compose of primitives: where each element comes from. */
final class ComposedMoveCases<A> {

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    squeeze();
    split();
    pieces();
    repeat();
    roll();
    edges();
    selection();
    fromTheEnd();
  }

  /** The index in the operand of each element of the result. */
  private interface Source {
    int[] of(int... index);
  }

  private static <A> Operation<A> moved(UnaryOperator<Tensor> tensor, Shape to, Source source) {
    return Operation.composed(
        x -> tensor.apply(x.get(0)),
        x -> Grid.fill(to, x.get(0).dtype(), index -> x.get(0).at(source.of(index))),
        Tolerance.exact());
  }

  /** Values of every dtype, and derivatives. */
  private void add(String method, String name, Operation<A> operation, Shape from) {
    catalogue.add(method, Catalogue.ALL, name, p -> p.check(operation, p.values(from.dims())));
    if (!from.isEmpty()) {
      GradientCases.add(
          catalogue,
          method,
          name + ", of exponentials",
          GradientCases.afterExp(operation),
          p -> new HostArray[] {p.values(from.dims())});
    }
  }

  private void reshaped(
      String method, String name, UnaryOperator<Tensor> tensor, Shape from, Shape to) {
    Operation<A> operation =
        Operation.composed(
            x -> tensor.apply(x.get(0)), x -> MoveOracles.reshape(x.get(0), to), Tolerance.exact());
    add(method, name, operation, from);
  }

  private void squeeze() {
    Shape from = Shape.of(1, 3, 1, 2);
    reshaped("squeeze", "all ones", Tensor::squeeze, from, Shape.of(3, 2));
    reshaped("squeeze", "the first", x -> x.squeeze(0), from, Shape.of(3, 1, 2));
    reshaped("squeeze", "one from the end", x -> x.squeeze(-2), from, Shape.of(1, 3, 2));
    reshaped("squeeze", "two", x -> x.squeeze(-2, 0), from, Shape.of(3, 2));
    reshaped("squeeze", "to 0-d", Tensor::squeeze, Shape.of(1, 1), Shape.scalar());
    reshaped("squeeze", "nothing", Tensor::squeeze, Shape.of(2, 0), Shape.of(2, 0));
    reshaped("unsqueeze", "last", x -> x.unsqueeze(-1), Shape.of(2, 3), Shape.of(2, 3, 1));
  }

  // ---- apart and side by side ------------------------------------------------------------------

  private Operation<A> split(int axis, int... sizes) {
    return new Operation<>(
        null,
        x -> x.get(0).split(sizes, axis),
        x -> {
          int along = x.get(0).shape().axis("oracle", axis);
          int[] from = {0};
          return Arrays.stream(sizes)
              .mapToObj(
                  size -> {
                    int start = from[0];
                    from[0] += size;
                    return Grid.fill(
                        x.get(0).shape().with(along, size),
                        x.get(0).dtype(),
                        index -> {
                          int[] source = index.clone();
                          source[along] += start;
                          return x.get(0).at(source);
                        });
                  })
              .toList();
        },
        Tolerance.exact());
  }

  private Operation<A> split(Operation<A> bySizes, int size, int axis) {
    return new Operation<>(
        null, x -> x.get(0).split(size, axis), bySizes.oracle(), bySizes.tolerance());
  }

  private void split() {
    Shape shape = Shape.of(3, 7, 2);
    add("split", "by sizes", split(1, 2, 0, 4, 1), shape);
    add("split", "by sizes along the last", split(-1, 1, 1), shape);
    add("split", "in threes", split(split(1, 3, 3, 1), 3, 1), shape);
    add("split", "in pieces larger than the axis", split(split(-2, 7), 9, -2), shape);
    add("split", "of nothing", split(split(0, 0), 2, 0), Shape.of(0, 2));
  }

  private static <A> Operation<A> unbind(int axis) {
    return new Operation<>(
        null,
        x -> x.get(0).unbind(axis),
        x -> {
          Grid a = x.get(0);
          int along = a.shape().axis("oracle", axis);
          return IntStream.range(0, a.dim(along))
              .mapToObj(
                  i ->
                      Grid.fill(
                          a.shape().without(along),
                          a.dtype(),
                          index -> a.at(inserted(index, along, i))))
              .toList();
        },
        Tolerance.exact());
  }

  private static int[] inserted(int[] index, int axis, int at) {
    int[] more = new int[index.length + 1];
    for (int i = 0; i < more.length; i++) {
      more[i] = i == axis ? at : index[i < axis ? i : i - 1];
    }
    return more;
  }

  private Operation<A> chunk(Operation<A> bySizes, int pieces, int axis) {
    return new Operation<>(
        null, x -> x.get(0).chunk(pieces, axis), bySizes.oracle(), bySizes.tolerance());
  }

  /** Sizes as PyTorch's: 7 in 3 are 3, 3 and 1, and 7 in 5 are four pieces. */
  private void pieces() {
    Shape shape = Shape.of(3, 7, 2);
    add("chunk", "in three", chunk(split(1, 3, 3, 1), 3, 1), shape);
    add("chunk", "in fewer than asked for", chunk(split(-2, 2, 2, 2, 1), 5, -2), shape);
    add("chunk", "in one", chunk(split(2, 2), 1, 2), shape);
    add("chunk", "in more than there are", chunk(split(0, 1, 1, 1), 9, 0), shape);
    add("chunk", "of nothing", chunk(split(0, 0), 2, 0), Shape.of(0, 2));
    for (int axis : new int[] {0, 1, -1}) {
      add("unbind", "along " + axis, unbind(axis), shape);
    }
    add("unbind", "a vector", unbind(0), Shape.of(3));
    catalogue.add(
        "unbind",
        Catalogue.ALL,
        "nothing",
        p -> {
          Tensor none = Tensor.zeros(p.backend(), Shape.of(0, 2), p.dtype());
          if (!none.unbind(0).isEmpty()) {
            throw new AssertionError("pieces of nothing");
          }
          none.close();
        });
  }

  private void repeat() {
    Shape from = Shape.of(2, 3);
    add(
        "repeat",
        "each axis",
        moved(x -> x.repeat(2, 3), Shape.of(4, 9), i -> new int[] {i[0] % 2, i[1] % 3}),
        from);
    add(
        "repeat",
        "with a leading axis",
        moved(x -> x.repeat(4, 1, 2), Shape.of(4, 2, 6), i -> new int[] {i[1], i[2] % 3}),
        from);
    add("repeat", "0-d", moved(x -> x.repeat(3), Shape.of(3), i -> new int[0]), Shape.scalar());
    catalogue.add(
        "repeat",
        Catalogue.ALL,
        "no times",
        p -> p.check(moved(x -> x.repeat(0, 2), Shape.of(0, 6), i -> new int[2]), p.values(2, 3)));
  }

  private void roll() {
    Shape from = Shape.of(2, 5, 3);
    for (int shift : new int[] {0, 1, -1, 3, 12, -12}) {
      Source source = i -> new int[] {i[0], Math.floorMod(i[1] - shift, 5), i[2]};
      add("roll", "by " + shift, moved(x -> x.roll(shift, 1), from, source), from);
      add("roll", "from the end, by " + shift, moved(x -> x.roll(shift, -2), from, source), from);
    }
    Shape none = Shape.of(0, 2);
    add("roll", "nothing", moved(x -> x.roll(1, 0), none, i -> i), none);
  }

  // ---- edges that go on ------------------------------------------------------------------------

  private static int reflected(int index, int extent) {
    int inside = Math.abs(index);
    return inside < extent ? inside : 2 * (extent - 1) - inside;
  }

  private static int replicated(int index, int extent) {
    return Math.max(0, Math.min(index, extent - 1));
  }

  private void edges() {
    Shape from = Shape.of(2, 3, 4);
    int[] before = {0, 2, 1};
    int[] after = {0, 1, 3};
    Shape to = Shape.of(2, 6, 8);
    add(
        "padReflect",
        "two axes",
        moved(
            x -> x.padReflect(before, after),
            to,
            i -> new int[] {i[0], reflected(i[1] - 2, 3), reflected(i[2] - 1, 4)}),
        from);
    add(
        "padReplicate",
        "two axes",
        moved(
            x -> x.padReplicate(before, after),
            to,
            i -> new int[] {i[0], replicated(i[1] - 2, 3), replicated(i[2] - 1, 4)}),
        from);
    int[] none = {0, 0, 0};
    add("padReflect", "none", moved(x -> x.padReflect(none, none), from, i -> i), from);
    add("padReplicate", "none", moved(x -> x.padReplicate(none, none), from, i -> i), from);
    add(
        "padReplicate",
        "far beyond",
        moved(
            x -> x.padReplicate(new int[] {5}, new int[] {0}),
            Shape.of(7),
            i -> new int[] {replicated(i[0] - 5, 2)}),
        Shape.of(2));
    Shape empty = Shape.of(0, 2);
    add(
        "padReflect",
        "beside nothing",
        moved(
            x -> x.padReflect(new int[] {0, 1}, new int[] {0, 0}), Shape.of(0, 3), i -> new int[2]),
        empty);
    add(
        "padReplicate",
        "beside nothing",
        moved(
            x -> x.padReplicate(new int[] {0, 1}, new int[] {0, 0}),
            Shape.of(0, 3),
            i -> new int[2]),
        empty);
  }

  // ---- selection -------------------------------------------------------------------------------

  private static <A> Operation<A> indexSelect(int axis) {
    return Operation.composed(
        x -> x.get(0).indexSelect(axis, x.get(1)),
        x -> {
          Grid a = x.get(0);
          int along = a.shape().axis("oracle", axis);
          return Grid.fill(
              a.shape().with(along, x.get(1).dim(0)),
              a.dtype(),
              index -> {
                int[] source = index.clone();
                source[along] = (int) x.get(1).at(index[along]);
                return a.at(source);
              });
        },
        Tolerance.exact());
  }

  private void selection() {
    for (int axis : new int[] {0, 1, -1}) {
      catalogue.add(
          "indexSelect",
          Catalogue.ALL,
          "along " + axis,
          p -> {
            p.check(indexSelect(axis), p.values(4, 3, 5), p.indices(3, 6));
            p.check(indexSelect(axis), p.values(4, 3, 5), p.indices(3, 0));
          });
      GradientCases.add(
          catalogue,
          "indexSelect",
          "of exponentials along " + axis,
          GradientCases.afterExp(indexSelect(axis)),
          p -> new HostArray[] {p.values(4, 3, 5), p.indices(3, 6)});
    }
    Operation<A> oneHot =
        Operation.composed(
            x -> x.get(0).oneHot(5),
            x ->
                Grid.fill(
                    appended(x.get(0).shape(), 5),
                    DType.INT64,
                    index ->
                        x.get(0).at(Arrays.copyOf(index, index.length - 1))
                                == index[index.length - 1]
                            ? 1
                            : 0),
            Tolerance.exact());
    catalogue.add(
        "oneHot",
        DType.INT64,
        "0-d, vectors, more axes, none",
        p -> {
          for (Shape shape : List.of(Shape.scalar(), Shape.of(4), Shape.of(2, 3), Shape.of(0))) {
            p.check(oneHot, p.indices(5, shape.dims()));
          }
        });
  }

  private void fromTheEnd() {
    Shape from = Shape.of(3, 5, 2);
    Shape row = Shape.of(5, 2);
    add("select", "last", moved(x -> x.select(0, -1), row, i -> new int[] {2, i[0], i[1]}), from);
    add("select", "first", moved(x -> x.select(0, -3), row, i -> new int[] {0, i[0], i[1]}), from);
    Source lastTwo = i -> new int[] {i[0], i[1] + 3, i[2]};
    add("narrow", "last two", moved(x -> x.narrow(1, -2, 2), Shape.of(3, 2, 2), lastTwo), from);
    Source second = i -> new int[] {i[0], i[1] + 1, i[2]};
    add("narrow", "within", moved(x -> x.narrow(-2, -4, 3), Shape.of(3, 3, 2), second), from);
    // As x[-2:, 1:-1:2, -2:-1] in NumPy.
    add(
        "slice",
        "from the end",
        moved(
            x -> x.slice(new int[] {-2, 1, -2}, new int[] {3, -1, -1}, new int[] {1, 2, 1}),
            Shape.of(2, 2, 1),
            i -> new int[] {i[0] + 1, 1 + 2 * i[1], i[2]}),
        from);
  }

  private static Shape appended(Shape shape, int extent) {
    int[] extents = Arrays.copyOf(shape.dims(), shape.rank() + 1);
    extents[shape.rank()] = extent;
    return Shape.of(extents);
  }
}
