package io.github.trimaran.nn;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.tensor.Tensor;

/**
 * What a convolution sees beyond the edges.
 *
 * <pre>{@code
 * Layer conv = new Conv2d(3, 16, 3).padding(1).paddingMode(PaddingMode.REFLECT);
 * }</pre>
 */
public enum PaddingMode {
  /** Zeros. */
  ZEROS {
    @Override
    Tensor pad(Tensor x, int[] before, int[] after) {
      return x.pad(before, after, new int[before.length], 0);
    }
  },
  /** The mirror image, the edge itself not repeated. */
  REFLECT {
    @Override
    Tensor pad(Tensor x, int[] before, int[] after) {
      return x.padReflect(before, after);
    }
  },
  /** The values at the edge. */
  REPLICATE {
    @Override
    Tensor pad(Tensor x, int[] before, int[] after) {
      return x.padReplicate(before, after);
    }
  };

  abstract Tensor pad(Tensor x, int[] before, int[] after);

  /** The image with the geometry's padding around it. */
  Tensor pad(Tensor image, Conv2dGeometry geometry) {
    return pad(
        image,
        new int[] {0, 0, geometry.padTop(), geometry.padLeft()},
        new int[] {0, 0, geometry.padBottom(), geometry.padRight()});
  }
}
