package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Interpolation;
import io.github.trimaran.tensor.Tensor;

/**
 * Images of another size, {@code [N, C, H, W] -> [N, C, OH, OW]}: each pixel the nearest, or the
 * weighted mean of the four around it.
 *
 * <pre>{@code
 * Layer twice = new Upsample(2);                                 // nearest
 * Layer smooth = new Upsample(2).bilinear();
 * Layer fixed = new Upsample(32, 48).bilinear().alignCorners();  // to 32 x 48
 * Layer wide = new Upsample(1).scale(1, 1.5);
 * }</pre>
 *
 * <p>With a scale, {@code OH = floor(H scale)}. Formulas in {@link Interpolation}.
 */
public final class Upsample extends Layer {

  /** Rows and columns; null where they follow from the scale. */
  private final int[] size;

  private final double[] scale;
  private final boolean bilinear;
  private final boolean corners;

  private Upsample(int[] size, double[] scale, boolean bilinear, boolean corners) {
    this.size = size;
    this.scale = scale;
    this.bilinear = bilinear;
    this.corners = corners;
    if (size == null ? !(scale[0] > 0 && scale[1] > 0) : size[0] < 1 || size[1] < 1) {
      throw error("size and scale must be above 0, is " + target());
    }
  }

  /** That many times as high and wide; nearest. */
  public Upsample(double scale) {
    this(null, new double[] {scale, scale}, false, false);
  }

  /** To that many rows and columns; nearest. */
  public Upsample(int height, int width) {
    this(new int[] {height, width}, null, false, false);
  }

  /** The same that many times as high, and as wide. */
  public Upsample scale(double height, double width) {
    return new Upsample(null, new double[] {height, width}, bilinear, corners);
  }

  /** The same with the mean of the four pixels around, weighted by nearness. */
  public Upsample bilinear() {
    return new Upsample(size, scale, true, corners);
  }

  /**
   * The same with the centres of the corner pixels on each other.
   *
   * @throws IllegalArgumentException without {@link #bilinear}
   */
  public Upsample alignCorners() {
    if (!bilinear) {
      throw error("corners are aligned with bilinear() only");
    }
    return new Upsample(size, scale, true, true);
  }

  private String target() {
    return size != null
        ? "size " + size[0] + " x " + size[1]
        : "scale " + scale[0] + " x " + scale[1];
  }

  @Override
  protected String describe() {
    return target()
        + (bilinear ? ", bilinear" : ", nearest")
        + (corners ? ", aligned corners" : "");
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Shape s = x.shape();
    if (s.rank() != 4) {
      throw error("input must be [N, C, H, W], is " + s);
    }
    int height = size != null ? size[0] : (int) (s.dim(2) * scale[0]);
    int width = size != null ? size[1] : (int) (s.dim(3) * scale[1]);
    if (height < 1 || width < 1) {
      throw error("nothing would be left of the input " + s + ", " + height + " x " + width);
    }
    double stepH = size != null ? (double) s.dim(2) / height : 1 / scale[0];
    double stepW = size != null ? (double) s.dim(3) / width : 1 / scale[1];
    return bilinear
        ? Interpolation.bilinear(x, height, width, stepH, stepW, corners)
        : Interpolation.nearest(x, height, width, stepH, stepW);
  }

  @Override
  public Form form() {
    return Form.none()
        .with("size", size, null)
        .with("scale", scale, null)
        .with("bilinear", bilinear, false)
        .with("corners", corners, false);
  }
}
