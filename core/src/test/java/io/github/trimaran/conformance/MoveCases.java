package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** reshape, permute, flip, slice, pad and concat. */
final class MoveCases<A> {

  static <A> Operation<A> reshape(Shape shape) {
    return Operation.primitive(
        (b, x) -> b.reshape(x.get(0), shape),
        x -> x.get(0).reshape(shape),
        x -> MoveOracles.reshape(x.get(0), shape),
        Tolerance.exact());
  }

  static <A> Operation<A> permute(int... axes) {
    return Operation.primitive(
        (b, x) -> b.permute(x.get(0), axes),
        x -> x.get(0).permute(Arrays.stream(axes).map(axis -> axis - axes.length).toArray()),
        x -> MoveOracles.permute(x.get(0), axes),
        Tolerance.exact());
  }

  static <A> Operation<A> flip(int... axes) {
    return Operation.primitive(
        (b, x) -> b.flip(x.get(0), axes),
        x -> x.get(0).flip(axes),
        x -> MoveOracles.flip(x.get(0), axes),
        Tolerance.exact());
  }

  static <A> Operation<A> slice(int[] start, int[] stop, int... step) {
    return Operation.primitive(
        (b, x) -> b.slice(x.get(0), start, stop, step),
        x -> x.get(0).slice(start, stop, step),
        x -> MoveOracles.slice(x.get(0), start, stop, step),
        Tolerance.exact());
  }

  static <A> Operation<A> pad(double value, int[] before, int[] after, int... interior) {
    return Operation.primitive(
        (b, x) -> b.pad(x.get(0), before, after, interior, value),
        x -> x.get(0).pad(before, after, interior, value),
        x -> MoveOracles.pad(x.get(0), before, after, interior, value),
        Tolerance.exact());
  }

  static <A> Operation<A> concat(int axis) {
    return Operation.primitive(
        (b, x) -> b.concat(x, axis),
        x -> Tensor.concat(x, axis - x.get(0).shape().rank()),
        x -> MoveOracles.concat(x, axis),
        Tolerance.exact());
  }

  void addTo(Catalogue<A> to) {
    reshapes(to);
    permutations(to);
    flips(to);
    slices(to);
    pads(to);
    concats(to);
    exactLongs(to);
  }

  private void one(
      Catalogue<A> to, String method, String name, Operation<A> operation, int... extents) {
    to.add(method, Catalogue.ALL, name, p -> p.check(operation, p.values(extents)));
  }

  private void reshapes(Catalogue<A> to) {
    one(to, "reshape", "[2, 3, 4] to [6, 4]", reshape(Shape.of(6, 4)), 2, 3, 4);
    one(to, "reshape", "[2, 3, 4] to [2, 12]", reshape(Shape.of(2, 12)), 2, 3, 4);
    one(to, "reshape", "[2, 3, 4] to [4, 3, 2]", reshape(Shape.of(4, 3, 2)), 2, 3, 4);
    one(to, "reshape", "[2, 3, 4] to [24]", reshape(Shape.of(24)), 2, 3, 4);
    one(to, "reshape", "[12] to [3, 1, 4, 1]", reshape(Shape.of(3, 1, 4, 1)), 12);
    one(to, "reshape", "[1, 1] to 0-d", reshape(Shape.scalar()), 1, 1);
    one(to, "reshape", "0-d to [1]", reshape(Shape.of(1)));
    one(to, "reshape", "empty", reshape(Shape.of(5, 0)), 0, 3);
    one(to, "reshape", "to the same shape", reshape(Shape.of(2, 3)), 2, 3);
    to.add(
        "reshape",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            int[] extents = Samples.any(p.rng(), 1, 4).dims();
            int[] mixed =
                Arrays.stream(p.rng().permutation(extents.length))
                    .map(axis -> extents[axis])
                    .toArray();
            p.checkMixed(reshape(Shape.of(mixed)), p.values(extents));
          }
        });
  }

  private void permutations(Catalogue<A> to) {
    to.add(
        "permute",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                permute(1, 0),
                p.array(new double[] {1, 4, 2, 5, 3, 6}, 3, 2),
                p.array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)));
    for (int[] axes :
        List.of(
            new int[] {0, 1, 2},
            new int[] {0, 2, 1},
            new int[] {1, 0, 2},
            new int[] {1, 2, 0},
            new int[] {2, 0, 1},
            new int[] {2, 1, 0})) {
      one(to, "permute", "of [2, 3, 4] to " + Arrays.toString(axes), permute(axes), 2, 3, 4);
    }
    one(to, "permute", "0-d", permute());
    one(to, "permute", "empty", permute(1, 2, 0), 2, 0, 3);
    one(to, "permute", "NHWC to NCHW", permute(0, 3, 1, 2), 2, 5, 4, 3);
    to.add(
        "permute",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.any(p.rng(), 1, 5);
            p.checkMixed(permute(p.rng().permutation(shape.rank())), p.values(shape.dims()));
          }
        });
  }

  private void flips(Catalogue<A> to) {
    to.add(
        "flip",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                flip(1),
                p.array(new double[] {3, 2, 1, 6, 5, 4}, 2, 3),
                p.array(new double[] {1, 2, 3, 4, 5, 6}, 2, 3)));
    for (int[] axes :
        List.of(
            new int[] {0}, new int[] {1}, new int[] {2}, new int[] {0, 2}, new int[] {0, 1, 2})) {
      one(to, "flip", "of [2, 3, 4] along " + Arrays.toString(axes), flip(axes), 2, 3, 4);
    }
    one(to, "flip", "empty", flip(0), 0, 3);
    one(to, "flip", "extent 1", flip(0, 1), 1, 4);
  }

  private void slices(Catalogue<A> to) {
    to.add(
        "slice",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                slice(new int[] {0, 1}, new int[] {2, 4}, 1, 2),
                p.array(new double[] {2, 4, 6, 8}, 2, 2),
                p.array(new double[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4)));
    one(to, "slice", "all", slice(new int[] {0, 0}, new int[] {3, 4}, 1, 1), 3, 4);
    one(to, "slice", "one element", slice(new int[] {2, 3}, new int[] {3, 4}, 1, 1), 3, 4);
    one(to, "slice", "nothing", slice(new int[] {2, 1}, new int[] {2, 4}, 1, 1), 3, 4);
    one(to, "slice", "nothing at the end", slice(new int[] {3}, new int[] {3}, 2), 3);
    one(
        to,
        "slice",
        "steps with remainder",
        slice(new int[] {1, 0, 2}, new int[] {7, 5, 9}, 3, 2, 4),
        7,
        5,
        9);
    one(
        to,
        "slice",
        "steps without remainder",
        slice(new int[] {0, 1}, new int[] {6, 7}, 2, 3),
        6,
        8);
    one(to, "slice", "step beyond the end", slice(new int[] {1}, new int[] {4}, 10), 5);
    one(
        to,
        "slice",
        "the longest step",
        slice(new int[] {1, 0}, new int[] {5, 2}, Integer.MAX_VALUE, Integer.MAX_VALUE - 1),
        5,
        3);
    one(to, "slice", "0-d", slice(new int[] {}, new int[] {}));
    one(to, "slice", "of empty", slice(new int[] {0, 1}, new int[] {0, 3}, 1, 1), 0, 3);
    to.add(
        "slice",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.any(p.rng(), 1, 4);
            int[] start = new int[shape.rank()];
            int[] stop = new int[shape.rank()];
            int[] step = new int[shape.rank()];
            for (int axis = 0; axis < start.length; axis++) {
              start[axis] = p.rng().nextInt(shape.dim(axis) + 1);
              stop[axis] = start[axis] + p.rng().nextInt(shape.dim(axis) - start[axis] + 1);
              step[axis] = 1 + p.rng().nextInt(3);
            }
            p.checkMixed(slice(start, stop, step), p.values(shape.dims()));
          }
        });
  }

  private void pads(Catalogue<A> to) {
    to.add(
        "pad",
        Catalogue.NUMBERS,
        "by hand",
        p ->
            p.checkByHand(
                pad(9, new int[] {1}, new int[] {2}, 1),
                p.array(new double[] {9, 1, 9, 2, 9, 3, 9, 9}, 8),
                p.array(new double[] {1, 2, 3}, 3)));
    for (double value : new double[] {0, 1}) {
      String with = " with " + (int) value;
      one(
          to,
          "pad",
          "edges" + with,
          pad(value, new int[] {1, 0, 2}, new int[] {0, 3, 1}, 0, 0, 0),
          2,
          3,
          4);
      one(to, "pad", "interior" + with, pad(value, new int[] {0, 0}, new int[] {0, 0}, 2, 1), 3, 4);
      one(to, "pad", "both" + with, pad(value, new int[] {1, 2}, new int[] {2, 0}, 1, 3), 3, 2);
      one(
          to,
          "pad",
          "an empty axis" + with,
          pad(value, new int[] {2, 1}, new int[] {1, 1}, 3, 1),
          0,
          2);
    }
    one(to, "pad", "by nothing", pad(0, new int[] {0, 0}, new int[] {0, 0}, 0, 0), 2, 3);
    one(to, "pad", "0-d", pad(1, new int[] {}, new int[] {}));
    int most = Integer.MAX_VALUE;
    one(
        to,
        "pad",
        "extent 1 has no interior, however long",
        pad(1, at(1, 0), at(0, 2), most, 1),
        1,
        2);
    one(to, "pad", "extent 1 has no interior", pad(1, new int[] {0}, new int[] {0}, 5), 1);
    to.add(
        "pad",
        Catalogue.FLOATS,
        "with infinity and NaN",
        p -> {
          p.check(
              pad(Double.NEGATIVE_INFINITY, new int[] {1, 1}, new int[] {0, 1}, 0, 1),
              p.values(2, 3));
          p.check(pad(Double.NaN, new int[] {1, 1}, new int[] {0, 1}, 0, 1), p.values(2, 3));
        });
    to.add(
        "pad",
        Catalogue.ALL,
        "random shapes",
        p -> {
          for (int i = 0; i < 24; i++) {
            Shape shape = Samples.any(p.rng(), 0, 4);
            p.checkMixed(
                pad(
                    p.rng().nextInt(2),
                    counts(p.rng(), shape),
                    counts(p.rng(), shape),
                    counts(p.rng(), shape)),
                p.values(shape.dims()));
          }
        });
  }

  private static int[] at(int... axes) {
    return axes;
  }

  private static int[] counts(Rng rng, Shape shape) {
    return IntStream.range(0, shape.rank()).map(axis -> rng.nextInt(3)).toArray();
  }

  private void concats(Catalogue<A> to) {
    to.add(
        "concat",
        Catalogue.NUMBERS,
        "by hand",
        p -> {
          HostArray a = p.array(new double[] {1, 2}, 1, 2);
          HostArray b = p.array(new double[] {3, 4}, 1, 2);
          p.checkByHand(concat(0), p.array(new double[] {1, 2, 3, 4}, 2, 2), a, b);
          p.checkByHand(concat(1), p.array(new double[] {1, 2, 3, 4}, 1, 4), a, b);
        });
    for (int axis = 0; axis < 3; axis++) {
      int along = axis;
      to.add(
          "concat",
          Catalogue.ALL,
          "three along " + axis,
          p ->
              p.check(
                  concat(along),
                  p.values(Shape.of(2, 3, 4).with(along, 1).dims()),
                  p.values(2, 3, 4),
                  p.values(Shape.of(2, 3, 4).with(along, 5).dims())));
    }
    to.add("concat", Catalogue.ALL, "one alone", p -> p.check(concat(1), p.values(2, 3)));
    to.add(
        "concat",
        Catalogue.ALL,
        "with empty ones",
        p -> {
          p.check(concat(0), p.values(0, 3), p.values(2, 3), p.values(0, 3));
          p.check(concat(0), p.values(0, 3), p.values(0, 3));
          p.check(concat(1), p.values(0, 3), p.values(0, 2));
        });
    to.add(
        "concat",
        Catalogue.ALL,
        "the same array twice",
        p ->
            p.check(
                Operation.primitive(
                    (b, x) -> b.concat(List.of(x.get(0), x.get(0)), 0),
                    x -> Tensor.concat(List.of(x.get(0), x.get(0)), 0),
                    x -> MoveOracles.concat(List.of(x.get(0), x.get(0)), 0),
                    Tolerance.exact()),
                p.values(2, 3)));
    to.add(
        "concat",
        Catalogue.ALL,
        "channels of images",
        p -> p.check(concat(1), p.values(2, 3, 4, 5), p.values(2, 2, 4, 5)));
  }

  /** Moving must not round integers. */
  private void exactLongs(Catalogue<A> to) {
    HostArray values = HostArray.of(new long[] {(1L << 53) + 1, Long.MIN_VALUE + 1}, Shape.of(2));
    HostArray turned = HostArray.of(new long[] {Long.MIN_VALUE + 1, (1L << 53) + 1}, Shape.of(2));
    exactLongs(to, "reshape", values, (b, a) -> b.reshape(a, Shape.of(2)));
    exactLongs(to, "permute", values, (b, a) -> b.permute(a, 0));
    exactLongs(to, "flip", turned, (b, a) -> b.flip(a, 0));
    exactLongs(
        to, "slice", values, (b, a) -> b.slice(a, new int[] {0}, new int[] {2}, new int[] {1}));
    exactLongs(
        to, "pad", values, (b, a) -> b.pad(a, new int[] {0}, new int[] {0}, new int[] {0}, 0));
    exactLongs(to, "concat", values, (b, a) -> b.concat(List.of(a), 0));
    exactLongs(to, "broadcastTo", values, (b, a) -> b.broadcastTo(a, Shape.of(2)));
  }

  /** A move of one array. */
  private interface Move<A> {
    A apply(Backend<A> backend, A a);
  }

  private void exactLongs(Catalogue<A> to, String method, HostArray expected, Move<A> move) {
    to.add(
        method,
        DType.INT64,
        "beyond 2^53",
        p -> {
          Backend<A> backend = p.backend();
          long[] values = {(1L << 53) + 1, Long.MIN_VALUE + 1};
          A a = backend.fromHost(HostArray.of(values, Shape.of(2)));
          A result = move.apply(backend, a);
          Comparison.requireSame("exact integers", expected, backend.toHost(result));
          List.of(a, result).forEach(backend::release);
        });
  }
}
