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

/** Backends wrong in reductions and order. */
final class ReduceMutants {

  private ReduceMutants() {}

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
