package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Sorted;
import io.github.trimaran.tensor.Tensor;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** argSort, and what tensors make of it: sort and topK. */
final class SortCases<A> {

  private static final double[] SPECIAL = {
    2,
    Double.NaN,
    0,
    Double.POSITIVE_INFINITY,
    -0.0,
    Double.NEGATIVE_INFINITY,
    Double.NaN,
    0,
    -1,
    Double.POSITIVE_INFINITY
  };

  private Catalogue<A> catalogue;

  void addTo(Catalogue<A> to) {
    catalogue = to;
    orders();
    special();
    values();
  }

  /** Indices along an axis, sorted by a comparison; adding 0 makes -0 into 0. */
  private static Grid order(Grid a, int axis, boolean descending) {
    return Grid.fill(
        a.shape(),
        DType.INT64,
        index -> {
          int[] each = index.clone();
          double[] line = new double[a.dim(axis)];
          for (int k = 0; k < line.length; k++) {
            each[axis] = k;
            line[k] = a.at(each) + 0.0;
          }
          Comparator<Integer> byValue = Comparator.comparingDouble(k -> line[k]);
          return IntStream.range(0, line.length)
              .boxed()
              .sorted(descending ? byValue.reversed() : byValue)
              .toList()
              .get(index[axis]);
        });
  }

  private static int along(Grid a, int axis) {
    return a.shape().axis("oracle", axis);
  }

  private static <A> Operation<A> argSort(int axis) {
    return Operation.primitive(
        (b, x) -> b.argSort(x.get(0), b.shape(x.get(0)).axis("argSort", axis)),
        x -> x.get(0).argSort(axis),
        x -> order(x.get(0), along(x.get(0), axis), false),
        Tolerance.exact());
  }

  private static <A> Operation<A> sort(int axis, boolean descending) {
    return new Operation<>(
        null,
        x -> both(x.get(0).sort(axis, descending)),
        x -> {
          Grid order = order(x.get(0), along(x.get(0), axis), descending);
          return List.of(MoveOracles.gather(x.get(0), along(x.get(0), axis), order), order);
        },
        Tolerance.exact());
  }

  private static <A> Operation<A> topK(int k, int axis) {
    return new Operation<>(
        null,
        x -> both(x.get(0).topK(k, axis)),
        x -> {
          int along = along(x.get(0), axis);
          Grid all = order(x.get(0), along, true);
          Grid order = Grid.fill(all.shape().with(along, k), DType.INT64, all::at);
          return List.of(MoveOracles.gather(x.get(0), along, order), order);
        },
        Tolerance.exact());
  }

  private static List<Tensor> both(Sorted sorted) {
    return List.of(sorted.values(), sorted.indices());
  }

  private void orders() {
    catalogue.add(
        "argSort",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                argSort(0),
                HostArray.of(new long[] {3, 1, 4, 0, 2}, Shape.of(5)),
                p.array(new double[] {3, 1, 4, 0, 1}, 5)));
    for (int axis : new int[] {0, 1, -1}) {
      catalogue.add(
          "argSort",
          Catalogue.NUMBERS,
          "along " + axis + ", many ties and none",
          p -> {
            p.check(argSort(axis), Samples.tied(p, 7, 5, 6));
            p.check(argSort(axis), p.values(4, 3, 5));
            p.check(argSort(axis), p.values(1, 1, 1));
          });
    }
    catalogue.add(
        "argSort",
        Catalogue.NUMBERS,
        "of nothing and over nothing",
        p -> {
          p.check(argSort(0), p.values(0));
          p.check(argSort(1), p.values(2, 0, 3));
          p.check(argSort(0), p.values(2, 0, 3));
        });
    catalogue.add(
        "argSort",
        Catalogue.NUMBERS,
        "many",
        p -> {
          for (int count : new int[] {15, 16, 17, 33, 300}) {
            p.checkMixed(argSort(-1), Samples.tied(p, 2, count));
          }
          p.checkDense(argSort(0), p.values(1000));
        });
  }

  private void special() {
    catalogue.add(
        "argSort",
        Catalogue.FLOATS,
        "NaN, infinities and both zeros",
        p -> {
          p.check(argSort(0), p.array(SPECIAL, SPECIAL.length));
          p.check(argSort(1), p.array(SPECIAL, 2, 5));
        });
    catalogue.add(
        "argSort",
        DType.INT64,
        "beyond 2^53",
        p -> {
          long[] values = {(1L << 53) + 1, 1L << 53, Long.MAX_VALUE, Long.MIN_VALUE, -1};
          Backend<A> backend = p.backend();
          A a = backend.fromHost(HostArray.of(values, Shape.of(values.length)));
          A order = backend.argSort(a, 0);
          Comparison.requireSame(
              "order",
              HostArray.of(new long[] {3, 4, 1, 0, 2}, Shape.of(values.length)),
              backend.toHost(order));
          List.of(order, a).forEach(backend::release);
        });
  }

  private void values() {
    for (boolean descending : new boolean[] {false, true}) {
      String name = descending ? "descending" : "ascending";
      for (int axis : new int[] {0, -1}) {
        catalogue.add(
            "sort",
            Catalogue.NUMBERS,
            name + " along " + axis,
            p -> {
              p.check(sort(axis, descending), Samples.tied(p, 6, 7));
              p.check(sort(axis, descending), p.values(0, 2));
              p.check(sort(axis, descending), p.values(2, 0));
            });
      }
      catalogue.add(
          "sort",
          Catalogue.FLOATS,
          name + ", NaN, infinities and both zeros",
          p -> p.check(sort(0, descending), p.array(SPECIAL, SPECIAL.length)));
      GradientCases.add(
          catalogue,
          "sort",
          name + ", of exponentials",
          GradientCases.afterExp(
              Operation.composed(
                  x -> x.get(0).sort(1, descending).values(),
                  x -> MoveOracles.gather(x.get(0), 1, order(x.get(0), 1, descending)),
                  Tolerance.exact())),
          p -> new HostArray[] {Samples.spaced(p, -1, 3, 5)});
    }
    for (int k : new int[] {0, 1, 3, 5}) {
      catalogue.add(
          "topK",
          Catalogue.NUMBERS,
          k + " of 5",
          p -> {
            p.check(topK(k, -1), Samples.tied(p, 4, 5));
            p.check(topK(k, 0), Samples.tied(p, 5, 4));
          });
    }
    catalogue.add(
        "topK",
        Catalogue.FLOATS,
        "NaN, infinities and both zeros",
        p -> p.check(topK(6, 0), p.array(SPECIAL, SPECIAL.length)));
  }
}
