package io.github.trimaran.vision.style;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Lbfgs;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.network.PictureNetwork;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes a picture with the content of one and the style of another. Pixels are as {@code Pixels}
 * has them.
 */
public final class StyleTransfer {

  private static final double BLACK = 0;
  private static final double WHITE = 255;

  /** How many steps L-BFGS remembers. */
  private static final int HISTORY = 20;

  /** How far a pixel may move in the first step of L-BFGS. */
  private static final double FIRST_STEP = 10;

  /** Sees the picture come to be. */
  @FunctionalInterface
  public interface Watcher {
    /**
     * Called for the start, as iteration 0, and after each step.
     *
     * @param loss before the clipping of that step, for Adam; exact for L-BFGS
     * @param pixels computed when asked for
     */
    void step(int iteration, StyleLoss loss, Supplier<HostArray> pixels);
  }

  /**
   * What was made.
   *
   * @param pixels {@code [1, 3, H, W]}, of the content's size
   * @param history the loss of the start and after each step
   */
  public record Result(HostArray pixels, List<StyleLoss> history) {

    /** The loss of the start. */
    public StyleLoss first() {
      return history.get(0);
    }

    /** The loss of the picture. */
    public StyleLoss last() {
      return history.get(history.size() - 1);
    }
  }

  private final PictureNetwork net;
  private final StyleSettings settings;

  /** By the features of this network. */
  public StyleTransfer(PictureNetwork net, StyleSettings settings) {
    this.net = net;
    this.settings = settings;
  }

  /** By the features of SqueezeNet. */
  public StyleTransfer(SqueezeNet net, StyleSettings settings) {
    this(PictureNetwork.of(net), settings);
  }

  /** Makes the picture. */
  public Result run(HostArray content, HostArray style, Rng rng, Watcher watcher) {
    HostArray from = settings.preserveColours() ? Colours.grey(content) : content;
    HostArray look =
        settings.preserveColours() ? Colours.matchBrightness(Colours.grey(style), from) : style;
    List<StyleLoss> history = new ArrayList<>();
    Watcher recording =
        (iteration, loss, pixels) -> {
          history.add(loss);
          watcher.step(iteration, loss, () -> finished(pixels.get(), content));
        };
    try (StyleObjective objective = new StyleObjective(net, settings, from, look)) {
      HostArray start = settings.start() == StyleSettings.Start.CONTENT ? from : noise(from, rng);
      HostArray made =
          settings.method() == StyleSettings.Method.ADAM
              ? adam(objective, start, recording)
              : lbfgs(objective, start, recording);
      return new Result(finished(made, content), history);
    }
  }

  private HostArray finished(HostArray made, HostArray content) {
    return settings.preserveColours() ? Colours.recolour(made, content) : made;
  }

  private static HostArray noise(HostArray like, Rng rng) {
    float[] pixels = new float[like.shape().size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) rng.nextDouble(BLACK, WHITE);
    }
    return HostArray.of(pixels, like.shape());
  }

  private HostArray adam(StyleObjective objective, HostArray start, Watcher watcher) {
    try (Tensor x = leaf(start);
        Adam adam = new Adam(parameter(x), settings.learningRate())) {
      for (int i = 0; i <= settings.iterations(); i++) {
        try (Scope scope = Scope.open("a step of style transfer")) {
          StyleObjective.Parts parts = objective.of(x);
          watcher.step(i, parts.read(), x::toHost);
          if (i < settings.iterations()) {
            adam.step(Gradients.of(parts.total(), x));
            clip(x);
          }
        }
      }
      return x.toHost();
    }
  }

  private Tensor leaf(HostArray start) {
    return Tensor.of(net.backend(), start.to(net.dtype())).persist().requiresGrad();
  }

  private static List<Parameter> parameter(Tensor pixels) {
    return List.of(new Parameter("pixels", Parameter.Role.WEIGHT, pixels));
  }

  private static void clip(Tensor x) {
    try (GradMode off = GradMode.disable()) {
      Tensor black = Tensor.scalar(x.backend(), BLACK, x.dtype());
      Tensor white = Tensor.scalar(x.backend(), WHITE, x.dtype());
      x.assign(x.detach().maximum(black).minimum(white));
    }
  }

  private HostArray lbfgs(StyleObjective objective, HostArray start, Watcher watcher) {
    try (Tensor x = leaf(start)) {
      Lbfgs descent =
          new Lbfgs(parameter(x)).historySize(HISTORY).within(BLACK, WHITE).firstStep(FIRST_STEP);
      StyleLoss best = read(objective, x);
      watcher.step(0, best, x::toHost);
      StyleLoss[] latest = new StyleLoss[1];
      Supplier<Tensor> loss =
          () -> {
            StyleObjective.Parts parts = objective.of(x);
            latest[0] = parts.read();
            return parts.total();
          };
      boolean moving = true;
      for (int i = 1; i <= settings.iterations() && moving; i++) {
        long before = descent.steps();
        moving = descent.step(loss);
        best = descent.steps() > before ? latest[0] : best;
        watcher.step(i, best, x::toHost);
      }
      return x.toHost();
    }
  }

  private static StyleLoss read(StyleObjective objective, Tensor x) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the first loss of a style transfer")) {
      return objective.of(x).read();
    }
  }
}
