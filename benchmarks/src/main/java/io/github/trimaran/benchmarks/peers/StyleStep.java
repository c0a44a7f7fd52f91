package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.style.StyleLosses;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * One iteration of style transfer (Gatys et al. 2016) by Adam: SqueezeNet's features, the losses at
 * the layers of the exercise, the gradient of the picture, its update. The weights are random, for
 * time does not depend on them.
 */
public final class StyleStep implements TrainingStep {

  static final int CONTENT_INDEX = 5;
  static final List<Integer> STYLE_INDICES = List.of(1, 3, 5, 8);

  /** The last layer that is needed. */
  static final int LAST = 8;

  static final double CONTENT_WEIGHT = 0.05;
  static final double VARIATION_WEIGHT = 1e-6;
  static final double RATE = 5;

  private final SqueezeNet net;
  private final Tensor pixels;
  private final Tensor content;
  private final Map<String, Tensor> grams = new LinkedHashMap<>();
  private final List<String> layers;
  private final Adam adam;

  private StyleStep(Backend<?> backend, DType dtype, int size) {
    net = new SqueezeNet(SqueezeNet.Version.V1_0, 1000);
    net.init(backend, dtype, Rng.seeded(29));
    layers = Stream.of(1, 3, 5, 8).map(StyleStep::name).toList();
    Shape shape = Shape.of(1, 3, size, size);
    pixels =
        Tensor.of(backend, HostArray.of(picture(1, size), shape).to(dtype))
            .persist()
            .requiresGrad();
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the targets")) {
      content = maps(pixels).get(name(CONTENT_INDEX)).persist();
      Tensor style = Tensor.of(backend, HostArray.of(picture(2, size), shape).to(dtype));
      maps(style).forEach((name, map) -> grams.put(name, StyleLosses.gram(map).persist()));
    }
    Parameter parameter = new Parameter("pixels", Parameter.Role.WEIGHT, pixels);
    adam = new Adam(List.of(parameter), RATE);
  }

  /**
   * Builds the network and the targets.
   *
   * @param by one of our backends, or {@code peer-djl}: the same in DJL's operations
   * @param size height and width of the picture
   */
  public static TrainingStep of(String by, DType dtype, int size) {
    Work.checkDType(by, dtype);
    return by.equals("peer-djl")
        ? new DjlStyleStep(size)
        : new StyleStep(Work.start(by), dtype, size);
  }

  private static String name(int layer) {
    return "features." + layer;
  }

  /** Random pixels of 0 to 255, {@code [1, 3, size, size]}. */
  static float[] picture(long seed, int size) {
    Rng rng = Rng.seeded(seed);
    float[] values = new float[3 * size * size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rng.nextDouble(0, 255);
    }
    return values;
  }

  private Map<String, Tensor> maps(Tensor x) {
    return net.featureMaps(net.prepare(x), layers);
  }

  @Override
  public double take() {
    try (Scope scope = Scope.open("the iteration")) {
      Map<String, Tensor> maps = maps(pixels);
      List<Tensor> losses = new ArrayList<>();
      losses.add(StyleLosses.content(maps.get(name(CONTENT_INDEX)), content).mul(CONTENT_WEIGHT));
      grams.forEach((name, gram) -> losses.add(StyleLosses.style(maps.get(name), gram)));
      losses.add(StyleLosses.totalVariation(pixels).mul(VARIATION_WEIGHT));
      Tensor total = losses.stream().reduce(Tensor::add).orElseThrow();
      adam.step(Gradients.of(total, pixels));
      clip();
      return total.item();
    }
  }

  private void clip() {
    try (GradMode off = GradMode.disable()) {
      Tensor black = Tensor.scalar(pixels.backend(), 0, pixels.dtype());
      Tensor white = Tensor.scalar(pixels.backend(), 255, pixels.dtype());
      pixels.assign(pixels.detach().maximum(black).minimum(white));
    }
  }
}
