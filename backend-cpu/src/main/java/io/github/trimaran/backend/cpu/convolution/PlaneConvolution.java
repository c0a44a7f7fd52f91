package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.WindowSums;
import io.github.trimaran.backend.cpu.memory.Buffer;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Workers;

/**
 * Convolutions in float32 whose windows run over {@link Planes} as they lie in memory, see {@link
 * WindowSums}: the one product would pack what the windows see, each pixel as often as windows see
 * it, and that is a large part of the time where there are few filters to use it.
 *
 * <p>Images without a border, under windows that move by one, are read where they are; others are
 * laid out once. One border of zeros lies between two rows, the right one of the first and the left
 * one of the second. Sums of places between two rows are computed and dropped.
 *
 * <p>A task is some places by some filters of an image. Which it is does not touch the sums.
 */
final class PlaneConvolution {

  /** Filters of the smaller tile. */
  private static final int FEWEST = 4;

  /** Sums of fewer taps are mostly storing. */
  private static final int FEWEST_TAPS = 64;

  /** The same for windows that move by one and are larger than a pixel: packing is easy there. */
  private static final int FEWEST_OF_OVERLAPPING = 192;

  /** Filters of 1 x 1 above which packing pixels once is worth it, for they are read so often. */
  private static final int MOST_FILTERS_OF_PIXELS = 256;

  /** Tasks that there should be for threads to finish at nearly the same time. */
  private static final int WANTED_TASKS = 32;

  /** Multiply-adds of a task, unless there are too few tasks. */
  private static final long WORK = 1 << 19;

  /** Weights of a task, which stay in the second-level cache. */
  private static final int MOST_WEIGHTS = 1 << 16;

  private final Memory memory;
  private final Workers workers;
  private final WindowSums kernel;

  PlaneConvolution(Memory memory, Workers workers, WindowSums kernel) {
    this.memory = memory;
    this.workers = workers;
    this.kernel = kernel;
  }

  /** Whether it is expected to take less time than the one product. */
  static boolean pays(DType dtype, Shape output, Shape weight, Conv2dGeometry geometry) {
    boolean pixels = weight.dim(2) * weight.dim(3) == 1;
    boolean overlapping = !pixels && geometry.strideH() * geometry.strideW() == 1;
    return dtype == DType.FLOAT32
        && geometry.groups() == 1
        && weight.dim(0) >= FEWEST
        && weight.dim(1) * weight.dim(2) * weight.dim(3)
            >= (overlapping ? FEWEST_OF_OVERLAPPING : FEWEST_TAPS)
        && weight.dim(2) >= geometry.strideH()
        && weight.dim(3) >= geometry.strideW()
        && (!pixels || weight.dim(0) <= MOST_FILTERS_OF_PIXELS)
        && !output.isEmpty();
  }

  /**
   * The convolution.
   *
   * @param weight dense
   * @param output {@code [N, F, OH, OW]}, to be written: planes are dense, and all of it where
   *     something is added
   */
  void forward(
      CpuArray input, CpuArray weight, Conv2dGeometry geometry, Ending ending, CpuArray output) {
    new Run(input, weight, geometry, ending, output).go();
  }

  /** One convolution. */
  private final class Run {
    private final CpuArray input;
    private final Planes planes;
    private final int places;
    private final boolean inPlace;
    private final int images;
    private final int channels;
    private final int filters;
    private final int[] taps;
    private final float[] weights;
    private final Ending ending;
    private final float[] out;
    private final Layout outLayout;
    private final int width;
    private final int tiles;

    /** Where the first image's pixels are, and from one image to the next. */
    private int first;

    private int image;
    private float[] pixels;

    Run(CpuArray input, CpuArray weight, Conv2dGeometry geometry, Ending ending, CpuArray output) {
      this.input = input;
      out = output.floats();
      outLayout = output.layout();
      width = output.shape().dim(3);
      Shape window = weight.shape();
      images = input.shape().dim(0);
      channels = input.shape().dim(1);
      filters = window.dim(0);
      planes = planes(input.shape(), output.shape(), geometry);
      places = planes.places(output.shape().dim(2), output.shape().dim(3));
      inPlace = isInPlace(geometry);
      taps = planes.taps(window, geometry, inPlace ? input.layout().stride(1) : planes.size());
      weights = weight.floats();
      this.ending = ending;
      tiles = (places - 1) / kernel.places() + 1;
    }

    /** Whether the input lies as its planes would, and no tile reaches beyond them. */
    private boolean isInPlace(Conv2dGeometry geometry) {
      Layout layout = input.layout();
      return geometry.strideH() == 1
          && geometry.strideW() == 1
          && planes.size() == input.shape().dim(2) * input.shape().dim(3)
          && layout.stride(3) == 1
          && layout.stride(2) == input.shape().dim(3)
          && places >= kernel.places();
    }

    void go() {
      if (inPlace) {
        pixels = input.floats();
        first = input.layout().offset();
        image = input.layout().stride(0);
        multiply();
        return;
      }
      image = channels * planes.size();
      // What the last tile reads behind the last plane is the right border of its last row, or
      // belongs to no place.
      int room = images * image + planes.left() + kernel.places();
      Buffer buffer = memory.scratch(DType.FLOAT32, room);
      pixels = buffer.floats();
      Memory.fill(pixels, images * image, room, 0);
      workers.ranges(
          images * channels,
          Workers.CHUNK / planes.size() + 1,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              int n = i / channels;
              planes.fill(
                  input.floats(), input.layout(), n, i % channels, pixels, i * planes.size());
            }
          });
      multiply();
      buffer.release();
    }

    private void multiply() {
      int tall = kernel.windows();
      int enough = (filters * images * tiles - 1) / WANTED_TASKS + 1;
      int most = Math.max(tall, Math.min(MOST_WEIGHTS / taps.length, Math.max(enough, 2 * tall)));
      int height = most / tall * tall;
      int blocks = (filters - 1) / height + 1;
      long work = (long) kernel.places() * taps.length * Math.min(height, filters);
      int share = images * blocks * tiles / WANTED_TASKS;
      int together = (int) Math.max(1, Math.min(tiles, Math.max(share, WORK / work)));
      int shares = (tiles - 1) / together + 1;
      // Threads share out pixels or weights, what there is more of, and each reads all the others.
      boolean placesFirst = weights.length <= channels * planes.size();
      workers.forEach(
          images * blocks * shares,
          task -> {
            int n = task / (blocks * shares);
            int tile = (placesFirst ? task / blocks % shares : task % shares) * together;
            int f = (placesFirst ? task % blocks : task / shares % blocks) * height;
            new Part(n)
                .compute(f, Math.min(f + height, filters), tile, Math.min(tile + together, tiles));
          });
    }

    /** Some filters and places of an image. */
    private final class Part {
      private final int n;
      private final float[] sums = new float[kernel.windows() * kernel.places()];
      private final int[] rows = new int[kernel.windows()];
      private final int[] pieceFrom = new int[kernel.places()];
      private final int[] pieceCount = new int[kernel.places()];
      private final int[] pieceTo = new int[kernel.places()];
      private int pieces;

      Part(int n) {
        this.n = n;
      }

      /** Along the rows of some filters first, so that what is stored comes one after the other. */
      void compute(int firstFilter, int endFilter, int firstTile, int endTile) {
        // The last tile reaches back, for there may be nothing to read behind the pixels.
        int last = Math.max(0, places - kernel.places());
        for (int f = firstFilter; f < endFilter; ) {
          int height = height(endFilter - f);
          for (int w = 0; w < rows.length; w++) {
            rows[w] = Math.min(f + w, endFilter - 1) * taps.length;
          }
          for (int tile = firstTile; tile < endTile; tile++) {
            int at = Math.min(tile * kernel.places(), last);
            kernel.compute(pixels, taps, first + n * image + at, weights, rows, height, sums);
            cut(at);
            for (int w = 0; w < height; w++) {
              store(w * kernel.places(), f + w);
            }
          }
          f += height;
        }
      }

      /** Filters of the next tile: the most, unless two smaller ones suit what is left better. */
      private int height(int left) {
        int most = kernel.windows();
        return Math.min(
            left, left > 2 * FEWEST || left == most || left == most - 1 ? most : FEWEST);
      }

      /** Cuts a tile into runs of places that follow each other in a row of the output. */
      private void cut(int at) {
        int end = Math.min(at + kernel.places(), places);
        int columns = planes.columns();
        pieces = 0;
        if (columns == width) {
          add(0, end - at, at);
          return;
        }
        int y = at / columns;
        int x = at - y * columns;
        for (int i = at; i < end; y++, x = 0) {
          int count = Math.min(width - x, end - i);
          if (count > 0) {
            add(i - at, count, y * width + x);
          }
          i += columns - x;
        }
      }

      private void add(int from, int count, int to) {
        pieceFrom[pieces] = from;
        pieceCount[pieces] = count;
        pieceTo[pieces++] = to;
      }

      private void store(int start, int filter) {
        int plane = outLayout.offset() + n * outLayout.stride(0) + filter * outLayout.stride(1);
        for (int i = 0; i < pieces; i++) {
          kernel.store(
              sums,
              start + pieceFrom[i],
              pieceCount[i],
              ending.bias(filter),
              ending.added(),
              ending.relu(),
              out,
              plane + pieceTo[i]);
        }
      }
    }
  }

  private static Planes planes(Shape input, Shape output, Conv2dGeometry geometry) {
    int shared = geometry.padLeft() + input.dim(3);
    boolean isShared =
        geometry.strideH() == 1
            && geometry.strideW() == 1
            && geometry.padRight() <= geometry.padLeft()
            && output.dim(3) <= shared;
    return Planes.of(
        input.dim(2),
        input.dim(3),
        geometry.padTop(),
        geometry.padLeft(),
        geometry.padTop() + input.dim(2) + geometry.padBottom(),
        isShared ? shared : shared + geometry.padRight(),
        geometry.strideH(),
        geometry.strideW());
  }
}
