package io.github.trimaran.vision.style;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;

/**
 * Style transfer in brightness alone (Gatys et al. 2016, "Preserving Color in Neural Artistic Style
 * Transfer", section 4): grey pictures go in, and the result gets the content's colours back.
 * Pixels are {@code [1, 3, H, W]}, red, green and blue from 0 to 255.
 */
final class Colours {

  /** The shares of red, green and blue in brightness: Rec. 601. */
  private static final double[] SHARES = {0.299, 0.587, 0.114};

  private Colours() {}

  /** The picture without its colours. */
  static HostArray grey(HostArray pixels) {
    double[] brightness = brightness(pixels);
    float[] grey = new float[pixels.shape().size()];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = (float) brightness[i % brightness.length];
    }
    return HostArray.of(grey, pixels.shape());
  }

  /** A grey picture with the mean and standard deviation of another; not clipped. */
  static HostArray matchBrightness(HostArray grey, HostArray target) {
    double[] own = meanAndDeviation(grey);
    double[] wanted = meanAndDeviation(target);
    double factor = own[1] > 0 ? wanted[1] / own[1] : 1;
    float[] matched = new float[grey.shape().size()];
    for (int i = 0; i < matched.length; i++) {
      matched[i] = (float) (wanted[0] + factor * (grey.get(i) - own[0]));
    }
    return HostArray.of(matched, grey.shape());
  }

  private static double[] meanAndDeviation(HostArray values) {
    double sum = 0;
    double squares = 0;
    int count = values.shape().size();
    for (int i = 0; i < count; i++) {
      sum += values.get(i);
      squares += values.get(i) * values.get(i);
    }
    double mean = sum / count;
    return new double[] {mean, Math.sqrt(Math.max(0, squares / count - mean * mean))};
  }

  /** The brightness of one picture in the colours of another of the same size. */
  static HostArray recolour(HostArray made, HostArray content) {
    double[] wanted = brightness(made);
    double[] present = brightness(content);
    float[] pixels = new float[content.shape().size()];
    for (int i = 0; i < pixels.length; i++) {
      int position = i % wanted.length;
      double value = content.get(i) + wanted[position] - present[position];
      pixels[i] = (float) Math.max(0, Math.min(255, value));
    }
    return HostArray.of(pixels, content.shape());
  }

  private static double[] brightness(HostArray pixels) {
    Shape shape = pixels.shape();
    int plane = shape.dim(2) * shape.dim(3);
    double[] brightness = new double[plane];
    for (int i = 0; i < shape.size(); i++) {
      brightness[i % plane] += SHARES[i / plane] * pixels.get(i);
    }
    return brightness;
  }
}
