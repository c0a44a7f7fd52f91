package io.github.trimaran.vision.style;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The loss of a picture by its parts, each with its weight.
 *
 * @param content how far the content layer's features are from the content's
 * @param styleByLayer how far the Gram matrices are from the style's
 * @param variation how much neighbouring pixels differ
 */
public record StyleLoss(double content, Map<String, Double> styleByLayer, double variation) {

  /** Keeps a copy in order. */
  public StyleLoss {
    styleByLayer = new LinkedHashMap<>(styleByLayer);
  }

  /** All style layers together. */
  public double style() {
    return styleByLayer.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Everything together: what is minimised. */
  public double total() {
    return content + style() + variation;
  }
}
