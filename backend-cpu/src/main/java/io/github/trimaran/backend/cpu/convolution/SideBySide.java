package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import java.util.Arrays;

/**
 * Reads rows of images {@code [N, C, H, W]} into memory where some channels of a pixel lie side by
 * side, as many as a register has lanes. Around the image, and for channels that it has not, there
 * are zeros.
 *
 * @param image its memory
 * @param layout how the images lie in it
 * @param left columns of zeros left of the image
 * @param lanes channels side by side
 */
record SideBySide(float[] image, Layout layout, int left, int lanes) {

  static SideBySide of(CpuArray images, int left, int lanes) {
    return new SideBySide(images.floats(), images.layout(), left, lanes);
  }

  /**
   * Reads the channels from {@code firstChannel} on.
   *
   * @param n of which image
   * @param firstY the first row, negative above the image
   * @param rows how many
   * @param area where to put them
   * @param at where the first pixel goes
   * @param row from a row to the next
   */
  void read(int n, int firstChannel, int firstY, int rows, float[] area, int at, int row) {
    int columns = row / lanes;
    int height = layout.shape().dim(2);
    int from = Math.max(0, left);
    int to = Math.min(columns, layout.shape().dim(3) + left);
    int count = Math.min(lanes, layout.shape().dim(1) - firstChannel);
    boolean whole = from == 0 && to == columns && count == lanes;
    for (int i = 0; i < rows; i++) {
      int y = firstY + i;
      boolean inside = y >= 0 && y < height;
      if (!whole || !inside) {
        Arrays.fill(area, at + i * row, at + (i + 1) * row, 0);
      }
      for (int c = 0; inside && c < count; c++) {
        int start =
            layout.offset()
                + n * layout.stride(0)
                + (firstChannel + c) * layout.stride(1)
                + y * layout.stride(2)
                + (from - left) * layout.stride(3);
        spread(start, area, at + i * row + from * lanes + c, to - from);
      }
    }
  }

  private void spread(int start, float[] area, int at, int count) {
    int step = layout.stride(3);
    for (int x = 0; x < count; x++) {
      area[at + x * lanes] = image[start + x * step];
    }
  }
}
