package io.github.trimaran.data;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * What is done to raw pixel values before a network sees them: {@code y = (x - mean) / std}, with a
 * mean and a deviation for each value, each channel or all. Every usual normalisation is one of
 * these, and two after each other are one again. What was measured on the training images belongs
 * to the model and is saved with it.
 *
 * <pre>{@code
 * Normalization byChannel = Normalization.perChannel(split.train());
 * Batches training = Batches.shuffled(split.train(), 50, rng).normalized(byChannel);
 * Batches test = Batches.inOrder(split.test(), 500).normalized(byChannel);
 * }</pre>
 */
public final class Normalization implements SampleTransform {

  private static final Shape ONE = Shape.of(1, 1, 1);

  private final HostArray mean;
  private final HostArray std;

  private Normalization(HostArray mean, HostArray std) {
    this.mean = mean;
    this.std = std;
  }

  /**
   * With these constants.
   *
   * @param mean float32, {@code [1, 1, 1]}, {@code [C, 1, 1]} or {@code [C, H, W]}
   * @param std likewise, without zeros
   */
  public static Normalization of(HostArray mean, HostArray std) {
    for (HostArray constants : new HostArray[] {mean, std}) {
      if (constants.dtype() != DType.FLOAT32 || constants.shape().rank() != 3) {
        throw new IllegalArgumentException(
            "normalization: needs float32 of [1, 1, 1], [C, 1, 1] or [C, H, W], got "
                + constants.dtype()
                + " "
                + constants.shape());
      }
    }
    for (float deviation : std.floats()) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException(
            "normalization: deviations must be over 0, one is " + deviation);
      }
    }
    return new Normalization(mean, std);
  }

  /** Leaves the values as they are: 0 to 255 for bytes. */
  public static Normalization none() {
    return of(constant(0), constant(1));
  }

  /** From 0..255 to 0..1. */
  public static Normalization unit() {
    return of(constant(0), constant(255));
  }

  /** Subtracts the mean image {@code [C, H, W]} of these images, as the course does. */
  public static Normalization meanImage(Dataset images) {
    return of(PixelStatistics.of(images).meanImage(), constant(1));
  }

  /** Mean 0 and variance 1 for each channel over these images. */
  public static Normalization perChannel(Dataset images) {
    PixelStatistics statistics = PixelStatistics.of(images);
    return of(statistics.channelMean(), statistics.channelStd());
  }

  /** This, then division by {@code divisor}. */
  public Normalization dividedBy(float divisor) {
    HostArray scaled = std.to(DType.FLOAT32);
    for (int i = 0; i < scaled.shape().size(); i++) {
      scaled.floats()[i] *= divisor;
    }
    return of(mean, scaled);
  }

  /** What is subtracted. */
  public HostArray mean() {
    return mean;
  }

  /** What is divided by. */
  public HostArray std() {
    return std;
  }

  /**
   * Normalises an image {@code [C, H, W]} where it stands.
   *
   * @throws IllegalArgumentException if the constants are for images of another shape
   */
  public void apply(float[] values, int offset, Shape imageShape) {
    require(imageShape);
    int plane = imageShape.dim(1) * imageShape.dim(2);
    for (int c = 0; c < imageShape.dim(0); c++) {
      int from = offset + c * plane;
      subtract(values, from, plane, c);
      divide(values, from, plane, c);
    }
  }

  /** Normalises a copy of the sample's input, float32 {@code [C, H, W]}. */
  @Override
  public Sample apply(Sample sample, Place place) {
    HostArray input = Augmentation.Image.requireImage("normalization", sample.input());
    HostArray normalised = input.to(DType.FLOAT32);
    apply(normalised.floats(), 0, input.shape());
    return sample.with(Batch.INPUT, normalised);
  }

  private void subtract(float[] values, int from, int plane, int channel) {
    float[] means = mean.floats();
    if (mean.shape().dim(1) == 1 && mean.shape().dim(2) == 1) {
      float m = means[mean.shape().dim(0) == 1 ? 0 : channel];
      for (int i = 0; i < plane; i++) {
        values[from + i] -= m;
      }
    } else {
      for (int i = 0; i < plane; i++) {
        values[from + i] -= means[channel * plane + i];
      }
    }
  }

  private void divide(float[] values, int from, int plane, int channel) {
    float[] deviations = std.floats();
    if (std.shape().dim(1) == 1 && std.shape().dim(2) == 1) {
      float d = deviations[std.shape().dim(0) == 1 ? 0 : channel];
      for (int i = 0; i < plane; i++) {
        values[from + i] /= d;
      }
    } else {
      for (int i = 0; i < plane; i++) {
        values[from + i] /= deviations[channel * plane + i];
      }
    }
  }

  private void require(Shape imageShape) {
    for (HostArray constants : new HostArray[] {mean, std}) {
      Shape shape = constants.shape();
      boolean fits =
          shape.equals(imageShape)
              || (shape.dim(1) == 1
                  && shape.dim(2) == 1
                  && (shape.dim(0) == 1 || shape.dim(0) == imageShape.dim(0)));
      if (!fits) {
        throw new IllegalArgumentException(
            "normalization: constants of shape " + shape + " do not fit images " + imageShape);
      }
    }
  }

  private static HostArray constant(float value) {
    return HostArray.of(new float[] {value}, ONE);
  }
}
