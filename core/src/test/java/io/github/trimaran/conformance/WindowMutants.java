package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Backends wrong in convolution and pooling. */
final class WindowMutants {

  private WindowMutants() {}

  /** A geometry misread; results that lose their shape by it are rejected for that. */
  private record Misreading(String name, UnaryOperator<Conv2dGeometry> of) {}

  private static final List<Misreading> MISREADINGS =
      List.of(
          new Misreading("dilation ignored", g -> g.withDilation(1)),
          new Misreading(
              "padding above and below exchanged",
              g -> g.withPadding(g.padBottom(), g.padTop(), g.padLeft(), g.padRight())),
          new Misreading(
              "padding left and right exchanged",
              g -> g.withPadding(g.padTop(), g.padBottom(), g.padRight(), g.padLeft())),
          new Misreading("strides exchanged", g -> g.withStride(g.strideW(), g.strideH())),
          new Misreading("dilations exchanged", g -> g.withDilation(g.dilationW(), g.dilationH())));

  static List<Mutant> all() {
    List<Mutant> mutants = new ArrayList<>();
    for (Misreading misread : MISREADINGS) {
      mutants.addAll(misread(misread));
    }
    mutants.addAll(convolutions());
    mutants.addAll(pools());
    return mutants;
  }

  private static List<Mutant> misread(Misreading wrong) {
    return List.of(
        new Mutant(
            "conv2d: " + wrong.name(),
            "conv2d",
            new FusingBackend() {
              @Override
              public NaiveArray conv2d(NaiveArray x, NaiveArray w, Conv2dGeometry g) {
                return super.conv2d(x, w, wrong.of().apply(g));
              }
            }),
        new Mutant(
            "conv2dInputGrad: " + wrong.name(),
            "conv2dInputGrad",
            new FusingBackend() {
              @Override
              public NaiveArray conv2dInputGrad(
                  NaiveArray y, NaiveArray w, Shape shape, Conv2dGeometry g) {
                return own(
                    WindowOracles.conv2dInputGrad(grid(y), grid(w), shape, wrong.of().apply(g)));
              }
            }),
        new Mutant(
            "conv2dWeightGrad: " + wrong.name(),
            "conv2dWeightGrad",
            new FusingBackend() {
              @Override
              public NaiveArray conv2dWeightGrad(
                  NaiveArray x, NaiveArray y, Shape shape, Conv2dGeometry g) {
                return own(
                    WindowOracles.conv2dWeightGrad(grid(x), grid(y), shape, wrong.of().apply(g)));
              }
            }));
  }

  private static List<Mutant> convolutions() {
    return List.of(
        new Mutant(
            "conv2d turns the kernel round",
            "conv2d",
            new FusingBackend() {
              @Override
              public NaiveArray conv2d(NaiveArray x, NaiveArray w, Conv2dGeometry g) {
                return own(WindowOracles.conv2d(grid(x), MoveOracles.flip(grid(w), 2, 3), g));
              }
            }),
        new Mutant(
            "conv2d skips a NaN under a weight of 0",
            "conv2d",
            new FusingBackend() {
              @Override
              public NaiveArray conv2d(NaiveArray x, NaiveArray w, Conv2dGeometry g) {
                NaiveArray right = super.conv2d(x, w, g);
                for (int i = 0; i < shape(right).size(); i++) {
                  double value = right.values().get(i);
                  right.values().set(i, Double.isNaN(value) ? 0 : value);
                }
                return right;
              }
            }),
        new Mutant(
            "conv2d takes all channels from the first group",
            "conv2d",
            new FusingBackend() {
              @Override
              public NaiveArray conv2d(NaiveArray x, NaiveArray w, Conv2dGeometry g) {
                Grid image = grid(x);
                int channels = shape(w).dim(1);
                return own(
                    WindowOracles.conv2d(
                        Grid.fill(
                            image.shape(),
                            image.dtype(),
                            i -> image.at(i[0], i[1] % channels, i[2], i[3])),
                        grid(w),
                        g));
              }
            }),
        new Mutant(
            "conv2dWeightGrad of the first image only",
            "conv2dWeightGrad",
            new FusingBackend() {
              @Override
              public NaiveArray conv2dWeightGrad(
                  NaiveArray x, NaiveArray y, Shape shape, Conv2dGeometry g) {
                Grid grad = grid(y);
                return own(
                    WindowOracles.conv2dWeightGrad(
                        grid(x),
                        Grid.fill(grad.shape(), grad.dtype(), i -> i[0] == 0 ? grad.at(i) : 0),
                        shape,
                        g));
              }
            }));
  }

  private static List<Mutant> pools() {
    return List.of(
        new Mutant(
            "avgPool2d always divides by the window",
            "avgPool2d",
            new FusingBackend() {
              @Override
              public NaiveArray avgPool2d(NaiveArray x, Pool2dGeometry g) {
                int[] before = {0, 0, g.padH(), g.padW()};
                int[] after = {0, 0, g.padH() + g.kernelH(), g.padW() + g.kernelW()};
                Grid padded = MoveOracles.pad(grid(x), before, after, new int[4], 0);
                Pool2dGeometry bare =
                    g.withPadding(0).withCeilMode(false).withCountIncludePad(true);
                Grid means = WindowOracles.avgPool2d(padded, bare);
                return own(Grid.fill(g.outputShape(shape(x)), dtype(x), means::at));
              }
            }),
        new Mutant(
            "avgPool2d counts padding always",
            "avgPool2d",
            new FusingBackend() {
              @Override
              public NaiveArray avgPool2d(NaiveArray x, Pool2dGeometry g) {
                return super.avgPool2d(x, g.withCountIncludePad(true));
              }
            }),
        new Mutant(
            "avgPool2d never counts padding",
            "avgPool2d",
            new FusingBackend() {
              @Override
              public NaiveArray avgPool2d(NaiveArray x, Pool2dGeometry g) {
                return super.avgPool2d(x, g.withCountIncludePad(false));
              }
            }),
        new Mutant(
            "avgPool2dGrad counts padding always",
            "avgPool2dGrad",
            new FusingBackend() {
              @Override
              public NaiveArray avgPool2dGrad(NaiveArray y, Shape shape, Pool2dGeometry g) {
                return super.avgPool2dGrad(y, shape, g.withCountIncludePad(true));
              }
            }),
        new Mutant(
            "the last of equal maxima",
            "maxPool2dIndices",
            new FusingBackend() {
              @Override
              public NaiveArray maxPool2dIndices(NaiveArray x, Pool2dGeometry g) {
                NaiveArray right = super.maxPool2dIndices(x, g);
                Grid image = grid(x);
                Grid maxima = WindowOracles.maxPool2d(image, g);
                for (int i = 0; i < maxima.values().length; i++) {
                  int[] at = Grid.index(maxima.shape(), i);
                  int width = image.dim(3);
                  int row =
                      Math.min(at[2] * g.strideH() - g.padH() + g.kernelH(), image.dim(2)) - 1;
                  int column = Math.min(at[3] * g.strideW() - g.padW() + g.kernelW(), width) - 1;
                  if (image.at(at[0], at[1], row, column) == maxima.values()[i]) {
                    right.values().longs()[i] = (long) row * width + column;
                  }
                }
                return right;
              }
            }),
        new Mutant(
            "maxima ignore NaN",
            "maxPool2dIndices",
            new FusingBackend() {
              @Override
              public NaiveArray maxPool2dIndices(NaiveArray x, Pool2dGeometry g) {
                return own(
                    WindowOracles.maxPool2dIndices(
                        ReduceOracles.map(
                            grid(x), v -> Double.isNaN(v) ? Double.NEGATIVE_INFINITY : v),
                        g));
              }
            }),
        new Mutant(
            "indices in the padded image",
            "maxPool2dIndices",
            new FusingBackend() {
              @Override
              public NaiveArray maxPool2dIndices(NaiveArray x, Pool2dGeometry g) {
                NaiveArray right = super.maxPool2dIndices(x, g);
                int width = shape(x).dim(3);
                long[] indices = right.values().longs();
                for (int i = 0; i < indices.length; i++) {
                  long row = indices[i] / width + g.padH();
                  indices[i] = row * (width + 2 * g.padW()) + indices[i] % width + g.padW();
                }
                return right;
              }
            }));
  }
}
