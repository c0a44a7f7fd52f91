package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import io.github.trimaran.backend.cpu.memory.CpuArray;

/** Maps the tiles of images {@code [N, C, H, W]} that a 3 x 3 window moves over. */
final class PixelTiles {

  private static final int SIDE = 3;
  private static final int OUT = TileTransforms.OUTPUTS;
  private static final int PIXELS = TileTransforms.PIXELS;

  private final SideBySide images;
  private final int top;
  private final int lanes;
  private final int paddedChannels;
  private final int tilesDown;
  private final int tilesAcross;
  private final int row;

  /**
   * Of images with a border of zeros.
   *
   * @param output {@code [N, F, OH, OW]}, which the tiles of results make up
   */
  PixelTiles(CpuArray images, int top, int left, Shape output, TilePlaces places) {
    lanes = places.lanes();
    this.images = SideBySide.of(images, left, lanes);
    this.top = top;
    paddedChannels = places.wholeLanes(images.shape().dim(1));
    tilesDown = tiles(output.dim(2));
    tilesAcross = tiles(output.dim(3));
    row = (OUT * tilesAcross + SIDE - 1) * lanes;
  }

  /** Tiles that so many rows, or columns, of results take. */
  static int tiles(int extent) {
    return (extent - 1) / OUT + 1;
  }

  /** The floats that {@link #map} needs besides those that it stores. */
  int area() {
    return PIXELS * row * paddedChannels / lanes;
  }

  /**
   * Maps one row of tiles. All channels of a tile come one after the other, for that is how V lies.
   *
   * @param tileRow of all images' rows of tiles
   * @param area memory to work in
   * @param v where to store {@code V[point, tile, c]}
   * @param to where the first point of the first tile goes
   * @param point from a point to the next
   */
  void map(TileTransforms transforms, int tileRow, float[] area, float[] v, int to, int point) {
    int block = PIXELS * row;
    int y = tileRow % tilesDown * OUT - top;
    for (int first = 0; first < paddedChannels; first += lanes) {
      images.read(tileRow / tilesDown, first, y, PIXELS, area, first / lanes * block, row);
    }
    int at = to;
    for (int x = 0; x < tilesAcross; x++) {
      int from = x * OUT * lanes;
      for (int first = 0; first < paddedChannels; first += lanes) {
        transforms.pixels(area, from, row, v, at, point);
        from += block;
        at += lanes;
      }
    }
  }
}
