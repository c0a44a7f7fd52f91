package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.cpu.kernels.Kernels;
import io.github.trimaran.backend.cpu.kernels.Maxima;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Reals;
import io.github.trimaran.backend.cpu.memory.Workers;

/**
 * Maximum and average pooling. A task is an image plane or several: {@code [H, W]} of one n and c.
 */
public final class Pooling {

  private final Memory memory;
  private final Workers workers;
  private final Maxima maxima;

  /** With these parts of the backend. */
  public Pooling(Memory memory, Workers workers, Kernels kernels) {
    this.memory = memory;
    this.workers = workers;
    this.maxima = kernels.maxima();
  }

  /** The extents of pooling planes. */
  record Planes(int count, int height, int width, int outHeight, int outWidth) {
    static Planes of(Shape input, Pool2dGeometry geometry) {
      return new Planes(
          input.dim(0) * input.dim(1),
          input.dim(2),
          input.dim(3),
          geometry.outputHeight(input.dim(2)),
          geometry.outputWidth(input.dim(3)));
    }

    int inputSize() {
      return height * width;
    }

    int outputSize() {
      return outHeight * outWidth;
    }
  }

  @FunctionalInterface
  private interface PlaneTask {
    void run(int plane);
  }

  /** In small tasks: fetching an image that another thread wrote takes longer than its maxima. */
  private void forEachPlane(Planes planes, PlaneTask task) {
    int perTask = Math.max(1, Workers.CHUNK / 4 / Math.max(1, planes.inputSize()));
    workers.ranges(
        planes.count,
        perTask,
        (from, to) -> {
          for (int plane = from; plane < to; plane++) {
            task.run(plane);
          }
        });
  }

  /** Values and indices of the maxima. */
  public MaxPooled<CpuArray> max(CpuArray input, Pool2dGeometry geometry) {
    Planes planes = Planes.of(input.shape(), geometry);
    Shape shape = geometry.outputShape(input.shape());
    CpuArray image = memory.dense(input);
    CpuArray values = memory.allocate(input.dtype(), shape);
    CpuArray indices = memory.allocate(DType.INT64, shape);
    long[] index = (long[]) indices.array();
    if (input.dtype() == DType.FLOAT32 && MaxPool2x2.fits(geometry, planes)) {
      forEachPlane(
          planes, plane -> MaxPool2x2.plane(image.floats(), values.floats(), index, plane, planes));
    } else if (input.dtype() == DType.FLOAT32 && MaxPool3x3.fits(geometry)) {
      MaxPool3x3 pool = new MaxPool3x3(image.floats(), values.floats(), index, planes, geometry);
      forEachPlane(planes, pool::plane);
    } else {
      forEachPlane(
          planes, plane -> maxPlane(image.reals(), values.reals(), index, plane, planes, geometry));
    }
    memory.release(image);
    return new MaxPooled<>(values, indices);
  }

  /** The maxima alone. */
  public CpuArray maxValues(CpuArray input, Pool2dGeometry geometry) {
    if (input.dtype() != DType.FLOAT32) {
      MaxPooled<CpuArray> both = max(input, geometry);
      memory.release(both.indices());
      return both.values();
    }
    Planes planes = Planes.of(input.shape(), geometry);
    CpuArray image = memory.dense(input);
    CpuArray values = memory.allocate(input.dtype(), geometry.outputShape(input.shape()));
    MaxPoolValues pool =
        new MaxPoolValues(maxima, image.floats(), values.floats(), planes, geometry);
    forEachPlane(planes, pool::plane);
    memory.release(image);
    return values;
  }

  private static void maxPlane(
      Reals image,
      Reals values,
      long[] indices,
      int plane,
      Planes planes,
      Pool2dGeometry geometry) {
    int base = plane * planes.inputSize();
    int out = plane * planes.outputSize();
    for (int y = 0; y < planes.outHeight; y++) {
      int top = y * geometry.strideH() - geometry.padH();
      int bottom = Math.min(top + geometry.kernelH(), planes.height);
      for (int x = 0; x < planes.outWidth; x++) {
        int left = x * geometry.strideW() - geometry.padW();
        int right = Math.min(left + geometry.kernelW(), planes.width);
        int best = Math.max(top, 0) * planes.width + Math.max(left, 0);
        double max = image.get(base + best);
        for (int h = Math.max(top, 0); h < bottom; h++) {
          for (int w = Math.max(left, 0); w < right; w++) {
            double value = image.get(base + h * planes.width + w);
            if (value > max || (Double.isNaN(value) && !Double.isNaN(max))) {
              max = value;
              best = h * planes.width + w;
            }
          }
        }
        values.set(out, max);
        indices[out++] = best;
      }
    }
  }

  /** Scatters gradients to where the maxima were. */
  public CpuArray maxGrad(
      CpuArray outputGrad, CpuArray indices, Shape inputShape, Pool2dGeometry geometry) {
    Planes planes = Planes.of(inputShape, geometry);
    CpuArray grad = memory.dense(outputGrad);
    CpuArray where = memory.dense(indices);
    CpuArray inputGrad = memory.allocate(outputGrad.dtype(), inputShape);
    long[] index = (long[]) where.array();
    forEachPlane(
        planes,
        plane -> {
          int base = plane * planes.inputSize();
          int from = plane * planes.outputSize();
          int to = from + planes.outputSize();
          Memory.fill(inputGrad.array(), base, base + planes.inputSize(), 0);
          if (grad.array() instanceof float[] floats) {
            scatter(floats, index, inputGrad.floats(), base, from, to);
          } else {
            scatter((double[]) grad.array(), index, (double[]) inputGrad.array(), base, from, to);
          }
        });
    memory.release(where);
    memory.release(grad);
    return inputGrad;
  }

  private static void scatter(
      float[] grad, long[] index, float[] inputGrad, int base, int from, int to) {
    for (int i = from; i < to; i++) {
      inputGrad[base + (int) index[i]] += grad[i];
    }
  }

  private static void scatter(
      double[] grad, long[] index, double[] inputGrad, int base, int from, int to) {
    for (int i = from; i < to; i++) {
      inputGrad[base + (int) index[i]] += grad[i];
    }
  }

  /** The means. */
  public CpuArray average(CpuArray input, Pool2dGeometry geometry) {
    Planes planes = Planes.of(input.shape(), geometry);
    CpuArray image = memory.dense(input);
    CpuArray output = memory.allocate(input.dtype(), geometry.outputShape(input.shape()));
    Reals from = image.reals();
    Reals to = output.reals();
    forEachPlane(
        planes,
        plane -> {
          int base = plane * planes.inputSize();
          int out = plane * planes.outputSize();
          forEachWindow(
              planes,
              geometry,
              (position, top, bottom, left, right, divisor) -> {
                double sum = 0;
                for (int h = top; h < bottom; h++) {
                  for (int w = left; w < right; w++) {
                    sum += from.get(base + h * planes.width + w);
                  }
                }
                to.set(out + position, sum / divisor);
              });
        });
    memory.release(image);
    return output;
  }

  /** The adjoint of {@link #average}. */
  public CpuArray averageGrad(CpuArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    Planes planes = Planes.of(inputShape, geometry);
    CpuArray grad = memory.dense(outputGrad);
    CpuArray inputGrad = memory.zeros(outputGrad.dtype(), inputShape);
    Reals from = grad.reals();
    Reals to = inputGrad.reals();
    forEachPlane(
        planes,
        plane -> {
          int base = plane * planes.inputSize();
          int out = plane * planes.outputSize();
          forEachWindow(
              planes,
              geometry,
              (position, top, bottom, left, right, divisor) -> {
                double share = from.get(out + position) / divisor;
                for (int h = top; h < bottom; h++) {
                  for (int w = left; w < right; w++) {
                    int at = base + h * planes.width + w;
                    to.set(at, to.get(at) + share);
                  }
                }
              });
        });
    memory.release(grad);
    return inputGrad;
  }

  @FunctionalInterface
  private interface WindowVisitor {
    void window(int position, int top, int bottom, int left, int right, int divisor);
  }

  /** The part of each window inside the image, and what its sum is divided by. */
  private static void forEachWindow(Planes planes, Pool2dGeometry geometry, WindowVisitor visitor) {
    for (int y = 0; y < planes.outHeight; y++) {
      int top = y * geometry.strideH() - geometry.padH();
      int rows = Math.min(top + geometry.kernelH(), planes.height + geometry.padH()) - top;
      int bottom = Math.min(top + geometry.kernelH(), planes.height);
      for (int x = 0; x < planes.outWidth; x++) {
        int left = x * geometry.strideW() - geometry.padW();
        int columns = Math.min(left + geometry.kernelW(), planes.width + geometry.padW()) - left;
        int right = Math.min(left + geometry.kernelW(), planes.width);
        int inside = (bottom - Math.max(top, 0)) * (right - Math.max(left, 0));
        visitor.window(
            y * planes.outWidth + x,
            Math.max(top, 0),
            bottom,
            Math.max(left, 0),
            right,
            geometry.countIncludePad() ? rows * columns : inside);
      }
    }
  }
}
