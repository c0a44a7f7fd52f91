package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import io.github.trimaran.backend.cpu.memory.Buffer;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Idle;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Workers;
import io.github.trimaran.backend.cpu.product.MatrixMultiply;
import java.util.Arrays;

/**
 * 3 x 3 convolutions of stride 1 with a quarter of the multiplications: Winograd's, whose maps are
 * {@link TileTransforms}.
 *
 * <pre>
 * U[point, c, f]    of all windows, once
 * V[point, tile, c] of the tiles of a chunk
 * M[point, tile, f] = V[point] U[point], 36 products of matrices
 * output            of M, with bias and ReLU
 * </pre>
 *
 * <p>A chunk is some rows of tiles, few enough for V and M to stay in caches; chunks are what
 * threads share. Within one, pixels are laid out with channels side by side, so that the maps are
 * vector arithmetic and nothing is moved between lanes.
 *
 * <p>Its rounding errors are about twice those of the sums written out (see {@code WinogradTest}).
 */
final class Winograd {

  private static final int SIDE = 3;
  private static final int OUT = TileTransforms.OUTPUTS;
  private static final int PIXELS = TileTransforms.PIXELS;
  private static final int POINTS = TileTransforms.POINTS;

  /** Windows of a task. */
  private static final int WINDOWS = 1 << 11;

  /** Tiles of a chunk: each reads all of U, which more tiles would use, but V and M grow. */
  private static final int MOST_TILES = 64;

  private static final int FEWEST_TILES = 24;

  /** Chunks that a small image is cut into, so that threads have something to share. */
  private static final int WANTED_CHUNKS = 8;

  private final Memory memory;
  private final Workers workers;
  private final MatrixMultiply matrices;
  private final TilePlaces places;
  private final Idle<TileTransforms> idle;

  Winograd(
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
   * The convolution, with windows as wide as the weight's layout says.
   *
   * @param input {@code [N, C, H, W]}
   * @param weight its memory; {@code windows} is its layout {@code [F, C, 3, 3]}
   * @param top rows of zeros above the image
   * @param left columns of zeros left of it
   * @param output {@code [N, F, OH, OW]}, to be written: planes are dense, and all of it where
   *     something is added
   */
  void convolve(
      CpuArray input,
      CpuArray weight,
      Layout windows,
      int top,
      int left,
      Ending ending,
      CpuArray output) {
    new Run(input, windows, top, left, ending, output).go(weight.floats());
  }

  /** One convolution. */
  private final class Run {
    private final PixelTiles pixels;
    private final Layout windows;
    private final Ending ending;
    private final float[] out;
    private final Layout outLayout;
    private final int lanes;
    private final int channels;
    private final int filters;
    private final int paddedChannels;
    private final int paddedFilters;
    private final int height;
    private final int width;
    private final int tilesDown;
    private final int tilesAcross;
    private final int rowsOfTiles;
    private final int pointOfU;
    private float[] u;

    Run(CpuArray input, Layout windows, int top, int left, Ending ending, CpuArray output) {
      lanes = places.lanes();
      pixels = new PixelTiles(input, top, left, output.shape(), places);
      this.windows = windows;
      this.ending = ending;
      out = output.floats();
      outLayout = output.layout();
      channels = windows.shape().dim(1);
      filters = windows.shape().dim(0);
      paddedChannels = places.wholeLanes(channels);
      paddedFilters = places.wholeLanes(filters);
      height = output.shape().dim(2);
      width = output.shape().dim(3);
      tilesDown = PixelTiles.tiles(height);
      tilesAcross = PixelTiles.tiles(width);
      rowsOfTiles = output.shape().dim(0) * tilesDown;
      pointOfU = places.apart(channels * paddedFilters);
    }

    void go(float[] weight) {
      Buffer buffer = memory.scratch(DType.FLOAT32, POINTS * pointOfU);
      u = buffer.floats();
      workers.ranges(
          channels, WINDOWS / paddedFilters + 1, (from, to) -> mapWindows(weight, from, to));
      int share = rowsOfTiles * tilesAcross / WANTED_CHUNKS;
      int wanted = Math.max(FEWEST_TILES, Math.min(share, MOST_TILES));
      int rows = Math.max(1, (wanted + tilesAcross / 2) / tilesAcross);
      int chunks = (rowsOfTiles - 1) / rows + 1;
      workers.forEach(
          chunks, i -> new Chunk(i * rows, Math.min((i + 1) * rows, rowsOfTiles)).compute());
      buffer.release();
    }

    /** Those of some channels. All filters of one after the other, for that is how U lies. */
    private void mapWindows(float[] weight, int firstChannel, int endChannel) {
      TileTransforms transforms = idle.borrow();
      float[] window = new float[SIDE * SIDE * lanes];
      for (int c = firstChannel; c < endChannel; c++) {
        for (int first = 0; first < paddedFilters; first += lanes) {
          gather(weight, c, first, window);
          transforms.window(window, u, c * paddedFilters + first, pointOfU);
        }
      }
      idle.giveBack(transforms);
    }

    private void gather(float[] weight, int c, int firstFilter, float[] window) {
      int count = Math.min(lanes, filters - firstFilter);
      if (count < lanes) {
        Arrays.fill(window, 0);
      }
      int down = windows.stride(2);
      int across = windows.stride(3);
      for (int f = 0; f < count; f++) {
        int from = windows.offset() + (firstFilter + f) * windows.stride(0) + c * windows.stride(1);
        for (int i = 0; i < SIDE; i++) {
          int to = i * SIDE * lanes + f;
          int at = from + i * down;
          window[to] = weight[at];
          window[to + lanes] = weight[at + across];
          window[to + 2 * lanes] = weight[at + 2 * across];
        }
      }
    }

    /** Some rows of tiles, of one image or of several. */
    private final class Chunk {
      private final int firstRow;
      private final int endRow;
      private final int tiles;
      private final int pointOfV;
      private final int pointOfM;
      private final int row;

      Chunk(int firstRow, int endRow) {
        this.firstRow = firstRow;
        this.endRow = endRow;
        tiles = (endRow - firstRow) * tilesAcross;
        pointOfV = places.apart(tiles * paddedChannels);
        pointOfM = places.apart(tiles * paddedFilters);
        row = (OUT * tilesAcross + SIDE - 1) * lanes;
      }

      void compute() {
        TileTransforms transforms = idle.borrow();
        Buffer bufferV = memory.scratch(DType.FLOAT32, POINTS * pointOfV);
        Buffer bufferM = memory.scratch(DType.FLOAT32, POINTS * pointOfM);
        Buffer area =
            memory.scratch(
                DType.FLOAT32, PIXELS * row * Math.max(paddedChannels, paddedFilters) / lanes);
        mapPixels(transforms, area.floats(), bufferV.floats());
        multiply(bufferV.floats(), bufferM.floats());
        mapResults(transforms, area.floats(), bufferM.floats());
        area.release();
        bufferM.release();
        bufferV.release();
        idle.giveBack(transforms);
      }

      private void mapPixels(TileTransforms transforms, float[] area, float[] v) {
        for (int tileRow = firstRow; tileRow < endRow; tileRow++) {
          int to = (tileRow - firstRow) * tilesAcross * paddedChannels;
          pixels.map(transforms, tileRow, area, v, to, pointOfV);
        }
      }

      private void multiply(float[] v, float[] m) {
        Matrix ofV = places.matrix(v, 0, tiles, paddedChannels, channels);
        Matrix ofU = places.matrix(u, 0, channels, paddedFilters, paddedFilters);
        Matrix ofM = places.matrix(m, 0, tiles, paddedFilters, paddedFilters);
        for (int point = 0; point < POINTS; point++) {
          matrices.multiplyHere(
              DType.FLOAT32,
              ofV.shifted(point * pointOfV),
              ofU.shifted(point * pointOfU),
              ofM.shifted(point * pointOfM),
              false);
        }
      }

      private void mapResults(TileTransforms transforms, float[] area, float[] m) {
        int block = OUT * row;
        for (int tileRow = firstRow; tileRow < endRow; tileRow++) {
          int from = (tileRow - firstRow) * tilesAcross * paddedFilters;
          for (int x = 0; x < tilesAcross; x++) {
            int to = x * OUT * lanes;
            for (int first = 0; first < paddedFilters; first += lanes) {
              transforms.results(m, from, pointOfM, area, to, row);
              from += lanes;
              to += block;
            }
          }
          for (int first = 0; first < paddedFilters; first += lanes) {
            int y = tileRow % tilesDown * OUT;
            store(area, first / lanes * block, tileRow / tilesDown, y, first);
          }
        }
      }

      /** Four rows of an output, with what belongs to their ending. */
      private void store(float[] area, int at, int n, int firstY, int firstFilter) {
        int rows = Math.min(OUT, height - firstY);
        int count = Math.min(lanes, filters - firstFilter);
        for (int i = 0; i < rows; i++) {
          for (int f = 0; f < count; f++) {
            int filter = firstFilter + f;
            int to =
                outLayout.offset()
                    + n * outLayout.stride(0)
                    + filter * outLayout.stride(1)
                    + (firstY + i) * width;
            collect(area, at + i * row + f, ending.bias(filter), to);
          }
        }
      }

      private void collect(float[] area, int at, float bias, int to) {
        float[] added = ending.added();
        if (added != null) {
          for (int x = 0; x < width; x++) {
            out[to + x] = area[at + x * lanes] + bias + added[to + x];
          }
          if (ending.relu()) {
            for (int i = to; i < to + width; i++) {
              out[i] = Math.max(out[i], 0);
            }
          }
        } else if (ending.relu()) {
          for (int x = 0; x < width; x++) {
            out[to + x] = Math.max(area[at + x * lanes] + bias, 0);
          }
        } else {
          for (int x = 0; x < width; x++) {
            out[to + x] = area[at + x * lanes] + bias;
          }
        }
      }
    }
  }
}
