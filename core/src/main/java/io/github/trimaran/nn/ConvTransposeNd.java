package io.github.trimaran.nn;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.Tensor;

/**
 * What transposed convolutions share: the adjoint of a convolution, with a bias. It is computed as
 * that convolution's gradient with respect to its input.
 *
 * @param <L> the layer itself
 */
abstract class ConvTransposeNd<L extends ConvTransposeNd<L>> extends ConvNd<L> {

  private final int outputPaddingH;
  private final int outputPaddingW;

  ConvTransposeNd(Settings settings, int outputPaddingH, int outputPaddingW) {
    super(settings, settings.inChannels(), settings.outChannels());
    this.outputPaddingH = outputPaddingH;
    this.outputPaddingW = outputPaddingW;
  }

  /** The same layer made anew with these. */
  abstract L with(Settings changed, int outputPadH, int outputPadW);

  @Override
  final L with(Settings changed) {
    return with(changed, outputPaddingH, outputPaddingW);
  }

  final L outputPadded(int height, int width) {
    requireNotInitialised("output padding");
    return with(settings(), height, width);
  }

  @Override
  protected final String describe() {
    StringBuilder text = new StringBuilder(super.describe());
    append(text, "output padding", outputPaddingH, outputPaddingW, 0);
    return text.toString();
  }

  @Override
  final Tensor convolve(Tensor image, Tensor filters, boolean relu) {
    Tensor y = Convolution.inputGrad(image, filters, outputShape(image.shape()), geometry());
    if (settings().biased()) {
      y = y.add(bias().tensor().reshape(1, settings().outChannels(), 1, 1));
    }
    return relu ? y.relu() : y;
  }

  private Shape outputShape(Shape image) {
    Conv2dGeometry g = geometry();
    if (outputPaddingH < 0
        || outputPaddingW < 0
        || outputPaddingH >= g.strideH()
        || outputPaddingW >= g.strideW()) {
      throw error(
          "output padding must be from 0 to below the stride, is "
              + outputPaddingH
              + " x "
              + outputPaddingW
              + " for a stride of "
              + g.strideH()
              + " x "
              + g.strideW());
    }
    int height =
        (image.dim(2) - 1) * g.strideH()
            - g.padTop()
            - g.padBottom()
            + g.dilationH() * (settings().kernelH() - 1)
            + 1
            + outputPaddingH;
    int width =
        (image.dim(3) - 1) * g.strideW()
            - g.padLeft()
            - g.padRight()
            + g.dilationW() * (settings().kernelW() - 1)
            + 1
            + outputPaddingW;
    if (height < 1 || width < 1) {
      throw error(
          "padding leaves " + height + " x " + width + " of the input " + image + "; take less");
    }
    return Shape.of(image.dim(0), settings().outChannels(), height, width);
  }

  @Override
  public final Form form() {
    return super.form().with("output_padding", new int[] {outputPaddingH, outputPaddingW});
  }
}
