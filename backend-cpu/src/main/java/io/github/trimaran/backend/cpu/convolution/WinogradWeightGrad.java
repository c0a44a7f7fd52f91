package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import io.github.trimaran.backend.cpu.memory.Buffer;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Idle;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Workers;
import io.github.trimaran.backend.cpu.product.MatrixMultiply;

/**
 * The gradient of 3 x 3 windows of stride 1 with a quarter of the multiplications: {@link
 * TileTransforms} turned round.
 *
 * <pre>
 * V[point, tile, c]  of the input's tiles
 * W[point, f, tile]  of the output gradient's
 * M[point, f, c]     sums of W[point] V[point], 36 products of matrices
 * weightGrad         of M
 * </pre>
 *
 * <p>Tiles are taken in parts whose V and W stay in a cache. Where M is small, threads share groups
 * of parts, and each group has an M of its own until the end. Where it is large, one part comes
 * after the other, and threads share tiles while they map, and blocks of M while they multiply.
 * Parts, groups and blocks depend on nothing but the shapes, so the results do not depend on the
 * number of threads.
 */
final class WinogradWeightGrad {

  private static final int SIDE = 3;
  private static final int POINTS = TileTransforms.POINTS;

  /** Filters, and channels, of a block of M: all its points are 600 KB. */
  private static final int BLOCK = 64;

  /** With fewer blocks, threads share their points too. */
  private static final int ENOUGH_BLOCKS = 16;

  /** The floats of an M that is small enough for groups. */
  private static final long SMALL_M = 1 << 20;

  /** Groups, where there are parts enough. */
  private static final int GROUPS = 8;

  /** Tiles of a part: each reads and writes all of M, so it needs some. */
  private static final int FEWEST_TILES = 24;

  /** V and W of a part take at least a megabyte, and at most 32, of floats. */
  private static final long LEAST_FLOATS = 1 << 18;

  private static final long MOST_FLOATS = 1 << 23;

  /** Tiles whose pixels a task maps, about. */
  private static final int TILES_OF_TASK = 32;

  private final Memory memory;
  private final Workers workers;
  private final MatrixMultiply matrices;
  private final TilePlaces places;
  private final Idle<TileTransforms> idle;

  WinogradWeightGrad(
      Memory memory,
      Workers workers,
      MatrixMultiply matrices,
      TilePlaces places,
      Idle<TileTransforms> idle) {
    this.memory = memory;
    this.workers = workers;
    this.matrices = matrices;
    this.places = places;
    this.idle = idle;
  }

  /**
   * Computes it.
   *
   * @param input {@code [N, C, H, W]}
   * @param outputGrad {@code [N, F, OH, OW]}
   * @param top rows of zeros above the image
   * @param left columns of zeros left of it
   * @param weightGrad {@code [F, C, 3, 3]}, dense, to be written
   */
  void compute(CpuArray input, CpuArray outputGrad, int top, int left, CpuArray weightGrad) {
    new Run(input, outputGrad, top, left, weightGrad).go();
  }

  /** One gradient. */
  private final class Run {
    private final PixelTiles pixels;
    private final GradTiles grads;
    private final float[] weightGrad;
    private final int lanes;
    private final int channels;
    private final int filters;
    private final int tilesAcross;
    private final int rowsOfTiles;
    private final boolean smallM;
    private final int parts;
    private final int rowsOfPart;
    private final int paddedChannels;
    private final int paddedTiles;
    private final int pointOfV;
    private final int pointOfW;
    private final int pointOfM;
    private final int blocksAcross;
    private final int blocks;

    Run(CpuArray input, CpuArray outputGrad, int top, int left, CpuArray weightGrad) {
      lanes = places.lanes();
      pixels = new PixelTiles(input, top, left, outputGrad.shape(), places);
      grads = new GradTiles(outputGrad, lanes);
      this.weightGrad = weightGrad.floats();
      channels = input.shape().dim(1);
      filters = outputGrad.shape().dim(1);
      tilesAcross = PixelTiles.tiles(outputGrad.shape().dim(3));
      rowsOfTiles = outputGrad.shape().dim(0) * PixelTiles.tiles(outputGrad.shape().dim(2));
      smallM = (long) POINTS * channels * filters <= SMALL_M;
      rowsOfPart = rowsOfPart();
      parts = (rowsOfTiles - 1) / rowsOfPart + 1;
      paddedChannels = places.wholeLanes(channels);
      paddedTiles = places.wholeLanes(rowsOfPart * tilesAcross);
      pointOfV = places.apart(paddedTiles * paddedChannels);
      pointOfW = places.apart(paddedTiles * filters);
      pointOfM = places.apart(BLOCK * BLOCK);
      blocksAcross = (channels - 1) / BLOCK + 1;
      blocks = blocksAcross * ((filters - 1) / BLOCK + 1);
    }

    /** Each part reads and writes all of M, so it should be larger than that. */
    private int rowsOfPart() {
      long wanted = Math.max(LEAST_FLOATS, 2L * POINTS * channels * filters);
      long row = (long) POINTS * tilesAcross * (channels + filters);
      long most = Math.max(1, Math.min(wanted, MOST_FLOATS) / row);
      int least = (int) ((rowsOfTiles - 1) / most) + 1;
      int shared = Math.min(GROUPS, rowsOfTiles * tilesAcross / FEWEST_TILES);
      return (rowsOfTiles - 1) / (smallM ? Math.max(least, shared) : least) + 1;
    }

    void go() {
      if (smallM) {
        inGroups();
      } else if (parts == 1 && blocks >= ENOUGH_BLOCKS) {
        inOnePart();
      } else {
        inParts();
      }
    }

    private void inGroups() {
      int groups = Math.min(GROUPS, parts);
      Buffer m = memory.scratch(DType.FLOAT32, groups * blocks * POINTS * pointOfM);
      workers.forEach(
          groups,
          group -> {
            int first = group * parts / groups;
            int end = (group + 1) * parts / groups;
            try (Mapped mapped = new Mapped()) {
              for (int part = first; part < end; part++) {
                mapped.begin(part);
                for (int task = 0; task < mapped.tasks(); task++) {
                  mapped.map(task);
                }
                for (int block = 0; block < blocks; block++) {
                  int start = (group * blocks + block) * POINTS * pointOfM;
                  mapped.multiply(block, 0, POINTS, m.floats(), start, part > first);
                }
              }
            }
          });
      workers.ranges(
          filters,
          BLOCK / ENOUGH_BLOCKS,
          (from, to) -> {
            add(m.floats(), groups, from, to);
            mapWindows(m.floats(), from, to);
          });
      m.release();
    }

    /** Each thread has the block of M that it works on in its cache. */
    private void inOnePart() {
      try (Mapped mapped = new Mapped()) {
        mapped.begin(0);
        workers.forEach(mapped.tasks(), mapped::map);
        workers.forEach(
            blocks,
            block -> {
              Buffer m = memory.scratch(DType.FLOAT32, POINTS * pointOfM);
              mapped.multiply(block, 0, POINTS, m.floats(), 0, false);
              mapWindows(m.floats(), 0, block, 0, BLOCK);
              m.release();
            });
      }
    }

    private void inParts() {
      Buffer m = memory.scratch(DType.FLOAT32, blocks * POINTS * pointOfM);
      int pointsOfTask = blocks < ENOUGH_BLOCKS ? 1 : POINTS;
      try (Mapped mapped = new Mapped()) {
        for (int part = 0; part < parts; part++) {
          mapped.begin(part);
          workers.forEach(mapped.tasks(), mapped::map);
          boolean adds = part > 0;
          workers.ranges(
              blocks * POINTS,
              pointsOfTask,
              (from, to) -> {
                int block = from / POINTS;
                int before = block * POINTS;
                mapped.multiply(
                    block, from - before, to - before, m.floats(), before * pointOfM, adds);
              });
        }
      }
      workers.ranges(
          filters, BLOCK / ENOUGH_BLOCKS, (from, to) -> mapWindows(m.floats(), from, to));
      m.release();
    }

    /** The tiles of one part after the other, mapped. */
    private final class Mapped implements AutoCloseable {
      private final Buffer v = memory.scratch(DType.FLOAT32, POINTS * pointOfV);
      private final Buffer w = memory.scratch(DType.FLOAT32, POINTS * pointOfW);
      private final int rowsOfTask = Math.max(1, TILES_OF_TASK / tilesAcross);
      private int firstRow;
      private int endRow;
      private int tasksOfPixels;

      void begin(int part) {
        firstRow = part * rowsOfPart;
        endRow = Math.min(firstRow + rowsOfPart, rowsOfTiles);
        tasksOfPixels = (endRow - firstRow - 1) / rowsOfTask + 1;
      }

      private int tiles() {
        return (endRow - firstRow) * tilesAcross;
      }

      /** How many tasks mapping is. */
      int tasks() {
        return tasksOfPixels + (tiles() - 1) / lanes + 1;
      }

      void map(int task) {
        TileTransforms transforms = idle.borrow();
        Buffer area = memory.scratch(DType.FLOAT32, Math.max(pixels.area(), grads.area()));
        if (task < tasksOfPixels) {
          int first = firstRow + task * rowsOfTask;
          for (int row = first; row < Math.min(first + rowsOfTask, endRow); row++) {
            int to = (row - firstRow) * tilesAcross * paddedChannels;
            pixels.map(transforms, row, area.floats(), v.floats(), to, pointOfV);
          }
        } else {
          int to = (task - tasksOfPixels) * lanes;
          int first = firstRow * tilesAcross + to;
          int end = endRow * tilesAcross;
          grads.map(transforms, first, end, area.floats(), w.floats(), to, paddedTiles, pointOfW);
        }
        area.release();
        idle.giveBack(transforms);
      }

      /** Sums up some points of a block, whose first is stored from {@code start} on. */
      void multiply(int block, int from, int to, float[] m, int start, boolean adds) {
        int rows = Math.min(BLOCK, filters - firstFilter(block));
        int columns = Math.min(BLOCK, channels - firstChannel(block));
        int firstW = firstFilter(block) * paddedTiles;
        Matrix ofW = places.matrix(w.floats(), firstW, rows, paddedTiles, tiles());
        Matrix ofV =
            places.matrix(v.floats(), firstChannel(block), tiles(), paddedChannels, columns);
        Matrix ofM = places.matrix(m, start, rows, BLOCK, columns);
        for (int point = from; point < to; point++) {
          matrices.multiplyHere(
              DType.FLOAT32,
              ofW.shifted(point * pointOfW),
              ofV.shifted(point * pointOfV),
              ofM.shifted(point * pointOfM),
              adds);
        }
      }

      @Override
      public void close() {
        w.release();
        v.release();
      }
    }

    private int firstFilter(int block) {
      return block / blocksAcross * BLOCK;
    }

    private int firstChannel(int block) {
      return block % blocksAcross * BLOCK;
    }

    /** Adds the sums of the other groups to those of the first, for some filters. */
    private void add(float[] m, int groups, int from, int to) {
      int size = blocks * POINTS * pointOfM;
      for (int f = from; f < to; f++) {
        for (int i = 0; i < blocksAcross * POINTS; i++) {
          int start = (f / BLOCK * blocksAcross * POINTS + i) * pointOfM + f % BLOCK * BLOCK;
          for (int group = 1; group < groups; group++) {
            int other = start + group * size;
            for (int c = 0; c < BLOCK; c++) {
              m[start + c] += m[other + c];
            }
          }
        }
      }
    }

    /** Those of some filters, none of which is of another block of filters. */
    private void mapWindows(float[] m, int from, int to) {
      int firstBlock = from / BLOCK * blocksAcross;
      for (int block = firstBlock; block < firstBlock + blocksAcross; block++) {
        int f = from % BLOCK;
        mapWindows(m, block * POINTS * pointOfM, block, f, f + to - from);
      }
    }

    /** Filters of a block, counted from its first, which begins at {@code start} of M. */
    private void mapWindows(float[] m, int start, int block, int from, int to) {
      TileTransforms transforms = idle.borrow();
      float[] window = new float[SIDE * SIDE * lanes];
      int end = Math.min(to, filters - firstFilter(block));
      int columns = Math.min(BLOCK, channels - firstChannel(block));
      for (int f = from; f < end; f++) {
        for (int first = 0; first < columns; first += lanes) {
          transforms.windowGrads(m, start + f * BLOCK + first, pointOfM, window);
          int filter = firstFilter(block) + f;
          int at = (filter * channels + firstChannel(block) + first) * SIDE * SIDE;
          spread(window, Math.min(lanes, columns - first), at);
        }
      }
      idle.giveBack(transforms);
    }

    private void spread(float[] window, int count, int to) {
      for (int c = 0; c < count; c++) {
        for (int i = 0; i < SIDE * SIDE; i++) {
          weightGrad[to + c * SIDE * SIDE + i] = window[i * lanes + c];
        }
      }
    }
  }
}
