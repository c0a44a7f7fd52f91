package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.nd4j.Libnd4j.View;
import java.util.ArrayList;
import java.util.List;

/**
 * Convolution and its two gradients.
 *
 * <p>Where libnd4j has oneDNN and the case suits it (float32, one group, no dilation), its {@code
 * conv2d} computes the result, and the input's gradient as a convolution with the turned weight.
 * All else is im2col and OpenBLAS: libnd4j's {@code conv2d_bp} always computes every gradient, and
 * without oneDNN its own convolution is several times slower.
 */
final class Convolution {

  /** Elements of a column matrix that still fit the second-level cache. */
  private static final int COLUMNS = 1 << 18;

  /** Into so many parts the images of a batch are shared out, whatever the number of threads. */
  private static final int PARTS = 8;

  /** Elements of all partial weight gradients together. */
  private static final int PARTIALS = 1 << 22;

  private static final double[] NO_FLOATS = {};

  private final Allocator allocator;
  private final Workers workers;
  private final Moves moves;
  private final Flat flat;
  private final Libnd4j libnd4j;
  private final boolean oneDnn;

  Convolution(Allocator allocator, Workers workers, Moves moves, Libnd4j libnd4j, boolean oneDnn) {
    this.allocator = allocator;
    this.workers = workers;
    this.moves = moves;
    this.flat = new Flat(workers);
    this.libnd4j = libnd4j;
    this.oneDnn = oneDnn;
  }

  /** {@code bias} may be null. */
  Nd4jArray forward(
      Nd4jArray input, Nd4jArray weight, Nd4jArray bias, Conv2dGeometry geometry, boolean relu) {
    Shape shape = geometry.outputShape(input.shape(), weight.shape());
    if (input.size() == 0) {
      return allocator.zeros(
          shape, input.dtype(), out -> biased(out, bias, relu, 0, out.shape().dim(0)));
    }
    if (!suitsOneDnn(input, geometry)) {
      return allocator.create(
          shape,
          input.dtype(),
          out -> {
            Gemm gemm = new Gemm(input.dtype(), input.shape(), weight.shape(), geometry);
            workers.forEach(
                shape.dim(0),
                image -> {
                  gemm.forward(input, weight, out, image);
                  biased(out, bias, relu, image, image + 1);
                });
          });
    }
    if (geometry.isSymmetric()) {
      return allocator.create(
          shape, input.dtype(), out -> native2d(input, weight, geometry, out, bias, relu));
    }
    Nd4jArray padded = pad(input, geometry);
    try {
      Conv2dGeometry rest = withoutPadding(geometry);
      return allocator.create(
          shape, input.dtype(), out -> native2d(padded, weight, rest, out, bias, relu));
    } finally {
      allocator.release(padded);
    }
  }

  private boolean suitsOneDnn(Nd4jArray array, Conv2dGeometry geometry) {
    return oneDnn
        && array.dtype() == DType.FLOAT32
        && geometry.groups() == 1
        && geometry.dilationH() == 1
        && geometry.dilationW() == 1;
  }

  /** libnd4j's conv2d on a few images at a time. */
  private void native2d(
      Nd4jArray input,
      Nd4jArray weight,
      Conv2dGeometry geometry,
      Nd4jArray out,
      Nd4jArray bias,
      boolean relu) {
    int images = out.shape().dim(0);
    int inputSize = input.size() / images;
    int outputSize = out.size() / images;
    long[] arguments = {
      weight.shape().dim(2),
      weight.shape().dim(3),
      geometry.strideH(),
      geometry.strideW(),
      geometry.padTop(),
      geometry.padLeft(),
      1, // dilation
      1,
      0, // explicit padding
      0, // NCHW
      1 // OIHW
    };
    workers.ranges(
        images,
        (images + PARTS - 1) / PARTS,
        (start, end) -> {
          View from = View.of(input, (long) start * inputSize, input.shape().with(0, end - start));
          View to = View.of(out, (long) start * outputSize, out.shape().with(0, end - start));
          libnd4j.execute(
              "conv2d", List.of(from, View.of(weight)), List.of(to), NO_FLOATS, arguments);
          biased(out, bias, relu, start, end);
        });
  }

  private static void biased(Nd4jArray out, Nd4jArray bias, boolean relu, int from, int to) {
    if (bias != null) {
      int channels = out.shape().dim(1);
      int inner = out.shape().dim(2) * out.shape().dim(3);
      Bias.addPlanes(out, bias, relu, from * channels, to * channels, channels, inner);
    }
  }

  private Nd4jArray pad(Nd4jArray input, Conv2dGeometry geometry) {
    return moves.pad(
        input,
        new int[] {0, 0, geometry.padTop(), geometry.padLeft()},
        new int[] {0, 0, geometry.padBottom(), geometry.padRight()},
        new int[4],
        0);
  }

  private static Conv2dGeometry withoutPadding(Conv2dGeometry g) {
    return Conv2dGeometry.unit().withStride(g.strideH(), g.strideW());
  }

  Nd4jArray inputGrad(
      Nd4jArray outputGrad, Nd4jArray weight, Shape inputShape, Conv2dGeometry geometry) {
    if (outputGrad.size() == 0 || weight.size() == 0) {
      return allocator.zeros(inputShape, outputGrad.dtype(), out -> {});
    }
    if (suitsOneDnn(outputGrad, geometry)) {
      Conv2dGeometry turned = turned(geometry, weight.shape());
      if (turned != null) {
        return turnedForward(outputGrad, weight, turned);
      }
    }
    return allocator.zeros(
        inputShape,
        outputGrad.dtype(),
        out -> {
          Gemm gemm = new Gemm(outputGrad.dtype(), inputShape, weight.shape(), geometry);
          workers.forEach(
              inputShape.dim(0), image -> gemm.inputGrad(outputGrad, weight, out, image));
        });
  }

  /** The geometry in which the turned weight gives the input's gradient; null if there is none. */
  private static Conv2dGeometry turned(Conv2dGeometry g, Shape weight) {
    int reachH = weight.dim(2) - 1;
    int reachW = weight.dim(3) - 1;
    boolean fits =
        g.strideH() == 1
            && g.strideW() == 1
            && Math.max(g.padTop(), g.padBottom()) <= reachH
            && Math.max(g.padLeft(), g.padRight()) <= reachW;
    return !fits
        ? null
        : Conv2dGeometry.unit()
            .withPadding(
                reachH - g.padTop(),
                reachH - g.padBottom(),
                reachW - g.padLeft(),
                reachW - g.padRight());
  }

  private Nd4jArray turnedForward(Nd4jArray outputGrad, Nd4jArray weight, Conv2dGeometry geometry) {
    Nd4jArray swapped = moves.permute(weight, 1, 0, 2, 3);
    try {
      Nd4jArray turned = moves.flip(swapped, 2, 3);
      try {
        return forward(outputGrad, turned, null, geometry, false);
      } finally {
        allocator.release(turned);
      }
    } finally {
      allocator.release(swapped);
    }
  }

  /** Some images each, to partial sums that are then added in order. */
  Nd4jArray weightGrad(
      Nd4jArray input, Nd4jArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    DType dtype = input.dtype();
    if (input.size() == 0 || outputGrad.size() == 0) {
      return allocator.zeros(weightShape, dtype, out -> {});
    }
    int images = input.shape().dim(0);
    int parts =
        Math.max(1, Math.min(Math.min(images, PARTS), PARTIALS / Math.max(1, weightShape.size())));
    int perPart = (images + parts - 1) / parts;
    Gemm gemm = new Gemm(dtype, input.shape(), weightShape, geometry);
    List<Nd4jArray> partials = new ArrayList<>();
    try {
      for (int first = perPart; first < images; first += perPart) {
        partials.add(allocator.create(weightShape, dtype));
      }
      return allocator.create(
          weightShape,
          dtype,
          out -> {
            workers.ranges(
                images,
                perPart,
                (start, end) -> {
                  Nd4jArray sum = start == 0 ? out : partials.get(start / perPart - 1);
                  for (int image = start; image < end; image++) {
                    gemm.weightGrad(input, outputGrad, sum, image, image > start);
                  }
                });
            for (Nd4jArray partial : partials) {
              flat.apply(Kernels.ADD, out, partial, out);
            }
          });
    } finally {
      partials.forEach(allocator::release);
    }
  }

  /** The three forms for one image, by im2col and matrix products; on the calling thread. */
  private final class Gemm {

    private final DType dtype;
    private final Im2col im2col;
    private final int groups;
    private final int channels;
    private final int filters;
    private final int taps;
    private final int outputH;
    private final int outputW;
    private final int planeIn;

    Gemm(DType dtype, Shape input, Shape weight, Conv2dGeometry geometry) {
      this.dtype = dtype;
      this.im2col = new Im2col(geometry, dtype, input, weight);
      this.groups = geometry.groups();
      this.channels = weight.dim(1);
      this.filters = weight.dim(0) / groups;
      this.taps = channels * weight.dim(2) * weight.dim(3);
      this.outputH = geometry.outputHeight(input.dim(2), weight.dim(2));
      this.outputW = geometry.outputWidth(input.dim(3), weight.dim(3));
      this.planeIn = input.dim(2) * input.dim(3);
    }

    /** One group of one image, some output rows at a time. */
    private interface Step {
      /**
       * Handles output rows {@code firstRow} to below {@code endRow}.
       *
       * @param columns where their columns go, at {@code start} with rows of {@code stride}
       */
      void accept(Nd4jArray columns, int group, int firstRow, int endRow);
    }

    private void steps(Step step) {
      int rows = Math.max(1, Math.min(outputH, COLUMNS / Math.max(1, taps * outputW)));
      allocator.scratch(
          Shape.of(taps, rows * outputW),
          dtype,
          columns -> {
            for (int group = 0; group < groups; group++) {
              for (int row = 0; row < outputH; row += rows) {
                step.accept(columns, group, row, Math.min(row + rows, outputH));
              }
            }
          });
    }

    private Blas.Matrix weightOf(Nd4jArray weight, int group) {
      return Blas.Matrix.of(weight, group * filters * taps, taps);
    }

    private Blas.Matrix outputOf(Nd4jArray output, int image, int group, int row) {
      int plane = outputH * outputW;
      int start = (image * groups + group) * filters * plane + row * outputW;
      return Blas.Matrix.of(output, start, plane);
    }

    private int inputPlane(int image, int group) {
      return (image * groups + group) * channels;
    }

    /** The columns of these rows: computed, or, for 1 x 1 kernels, the image itself. */
    private Blas.Matrix columnsOf(
        Nd4jArray input, int image, int group, int row, int end, Nd4jArray columns) {
      if (im2col.isIdentity()) {
        int start = inputPlane(image, group) * planeIn + row * outputW;
        return Blas.Matrix.of(input, start, planeIn);
      }
      im2col.columns(input, inputPlane(image, group), channels, row, end, columns);
      return Blas.Matrix.of(columns, 0, (end - row) * outputW);
    }

    void forward(Nd4jArray input, Nd4jArray weight, Nd4jArray out, int image) {
      steps(
          (columns, group, row, end) ->
              Blas.multiply(
                  filters,
                  (end - row) * outputW,
                  taps,
                  weightOf(weight, group),
                  columnsOf(input, image, group, row, end, columns),
                  false,
                  outputOf(out, image, group, row)));
    }

    void weightGrad(
        Nd4jArray input, Nd4jArray outputGrad, Nd4jArray out, int image, boolean accumulate) {
      steps(
          (columns, group, row, end) ->
              Blas.multiply(
                  filters,
                  taps,
                  (end - row) * outputW,
                  outputOf(outputGrad, image, group, row),
                  columnsOf(input, image, group, row, end, columns).transpose(),
                  accumulate || row > 0,
                  weightOf(out, group)));
    }

    void inputGrad(Nd4jArray outputGrad, Nd4jArray weight, Nd4jArray out, int image) {
      steps(
          (columns, group, row, end) -> {
            Blas.multiply(
                taps,
                (end - row) * outputW,
                filters,
                weightOf(weight, group).transpose(),
                outputOf(outputGrad, image, group, row),
                false,
                Blas.Matrix.of(columns, 0, (end - row) * outputW));
            im2col.addBack(columns, out, inputPlane(image, group), channels, row, end);
          });
    }
  }
}
