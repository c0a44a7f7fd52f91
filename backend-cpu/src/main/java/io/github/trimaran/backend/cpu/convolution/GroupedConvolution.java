package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.TapSums;
import io.github.trimaran.backend.cpu.memory.Buffer;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Workers;
import java.util.Arrays;

/**
 * Convolutions whose groups have few channels, down to one ("depthwise"), and their gradients, in
 * float32. As products of matrices they would have a few rows each, and be mostly packing. Here the
 * planes of a group are laid out once, see {@link Planes}, and windows run over them.
 *
 * <p>A task is a group of one image, or of all images for the weight's gradient. What is not a
 * number may spread to all elements of its window's gradient.
 */
final class GroupedConvolution {

  /** Channels, and filters, of a group. A guess: only groups of one channel were measured. */
  private static final int MOST = 4;

  /** Multiply-adds of a task. */
  private static final int WORK = 1 << 17;

  private final Memory memory;
  private final Workers workers;
  private final TapSums kernel;

  GroupedConvolution(Memory memory, Workers workers, TapSums kernel) {
    this.memory = memory;
    this.workers = workers;
    this.kernel = kernel;
  }

  /** Whether it is expected to take less time than products of matrices. */
  static boolean pays(DType dtype, Shape output, Shape weight, Conv2dGeometry geometry) {
    int groups = geometry.groups();
    return dtype == DType.FLOAT32
        && groups > 1
        && weight.dim(1) <= MOST
        && weight.dim(0) / groups <= MOST
        && !output.isEmpty()
        && !weight.isEmpty();
  }

  /** The convolution, plus a bias {@code [F]} if not null, with ReLU after it if asked. */
  void forward(
      CpuArray input,
      CpuArray weight,
      CpuArray bias,
      Conv2dGeometry geometry,
      boolean relu,
      CpuArray output) {
    int groups = geometry.groups();
    int channels = weight.shape().dim(1);
    int filters = weight.shape().dim(0) / groups;
    int outH = output.shape().dim(2);
    int outW = output.shape().dim(3);
    Planes planes = Planes.of(input.shape(), geometry);
    int[] taps = planes.taps(weight.shape(), geometry, planes.size());
    int count = whole(planes.places(outH, outW));
    float[] windows = dense(weight);
    forEachGroup(
        input.shape().dim(0) * groups,
        (long) count * taps.length * filters,
        channels * planes.size(),
        count,
        (n, area, sums) -> {
          int group = n % groups;
          int image = n / groups;
          fill(planes, input, image, group * channels, channels, area);
          for (int f = group * filters; f < (group + 1) * filters; f++) {
            int from = f * taps.length;
            float[] window = Arrays.copyOfRange(windows, from, from + taps.length);
            kernel.correlate(area, taps, window, sums, count);
            int to = (image * groups * filters + f) * outH * outW;
            float added = bias == null ? 0 : bias.floats()[f];
            for (int y = 0; y < outH; y++) {
              int row = y * planes.columns();
              store(sums, row, added, relu, output.floats(), to + y * outW, outW);
            }
          }
        });
  }

  private static void store(
      float[] sums, int from, float added, boolean relu, float[] output, int to, int count) {
    if (relu) {
      for (int x = 0; x < count; x++) {
        output[to + x] = Math.max(sums[from + x] + added, 0);
      }
    } else {
      for (int x = 0; x < count; x++) {
        output[to + x] = sums[from + x] + added;
      }
    }
  }

  /**
   * The gradient with respect to the input, see {@link Phase}: what a phase meets of the output's
   * gradient is a window that moves by one.
   */
  void inputGrad(
      CpuArray outputGrad,
      CpuArray weight,
      Phase[] vertical,
      Phase[] horizontal,
      int groups,
      CpuArray inputGrad) {
    int channels = weight.shape().dim(1);
    int filters = weight.shape().dim(0) / groups;
    int outH = outputGrad.shape().dim(2);
    int outW = outputGrad.shape().dim(3);
    int top = Phase.before(vertical);
    int left = Phase.before(horizontal);
    int tall = top + outH + Phase.after(vertical, outH);
    int wide = left + outW + Phase.after(horizontal, outW);
    Planes planes = Planes.of(outH, outW, top, left, tall, wide, 1, 1);
    float[] windows = dense(weight);
    int taps = filters * weight.shape().dim(2) * weight.shape().dim(3);
    forEachGroup(
        outputGrad.shape().dim(0) * groups,
        (long) planes.size() * taps * channels,
        filters * planes.size(),
        whole(planes.size()),
        (n, area, sums) -> {
          int group = n % groups;
          fill(planes, outputGrad, n / groups, group * filters, filters, area);
          for (Phase v : vertical) {
            for (Phase h : horizontal) {
              int count = whole(planes.places(v.rows(), h.rows()));
              if (v.taps() == 0 || h.taps() == 0 || v.rows() == 0 || h.rows() == 0) {
                continue;
              }
              int[] met = taps(planes, v.shifted(top), h.shifted(left), filters);
              for (int c = 0; c < channels; c++) {
                float[] window = window(windows, weight.shape(), group * filters, filters, c, v, h);
                kernel.correlate(area, met, window, sums, count);
                spread(sums, planes.columns(), inputGrad, (n * channels + c), v, h);
              }
            }
          }
        });
  }

  /** Where the elements that a phase meets are: those of each filter's plane. */
  private static int[] taps(Planes planes, Phase v, Phase h, int filters) {
    int[] taps = new int[filters * v.taps() * h.taps()];
    int next = 0;
    for (int f = 0; f < filters; f++) {
      for (int i = 0; i < v.taps(); i++) {
        for (int j = 0; j < h.taps(); j++) {
          int y = v.firstOutput() + i * v.outputStep();
          int x = h.firstOutput() + j * h.outputStep();
          taps[next++] = f * planes.size() + planes.at(y, x);
        }
      }
    }
    return taps;
  }

  /** And the weights they meet, of channel {@code c}. */
  private static float[] window(
      float[] weight, Shape shape, int firstFilter, int filters, int c, Phase v, Phase h) {
    float[] window = new float[filters * v.taps() * h.taps()];
    int next = 0;
    for (int f = firstFilter; f < firstFilter + filters; f++) {
      for (int i = 0; i < v.taps(); i++) {
        for (int j = 0; j < h.taps(); j++) {
          int row = (f * shape.dim(1) + c) * shape.dim(2) + v.firstTap() + i * v.tapStep();
          window[next++] = weight[row * shape.dim(3) + h.firstTap() + j * h.tapStep()];
        }
      }
    }
    return window;
  }

  /** Stores what a phase gives in its rows and columns of a plane. */
  private static void spread(
      float[] sums, int columns, CpuArray inputGrad, int plane, Phase v, Phase h) {
    float[] to = inputGrad.floats();
    int width = inputGrad.shape().dim(3);
    int start = plane * inputGrad.shape().dim(2) * width;
    for (int y = 0; y < v.rows(); y++) {
      int row = start + (v.number() + y * v.stride()) * width + h.number();
      for (int x = 0; x < h.rows(); x++) {
        to[row + x * h.stride()] = sums[y * columns + x];
      }
    }
  }

  /** The gradient with respect to the weight; images are added one after the other. */
  void weightGrad(
      CpuArray input, CpuArray outputGrad, Conv2dGeometry geometry, CpuArray weightGrad) {
    Shape shape = weightGrad.shape();
    int groups = geometry.groups();
    int channels = shape.dim(1);
    int filters = shape.dim(0) / groups;
    int images = input.shape().dim(0);
    int outH = outputGrad.shape().dim(2);
    int outW = outputGrad.shape().dim(3);
    Planes planes = Planes.of(input.shape(), geometry);
    // The places of an output, as far apart as those of the windows.
    Planes places = Planes.of(outH, outW, 0, 0, outH, planes.columns(), 1, 1);
    int[] taps = planes.taps(shape, geometry, planes.size());
    int count = whole(planes.places(outH, outW));
    int parts = taps.length * kernel.width();
    forEachGroup(
        groups,
        (long) count * taps.length * filters * images,
        channels * planes.size(),
        Math.max(count, places.size()),
        (group, area, scratch) -> {
          float[][] sums = new float[filters][parts];
          for (int n = 0; n < images; n++) {
            fill(planes, input, n, group * channels, channels, area);
            for (int f = 0; f < filters; f++) {
              Arrays.fill(scratch, Math.min(places.size(), count), count, 0);
              int plane = group * filters + f;
              places.fill(outputGrad.floats(), outputGrad.layout(), n, plane, scratch, 0);
              kernel.addProducts(area, taps, scratch, count, sums[f]);
            }
          }
          for (int f = 0; f < filters; f++) {
            int to = (group * filters + f) * taps.length;
            for (int t = 0; t < taps.length; t++) {
              weightGrad.floats()[to + t] = sum(sums[f], t * kernel.width());
            }
          }
        });
  }

  private float sum(float[] parts, int from) {
    double sum = 0;
    for (int i = from; i < from + kernel.width(); i++) {
      sum += parts[i];
    }
    return (float) sum;
  }

  private static void fill(
      Planes planes, CpuArray images, int n, int first, int channels, float[] area) {
    for (int c = 0; c < channels; c++) {
      planes.fill(images.floats(), images.layout(), n, first + c, area, c * planes.size());
    }
  }

  private float[] dense(CpuArray weight) {
    CpuArray dense = memory.dense(weight);
    float[] values = Arrays.copyOfRange(dense.floats(), 0, dense.size());
    memory.release(dense);
    return values;
  }

  private int whole(int count) {
    return (count + kernel.width() - 1) / kernel.width() * kernel.width();
  }

  /** What is done with a group. */
  @FunctionalInterface
  private interface Task {
    void run(int number, float[] area, float[] sums);
  }

  /**
   * Runs tasks, several at a time where they are small. Each finds room for its planes, with zeros
   * behind them that the last register may read, and for its sums.
   */
  private void forEachGroup(int tasks, long work, int area, int sums, Task task) {
    int together = (int) Math.max(1, WORK / Math.max(1, work));
    int room = whole(area) + kernel.width();
    workers.ranges(
        tasks,
        together,
        (from, to) -> {
          Buffer planes = memory.scratch(DType.FLOAT32, room);
          Buffer scratch = memory.scratch(DType.FLOAT32, sums);
          Arrays.fill(planes.floats(), area, room, 0);
          for (int i = from; i < to; i++) {
            task.run(i, planes.floats(), scratch.floats());
          }
          scratch.release();
          planes.release();
        });
  }
}
