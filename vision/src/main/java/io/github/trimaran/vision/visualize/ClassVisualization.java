package io.github.trimaran.vision.visualize;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Makes the picture that a network takes most for a class (Simonyan et al. 2014, section 2). */
public final class ClassVisualization {

  private static final double MIDDLE = 127.5;
  private static final double NOISE = 10;

  /**
   * What was made.
   *
   * @param pixels {@code [1, 3, H, W]}, red, green and blue, within 0..255
   * @param scores of the class before each step, at all scales
   * @param probability of the class for these pixels
   */
  public record Result(HostArray pixels, List<Double> scores, double probability) {}

  /** Sees the picture come to be. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Called after each step.
     *
     * @param step its number over all scales, from 1
     * @param steps how many there will be
     * @param score of the class before the step
     * @param pixels computed when asked for; not clipped to 0..255 if the settings are not to clip
     */
    void step(int step, int steps, double score, Supplier<HostArray> pixels);
  }

  private final PictureNetwork net;
  private final VisualizationSettings settings;

  /** With this network. */
  public ClassVisualization(PictureNetwork net, VisualizationSettings settings) {
    this.net = net;
    this.settings = settings;
  }

  /** With SqueezeNet. */
  public ClassVisualization(SqueezeNet net, VisualizationSettings settings) {
    this(PictureNetwork.of(net), settings);
  }

  /** Makes the picture of one class. */
  public Result run(int classIndex, Rng rng) {
    return run(classIndex, rng, (step, steps, score, pixels) -> {});
  }

  /** The same, watched. */
  public Result run(int classIndex, Rng rng, Watcher watcher) {
    int steps = settings.octaves() * settings.iterations();
    List<Double> scores = new ArrayList<>();
    Canvas image = Canvas.noise(coarsest(), MIDDLE, NOISE, rng);
    for (int octave = settings.octaves() - 1; octave >= 0; octave--) {
      image = image.resized(settings.size() >> octave);
      for (int i = 1; i <= settings.iterations(); i++) {
        int down = shift(rng);
        int right = shift(rng);
        image.roll(down, right);
        scores.add(step(image, classIndex));
        image.roll(-down, -right);
        if (settings.clip()) {
          image.clip();
        }
        boolean last = octave == 0 && i > settings.iterations() - settings.blurEvery();
        if (settings.blurEvery() > 0 && i % settings.blurEvery() == 0 && !last) {
          image.blur(settings.blurSigma());
        }
        watcher.step(scores.size(), steps, scores.get(scores.size() - 1), image::toHost);
      }
    }
    image.clip();
    HostArray pixels = image.toHost();
    return new Result(pixels, scores, probabilities(net, pixels)[classIndex]);
  }

  private int coarsest() {
    return settings.size() >> (settings.octaves() - 1);
  }

  private int shift(Rng rng) {
    return settings.jitter() == 0 ? 0 : rng.nextInt(2 * settings.jitter() + 1) - settings.jitter();
  }

  /** One step up; the score before it. */
  private double step(Canvas image, int classIndex) {
    HostArray pixels = image.toHost();
    try (Scope scope = Scope.open("a step of class visualization")) {
      Tensor x = Tensor.of(net.backend(), pixels.to(net.dtype())).requiresGrad();
      Tensor input = net.prepare(x);
      Tensor score = ClassScore.of(net.scores(input), classIndex).sum();
      Tensor inDeviations = input.div(deviation());
      Tensor goal = score.sub(inDeviations.mul(inDeviations).sum().mul(settings.l2()));
      image.addNormalised(
          Gradients.of(goal, x).get(x).toHost(), settings.learningRate() * pixelDeviation());
      return score.item();
    }
  }

  /**
   * About how much the network's inputs vary: 1 where they are normalised, else that of
   * photographs.
   */
  private double deviation() {
    ImagePreparation preparation = net.preparation();
    return pixelDeviation() * (preparation.prepared(0, 1) - preparation.prepared(0, 0));
  }

  /** The standard deviation of the pixels of photographs, about, from 0 to 255. */
  private static double pixelDeviation() {
    return 58;
  }

  /** The probabilities of all classes for pixels {@code [1, 3, H, W]} from 0 to 255. */
  public static double[] probabilities(PictureNetwork net, HostArray pixels) {
    try (Scope scope = Scope.open("the classification of a picture")) {
      Tensor x = Tensor.of(net.backend(), pixels.to(net.dtype()));
      return net.scores(net.prepare(x)).softmax(1).toDoubles();
    }
  }
}
