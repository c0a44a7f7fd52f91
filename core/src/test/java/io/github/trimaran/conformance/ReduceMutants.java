package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Backends wrong in reductions, moves, indexing and the matrix product. */
final class ReduceMutants {

  private ReduceMutants() {}

  private static NaiveArray copied(FusingBackend to, NaiveArray a) {
    return to.fromHost(a.values());
  }

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "the sum of nothing is NaN",
            "sum",
            new FusingBackend() {
              @Override
              public NaiveArray sum(NaiveArray a, int... axes) {
                NaiveArray right = super.sum(a, axes);
                if (shape(a).isEmpty()) {
                  for (int i = 0; i < shape(right).size(); i++) {
                    right.values().set(i, Double.NaN);
                  }
                }
                return right;
              }
            }),
        new Mutant(
            "sums one after the other in single precision",
            "sum",
            new FusingBackend() {
              @Override
              public NaiveArray sum(NaiveArray a, int... axes) {
                if (!isSingle(a) || axes.length != shape(a).rank()) {
                  return super.sum(a, axes);
                }
                float sum = 0;
                for (float value : a.values().floats()) {
                  sum += value;
                }
                return own(HostArray.of(new float[] {sum}, Shape.scalar()));
              }
            }),
        new Mutant(
            "a sum over no axes is over all",
            "sum",
            new FusingBackend() {
              @Override
              public NaiveArray sum(NaiveArray a, int... axes) {
                int[] all = new int[shape(a).rank()];
                Arrays.setAll(all, i -> i);
                return super.sum(a, axes.length == 0 ? all : axes);
              }
            }),
        new Mutant(
            "max drops NaN",
            "max",
            new FusingBackend() {
              @Override
              public NaiveArray max(NaiveArray a, int... axes) {
                return dtype(a) == DType.INT64
                    ? super.max(a, axes)
                    : own(
                        ReduceOracles.max(
                            ReduceOracles.map(
                                grid(a), x -> Double.isNaN(x) ? Double.NEGATIVE_INFINITY : x),
                            axes));
              }
            }),
        new Mutant(
            "max begins at 0",
            "max",
            new FusingBackend() {
              @Override
              public NaiveArray max(NaiveArray a, int... axes) {
                NaiveArray right = super.max(a, axes);
                for (int i = 0; i < shape(right).size(); i++) {
                  right.values().set(i, Math.max(0, right.values().get(i)));
                }
                return right;
              }
            }),
        new Mutant(
            "argMax takes the last of equals",
            "argMax",
            new FusingBackend() {
              @Override
              public NaiveArray argMax(NaiveArray a, int axis) {
                return fromTheEnd(this, a, axis, flipped -> super.argMax(flipped, axis));
              }
            }),
        new Mutant(
            "argMax ignores NaN",
            "argMax",
            new FusingBackend() {
              @Override
              public NaiveArray argMax(NaiveArray a, int axis) {
                return own(
                    ReduceOracles.argMax(
                        ReduceOracles.map(
                            grid(a), x -> Double.isNaN(x) ? Double.NEGATIVE_INFINITY : x),
                        axis));
              }
            }),
        new Mutant(
            "argSort turns equal ones round",
            "argSort",
            new FusingBackend() {
              @Override
              public NaiveArray argSort(NaiveArray a, int axis) {
                return fromTheEnd(this, a, axis, flipped -> super.argSort(flipped, axis));
              }
            }),
        new Mutant(
            "argSort puts NaN first",
            "argSort",
            new FusingBackend() {
              @Override
              public NaiveArray argSort(NaiveArray a, int axis) {
                if (dtype(a) == DType.INT64) {
                  return super.argSort(a, axis);
                }
                NaiveArray least =
                    own(
                        ReduceOracles.map(
                            grid(a), x -> Double.isNaN(x) ? Double.NEGATIVE_INFINITY : x));
                NaiveArray order = super.argSort(least, axis);
                release(least);
                return order;
              }
            }),
        new Mutant(
            "argSort tells 0 from -0",
            "argSort",
            new FusingBackend() {
              @Override
              public NaiveArray argSort(NaiveArray a, int axis) {
                if (dtype(a) == DType.INT64) {
                  return super.argSort(a, axis);
                }
                NaiveArray apart =
                    own(
                        ReduceOracles.map(
                            grid(a), x -> Double.compare(x, 0) < 0 && x == 0 ? -1e-30 : x));
                NaiveArray order = super.argSort(apart, axis);
                release(apart);
                return order;
              }
            }),
        new Mutant(
            "running sums leave the element itself out",
            "cumSum",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> cumSum(NaiveArray a, int axis) {
                NaiveArray sums = super.cumSum(a, axis).orElseThrow();
                NaiveArray rest = super.sub(sums, a);
                release(sums);
                return Optional.of(rest);
              }
            }),
        new Mutant(
            "broadcastTo repeats the first element",
            "broadcastTo",
            new FusingBackend() {
              @Override
              public NaiveArray broadcastTo(NaiveArray a, Shape shape) {
                Grid from = grid(a);
                return own(Grid.fill(shape, dtype(a), i -> from.values()[0]));
              }
            }),
        new Mutant(
            "reshape runs down columns",
            "reshape",
            new FusingBackend() {
              @Override
              public NaiveArray reshape(NaiveArray a, Shape shape) {
                int[] reverse = new int[shape(a).rank()];
                Arrays.setAll(reverse, i -> reverse.length - 1 - i);
                return own(MoveOracles.reshape(MoveOracles.permute(grid(a), reverse), shape));
              }
            }),
        new Mutant(
            "permute the wrong way round",
            "permute",
            new FusingBackend() {
              @Override
              public NaiveArray permute(NaiveArray a, int... axes) {
                int[] inverse = new int[axes.length];
                for (int i = 0; i < axes.length; i++) {
                  inverse[axes[i]] = i;
                }
                return super.permute(a, inverse);
              }
            }),
        new Mutant(
            "flip along the first axis only",
            "flip",
            new FusingBackend() {
              @Override
              public NaiveArray flip(NaiveArray a, int... axes) {
                return super.flip(a, axes[0]);
              }
            }),
        new Mutant(
            "slice drops the remainder of a step",
            "slice",
            new FusingBackend() {
              @Override
              public NaiveArray slice(NaiveArray a, int[] start, int[] stop, int[] step) {
                int[] whole = new int[stop.length];
                Arrays.setAll(whole, i -> stop[i] - (stop[i] - start[i]) % step[i]);
                return super.slice(a, start, whole, step);
              }
            }),
        new Mutant(
            "pad has no interior",
            "pad",
            new FusingBackend() {
              @Override
              public NaiveArray pad(
                  NaiveArray a, int[] before, int[] after, int[] interior, double value) {
                return super.pad(a, before, after, new int[interior.length], value);
              }
            }),
        new Mutant(
            "pad always with 0",
            "pad",
            new FusingBackend() {
              @Override
              public NaiveArray pad(
                  NaiveArray a, int[] before, int[] after, int[] interior, double value) {
                return super.pad(a, before, after, interior, 0);
              }
            }),
        new Mutant(
            "concat in reverse",
            "concat",
            new FusingBackend() {
              @Override
              public NaiveArray concat(List<NaiveArray> arrays, int axis) {
                List<NaiveArray> reverse = new java.util.ArrayList<>(arrays);
                java.util.Collections.reverse(reverse);
                return super.concat(reverse, axis);
              }
            }),
        new Mutant(
            "gather wraps negative indices",
            "gather",
            new FusingBackend() {
              @Override
              public NaiveArray gather(NaiveArray a, int axis, NaiveArray indices) {
                NaiveArray wrapped = copied(this, indices);
                long[] values = wrapped.values().longs();
                for (int i = 0; i < values.length; i++) {
                  values[i] = values[i] < 0 ? values[i] + shape(a).dim(axis) : values[i];
                }
                NaiveArray result = super.gather(a, axis, wrapped);
                release(wrapped);
                return result;
              }
            }),
        new Mutant(
            "gather truncates indices to 32 bits",
            "gather",
            new FusingBackend() {
              @Override
              public NaiveArray gather(NaiveArray a, int axis, NaiveArray indices) {
                NaiveArray cut = copied(this, indices);
                long[] values = cut.values().longs();
                for (int i = 0; i < values.length; i++) {
                  values[i] = (int) values[i];
                }
                try {
                  return super.gather(a, axis, cut);
                } finally {
                  release(cut);
                }
              }
            }),
        new Mutant(
            "scatterAdd keeps the last of duplicates",
            "scatterAdd",
            new FusingBackend() {
              @Override
              public NaiveArray scatterAdd(
                  NaiveArray values, int axis, NaiveArray indices, int size) {
                NaiveArray right = super.scatterAdd(values, axis, indices, size);
                Grid from = grid(values);
                Grid at = grid(indices);
                for (int i = 0; i < from.values().length; i++) {
                  int[] target = Grid.index(from.shape(), i);
                  target[axis] = (int) at.values()[i];
                  int position = 0;
                  for (int j = 0; j < target.length; j++) {
                    position = position * shape(right).dim(j) + target[j];
                  }
                  right.values().set(position, from.values()[i]);
                }
                return right;
              }
            }),
        new Mutant(
            "scatterAdd ignores indices out of range",
            "scatterAdd",
            new FusingBackend() {
              @Override
              public NaiveArray scatterAdd(
                  NaiveArray values, int axis, NaiveArray indices, int size) {
                return own(MoveOracles.scatterAdd(grid(values), axis, grid(indices), size));
              }
            }),
        new Mutant(
            "matmul drops an odd last column of a",
            "matmul",
            new FusingBackend() {
              @Override
              public NaiveArray matmul(NaiveArray a, NaiveArray b) {
                int inner = shape(a).dim(-1);
                if (inner % 2 == 0 || inner < 16) {
                  return super.matmul(a, b);
                }
                Grid left = grid(a);
                return own(
                    ReduceOracles.matmul(
                        Grid.fill(
                            left.shape(),
                            left.dtype(),
                            i -> i[i.length - 1] == inner - 1 ? 0 : left.at(i)),
                        grid(b)));
              }
            }),
        new Mutant(
            "matmul uses the first of a batch for all",
            "matmul",
            new FusingBackend() {
              @Override
              public NaiveArray matmul(NaiveArray a, NaiveArray b) {
                if (shape(b).rank() < 3) {
                  return super.matmul(a, b);
                }
                Grid right = grid(b);
                return own(
                    ReduceOracles.matmul(
                        grid(a),
                        Grid.fill(
                            right.shape(),
                            right.dtype(),
                            i -> {
                              int[] first = i.clone();
                              first[0] = 0;
                              return right.at(first);
                            })));
              }
            }),
        new Mutant(
            "matmul skips rows of zeros",
            "matmul",
            new FusingBackend() {
              @Override
              public NaiveArray matmul(NaiveArray a, NaiveArray b) {
                Grid left = ReduceOracles.map(grid(a), x -> Double.isFinite(x) ? x : 0);
                return own(ReduceOracles.matmul(left, grid(b)));
              }
            }),
        new Mutant(
            "matmul of empty rows is NaN",
            "matmul",
            new FusingBackend() {
              @Override
              public NaiveArray matmul(NaiveArray a, NaiveArray b) {
                NaiveArray right = super.matmul(a, b);
                for (int i = 0; shape(a).dim(-1) == 0 && i < shape(right).size(); i++) {
                  right.values().set(i, Double.NaN);
                }
                return right;
              }
            }));
  }

  /** Indices that are found from the far end of an axis, told from the near one. */
  private static NaiveArray fromTheEnd(
      NaiveBackend backend, NaiveArray a, int axis, UnaryOperator<NaiveArray> find) {
    NaiveArray flipped = backend.flip(a, axis);
    NaiveArray indices = find.apply(flipped);
    backend.release(flipped);
    for (int i = 0; i < backend.shape(indices).size(); i++) {
      indices.values().longs()[i] = backend.shape(a).dim(axis) - 1 - indices.values().longs()[i];
    }
    return indices;
  }
}
