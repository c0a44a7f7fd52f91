package io.github.trimaran.vision.style;

import io.github.trimaran.nn.models.SqueezeNet;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a picture is made. Weights are relative: the loss at each layer is divided by what a blank
 * feature map would lose there, so that they mean the same for every network and preparation of
 * images.
 *
 * @param contentLayer whose features should stay the content's
 * @param contentWeight of that loss
 * @param styleLayers whose Gram matrices should become the style's, with the weight of each
 * @param variationWeight of the differences of neighbouring pixels, which are counted from 0 to 1
 * @param iterations how many steps
 * @param start what to begin with
 * @param method how to descend
 * @param learningRate of Adam, in pixel values of 0 to 255
 * @param preserveColours whether the content keeps its colours and takes only the style's
 *     brightness
 */
public record StyleSettings(
    String contentLayer,
    double contentWeight,
    Map<String, Double> styleLayers,
    double variationWeight,
    int iterations,
    Start start,
    Method method,
    double learningRate,
    boolean preserveColours) {

  /** What the picture is before the first step. */
  public enum Start {
    /** The content picture. */
    CONTENT,
    /** Random pixels. */
    NOISE
  }

  /** How the loss is brought down. */
  public enum Method {
    /** The framework's Adam. */
    ADAM,
    /** The framework's L-BFGS: limited-memory quasi-Newton steps. */
    LBFGS
  }

  /** Checks the ranges. */
  public StyleSettings {
    styleLayers = new LinkedHashMap<>(styleLayers);
    if (styleLayers.isEmpty()) {
      throw new IllegalArgumentException("style transfer: no style layer");
    }
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "style transfer: iterations must be at least 1, are " + iterations);
    }
    if (!(contentWeight >= 0) || !(variationWeight >= 0) || !(learningRate > 0)) {
      throw new IllegalArgumentException(
          "style transfer: weights must not be negative, and the learning rate positive");
    }
  }

  /** Tuned by eye for SqueezeNet 1.0, and layers of the same place for the others. */
  public static StyleSettings defaults(SqueezeNet.Version version) {
    boolean earlyPools = version != SqueezeNet.Version.V1_0;
    String contentLayer = earlyPools ? "features.4" : "features.5";
    Map<String, Double> layers = new LinkedHashMap<>();
    layers.put("features.1", 1.0);
    layers.put("features.3", 1.0);
    layers.put(contentLayer, 1.0);
    layers.put(earlyPools ? "features.7" : "features.8", 1.0);
    return new StyleSettings(
        contentLayer, 0.05, layers, 0.1, 200, Start.CONTENT, Method.LBFGS, 5, false);
  }

  /** The same with other layers of equal weight 1. */
  public StyleSettings withStyleLayers(Map<String, Double> layers) {
    return new StyleSettings(
        contentLayer,
        contentWeight,
        layers,
        variationWeight,
        iterations,
        start,
        method,
        learningRate,
        preserveColours);
  }

  /** The same with another content layer. */
  public StyleSettings withContentLayer(String layer) {
    return new StyleSettings(
        layer,
        contentWeight,
        styleLayers,
        variationWeight,
        iterations,
        start,
        method,
        learningRate,
        preserveColours);
  }

  /** The same with other weights of content and total variation. */
  public StyleSettings withWeights(double content, double variation) {
    return new StyleSettings(
        contentLayer,
        content,
        styleLayers,
        variation,
        iterations,
        start,
        method,
        learningRate,
        preserveColours);
  }

  /** The same with that many steps. */
  public StyleSettings withIterations(int count) {
    return new StyleSettings(
        contentLayer,
        contentWeight,
        styleLayers,
        variationWeight,
        count,
        start,
        method,
        learningRate,
        preserveColours);
  }

  /** The same with another start. */
  public StyleSettings withStart(Start other) {
    return new StyleSettings(
        contentLayer,
        contentWeight,
        styleLayers,
        variationWeight,
        iterations,
        other,
        method,
        learningRate,
        preserveColours);
  }

  /** The same with another way down. */
  public StyleSettings withMethod(Method other, double rate) {
    return new StyleSettings(
        contentLayer,
        contentWeight,
        styleLayers,
        variationWeight,
        iterations,
        start,
        other,
        rate,
        preserveColours);
  }

  /** The same with the content's colours kept, or not. */
  public StyleSettings withPreserveColours(boolean preserve) {
    return new StyleSettings(
        contentLayer,
        contentWeight,
        styleLayers,
        variationWeight,
        iterations,
        start,
        method,
        learningRate,
        preserve);
  }
}
