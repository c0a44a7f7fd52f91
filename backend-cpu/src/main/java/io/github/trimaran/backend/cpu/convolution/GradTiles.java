package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import java.util.Arrays;

/**
 * Maps the tiles of a gradient {@code [N, F, OH, OW]}, as many side by side as a register has
 * lanes: a matrix product then reads the tiles of a filter as they lie.
 */
final class GradTiles {

  private static final int OUT = TileTransforms.OUTPUTS;

  private final float[] image;
  private final Layout layout;
  private final int lanes;
  private final int tilesDown;
  private final int tilesAcross;

  GradTiles(CpuArray images, int lanes) {
    image = images.floats();
    layout = images.layout();
    this.lanes = lanes;
    tilesDown = PixelTiles.tiles(layout.shape().dim(2));
    tilesAcross = PixelTiles.tiles(layout.shape().dim(3));
  }

  /** The floats that {@link #map} needs besides those that it stores. */
  int area() {
    return OUT * OUT * lanes;
  }

  /**
   * Maps tiles of all filters.
   *
   * @param firstTile of all images' tiles
   * @param endTile those from here on are taken for zeros
   * @param area memory to work in
   * @param w where to store {@code W[point, f, tile]}
   * @param to where the first point of the first filter goes
   * @param filter from a filter to the next
   * @param point from a point to the next
   */
  void map(
      TileTransforms transforms,
      int firstTile,
      int endTile,
      float[] area,
      float[] w,
      int to,
      int filter,
      int point) {
    int count = Math.min(lanes, endTile - firstTile);
    int[] start = new int[count];
    int[] rows = new int[count];
    int[] columns = new int[count];
    for (int t = 0; t < count; t++) {
      int tile = firstTile + t;
      int y = tile / tilesAcross % tilesDown * OUT;
      int x = tile % tilesAcross * OUT;
      rows[t] = Math.min(OUT, layout.shape().dim(2) - y);
      columns[t] = Math.min(OUT, layout.shape().dim(3) - x);
      start[t] =
          layout.offset()
              + tile / tilesAcross / tilesDown * layout.stride(0)
              + y * layout.stride(2)
              + x * layout.stride(3);
    }
    // What lies outside of the image stays zero.
    Arrays.fill(area, 0, area(), 0);
    for (int f = 0; f < layout.shape().dim(1); f++) {
      for (int t = 0; t < count; t++) {
        read(start[t] + f * layout.stride(1), rows[t], columns[t], area, t);
      }
      transforms.resultGrads(area, 0, OUT * lanes, w, to + f * filter, point);
    }
  }

  private void read(int from, int rows, int columns, float[] area, int to) {
    int down = layout.stride(2);
    int across = layout.stride(3);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        area[(i * OUT + j) * lanes + to] = image[from + i * down + j * across];
      }
    }
  }
}
