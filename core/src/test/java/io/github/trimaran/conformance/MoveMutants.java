package io.github.trimaran.conformance;

import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Backends wrong in moves, indexing and the matrix product. */
final class MoveMutants {

  private MoveMutants() {}

  private static NaiveArray copied(FusingBackend to, NaiveArray a) {
    return to.fromHost(a.values());
  }

  static List<Mutant> all() {
    return List.of(
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
                List<NaiveArray> reverse = new ArrayList<>(arrays);
                Collections.reverse(reverse);
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
}
