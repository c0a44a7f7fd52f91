package io.github.trimaran.vision.style;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The loss of one pair of pictures, as a function of the pixels being made. */
final class StyleObjective implements AutoCloseable {

  /**
   * The parts of the loss, each with its weight, and their sum. That is in float64: near a minimum,
   * steps differ by less than float32 tells.
   */
  record Parts(Tensor content, Map<String, Tensor> style, Tensor variation, Tensor total) {

    StyleLoss read() {
      Map<String, Double> layers = new LinkedHashMap<>();
      style.forEach((layer, loss) -> layers.put(layer, loss.item()));
      return new StyleLoss(content.item(), layers, variation.item());
    }
  }

  private static final double WHITE = 255;

  private final PictureNetwork net;
  private final StyleSettings settings;
  private final Set<String> layers = new LinkedHashSet<>();
  private final Tensor contentTarget;
  private final double contentScale;
  private final Map<String, Tensor> grams = new LinkedHashMap<>();
  private final Map<String, Double> styleScales = new LinkedHashMap<>();

  StyleObjective(PictureNetwork net, StyleSettings settings, HostArray content, HostArray style) {
    this.net = net;
    this.settings = settings;
    layers.addAll(settings.styleLayers().keySet());
    layers.add(settings.contentLayer());
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the making of style targets")) {
      contentTarget = maps(content).get(settings.contentLayer()).persist();
      contentScale = settings.contentWeight() / energy(contentTarget.mul(contentTarget).mean());
      Map<String, Tensor> styleMaps = maps(style);
      settings
          .styleLayers()
          .forEach(
              (layer, weight) -> {
                Tensor map = styleMaps.get(layer);
                // Gram matrices sum over positions, of which the two pictures have different
                // numbers.
                double positions = map.shape().size() / (double) map.shape().dim(1);
                Tensor gram = StyleLosses.gram(map).div(positions).persist();
                grams.put(layer, gram);
                double channels = map.shape().dim(1);
                double blank = energy(gram.mul(gram).sum()) / (4 * channels * channels);
                styleScales.put(layer, weight / blank);
              });
    }
  }

  private static double energy(Tensor sumOfSquares) {
    return Math.max(sumOfSquares.item(), 1e-12);
  }

  private Map<String, Tensor> maps(HostArray pixels) {
    Tensor x = Tensor.of(net.backend(), pixels.to(net.dtype()));
    return net.featureMaps(net.prepare(x), layers);
  }

  /** The loss of pixels {@code [1, 3, H, W]}, red, green and blue from 0 to 255. */
  Parts of(Tensor pixels) {
    Map<String, Tensor> maps = net.featureMaps(net.prepare(pixels), layers);
    Tensor content =
        StyleLosses.content(maps.get(settings.contentLayer()), contentTarget).mul(contentScale);
    Tensor variation =
        StyleLosses.totalVariation(pixels).mul(settings.variationWeight() / (WHITE * WHITE));
    Tensor total = content.to(DType.FLOAT64).add(variation.to(DType.FLOAT64));
    Map<String, Tensor> style = new LinkedHashMap<>();
    for (Map.Entry<String, Tensor> gram : grams.entrySet()) {
      Tensor map = maps.get(gram.getKey());
      double positions = map.shape().size() / (double) map.shape().dim(1);
      Tensor loss =
          StyleLosses.style(map, gram.getValue().mul(positions))
              .mul(styleScales.get(gram.getKey()));
      style.put(gram.getKey(), loss);
      total = total.add(loss.to(DType.FLOAT64));
    }
    return new Parts(content, style, variation, total);
  }

  @Override
  public void close() {
    contentTarget.close("the end of a style transfer");
    grams.values().forEach(gram -> gram.close("the end of a style transfer"));
  }
}
