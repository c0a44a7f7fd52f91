package io.github.trimaran.examples.training;

import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.HardestExamples;
import io.github.trimaran.train.Objective;
import io.github.trimaran.train.Supervised;

/** The small network that chooses the images to train by, if there is one. */
final class HardestImages implements AutoCloseable {

  /** The proxy learns from every so many batches. */
  private static final int PROXY_EVERY = 4;

  private final Objective<Layer> objective;
  private final Layer proxy;
  private final Optimizer optimizer;

  private HardestImages(Objective<Layer> objective, Layer proxy, Optimizer optimizer) {
    this.objective = objective;
    this.proxy = proxy;
    this.optimizer = optimizer;
  }

  /**
   * As the experiment has it.
   *
   * @param network that will be trained, initialised: the proxy is on its backend
   * @param rng of the proxy's first weights
   * @param batches an epoch
   */
  static HardestImages of(
      Experiment experiment,
      Layer network,
      Dataset images,
      Normalization normalization,
      Rng rng,
      int batches) {
    Recipe recipe = Recipe.of(experiment.network().network());
    Refinements refinements = experiment.refinements();
    Supervised all = new Supervised(refinements.smoothed(recipe.loss()));
    if (refinements.hardest() == 1) {
      return new HardestImages(all, null, null);
    }
    Layer proxy = recipe.proxy(experiment.network(), images, normalization);
    proxy.init(network.backend(), network.dtype(), rng);
    Optimizer optimizer =
        recipe.optimizer(
            experiment.refined(refinements.hardest(1)), // it learns from whole batches
            proxy,
            Math.max(1, (batches - 1) / PROXY_EVERY + 1));
    HardestExamples hardest =
        new HardestExamples(proxy, optimizer, all)
            .share(refinements.hardest())
            .proxyEvery(PROXY_EVERY);
    return new HardestImages(hardest, proxy, optimizer);
  }

  /** What training makes small. */
  Objective<Layer> objective() {
    return objective;
  }

  @Override
  public void close() {
    if (proxy != null) {
      optimizer.close();
      proxy.close();
    }
  }
}
