package io.github.trimaran.vision.visualize;

import io.github.trimaran.nn.models.SqueezeNet;

/**
 * How a picture of a class is made by gradient ascent on {@code S(x) - lambda ||x||^2}, x being the
 * network's input. The helps are those of Simonyan et al. 2014 (the norm), Yosinski et al. 2015
 * (blur, clipping) and Mordvintsev et al. 2015 (jitter, several scales).
 *
 * @param iterations at the full size
 * @param size height and width of the picture
 * @param learningRate the length of a step for each pixel on average, in the input's standard
 *     deviations: gradients are divided by their root mean square
 * @param l2 lambda, for inputs in standard deviations
 * @param jitter by how many pixels the picture is shifted at random before each step; 0 for not at
 *     all
 * @param blurEvery after how many steps the picture is smoothed; 0 for never
 * @param blurSigma of the Gaussian it is smoothed with, in pixels
 * @param clip whether pixels stay within 0..255
 * @param octaves on how many scales the picture is made, each twice as fine as the one before
 */
public record VisualizationSettings(
    int iterations,
    int size,
    double learningRate,
    double l2,
    int jitter,
    int blurEvery,
    double blurSigma,
    boolean clip,
    int octaves) {

  /** Checks the ranges. */
  public VisualizationSettings {
    if (iterations < 1 || size < 32 || octaves < 1 || jitter < 0 || blurEvery < 0) {
      throw new IllegalArgumentException(
          "class visualization: iterations and octaves must be at least 1, the size at least 32 pixels, jitter and "
              + "blur not negative");
    }
    if (!(learningRate > 0) || !(l2 >= 0) || !(blurSigma > 0)) {
      throw new IllegalArgumentException(
          "class visualization: the learning rate and blur must be positive, the penalty not negative");
    }
  }

  /** With all helps, for a network of ImageNet or one of images of 32 x 32. */
  public static VisualizationSettings defaults(SqueezeNet.Version version) {
    return version == SqueezeNet.Version.SMALL
        ? new VisualizationSettings(200, 64, 0.05, 1e-3, 4, 4, 0.6, true, 2)
        : new VisualizationSettings(150, 224, 0.15, 1e-4, 8, 5, 0.5, true, 2);
  }

  /** As the exercise sets it: gradient ascent on the penalised score, and nothing else. */
  public static VisualizationSettings plain(SqueezeNet.Version version) {
    int size = version == SqueezeNet.Version.SMALL ? 32 : 224;
    // So short that few pixels leave 0..255, whose clipping at the end would make another picture.
    return new VisualizationSettings(100, size, 0.02, 1e-4, 0, 0, 0.5, false, 1);
  }

  /** The same with that many steps. */
  public VisualizationSettings withIterations(int count) {
    return new VisualizationSettings(
        count, size, learningRate, l2, jitter, blurEvery, blurSigma, clip, octaves);
  }

  /** The same on so many scales. */
  public VisualizationSettings withOctaves(int count) {
    return new VisualizationSettings(
        iterations, size, learningRate, l2, jitter, blurEvery, blurSigma, clip, count);
  }

  /** The same with another size. */
  public VisualizationSettings withSize(int pixels) {
    return new VisualizationSettings(
        iterations, pixels, learningRate, l2, jitter, blurEvery, blurSigma, clip, octaves);
  }
}
