package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Trains a large model by the hardest part of each batch only: a small model, the proxy, sees the
 * batch first, and the samples with the highest losses there are those the large one learns from
 * (Jordan 2024, "94% on CIFAR-10 in 3.29 seconds on a single GPU", airbench96's faster form).
 *
 * <pre>{@code
 * Layer proxy = new Sequential(new Conv2d(3, 8, 3), new GlobalAvgPool(), new Linear(8, 10));
 * proxy.init(backend, DType.FLOAT32, Rng.seeded(1));
 * Supervised objective = new Supervised(new CrossEntropyLoss().smoothing(0.2));
 * HardestExamples hardest =
 *     new HardestExamples(proxy, new Adam(proxy.parameters(), 1e-3), objective).share(0.5);
 * Trainer trainer = Trainer.builder(model, optimizer, hardest).build();
 * }</pre>
 *
 * <p>The proxy learns beside the large model, from every fourth batch unless set, the whole of it;
 * it runs in training mode throughout. In evaluation the model sees every sample. Losses and
 * accuracies told of training are those of the hardest samples. Checkpoints hold the proxy and its
 * optimiser too, so that training goes on bit for bit.
 */
public final class HardestExamples implements Objective.Stateful<Layer> {

  private static final String PROXY = "proxy/";
  private static final String OPTIMIZER = "optimizer/";
  private static final String BATCHES = "batches";

  private final Layer proxy;
  private final Optimizer optimizer;
  private final Supervised objective;
  private final double share;
  private final int every;
  private long batches;

  /**
   * By half of each batch, with a proxy that learns from every fourth.
   *
   * @param proxy initialised
   * @param optimizer of the proxy's parameters
   * @param objective of both, whose loss tells what each sample costs
   */
  public HardestExamples(Layer proxy, Optimizer optimizer, Supervised objective) {
    this(proxy, optimizer, objective, 0.5, 4);
  }

  private HardestExamples(
      Layer proxy, Optimizer optimizer, Supervised objective, double share, int every) {
    this.proxy = proxy;
    this.optimizer = optimizer;
    this.objective = objective;
    this.share = share;
    this.every = every;
  }

  /** The same by another share of each batch, over 0 and at most 1, rounded up. */
  public HardestExamples share(double part) {
    if (!(part > 0 && part <= 1)) {
      throw new IllegalArgumentException(
          "hardest examples: the share must be over 0 and at most 1, is " + part);
    }
    return new HardestExamples(proxy, optimizer, objective, part, every);
  }

  /** The same with a proxy that learns from every so many batches. */
  public HardestExamples proxyEvery(int count) {
    if (count < 1) {
      throw new IllegalArgumentException(
          "hardest examples: the proxy must learn from every 1 or more batches, is " + count);
    }
    return new HardestExamples(proxy, optimizer, objective, share, count);
  }

  @Override
  public Outcome of(Layer model, TensorBatch batch, Mode mode) {
    return objective.of(model, mode.isTraining() ? batch.rows(hardest(batch, mode)) : batch, mode);
  }

  /** The places of the hardest samples in the batch, in its order; teaches the proxy in passing. */
  private int[] hardest(TensorBatch batch, Mode mode) {
    double[] losses;
    boolean learns = batches % every == 0;
    batches++;
    try (Scope scope = Scope.open("the proxy");
        GradMode recording = learns ? GradMode.enable() : GradMode.disable()) {
      Tensor each = objective.losses(proxy, batch.on(proxy), mode);
      losses = each.toDoubles();
      if (learns) {
        Gradients gradients = Gradients.of(each.mean(), Parameter.tensors(proxy.parameters()));
        try (GradMode off = GradMode.disable()) {
          optimizer.step(gradients);
        }
      }
    }
    return IntStream.range(0, losses.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer place) -> losses[place]).reversed())
        .limit((long) Math.ceil(share * losses.length))
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }

  @Override
  public StateDict state() {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    proxy.stateDict().arrays().forEach((name, array) -> arrays.put(PROXY + name, array));
    optimizer.state().arrays().forEach((name, array) -> arrays.put(OPTIMIZER + name, array));
    arrays.put(BATCHES, HostArray.of(new long[] {batches}, Shape.of(1)));
    return StateDict.of(arrays);
  }

  @Override
  public void restore(StateDict state) {
    proxy.loadStateDict(part(state, PROXY));
    optimizer.restore(part(state, OPTIMIZER));
    batches = state.get(BATCHES).longs()[0];
  }

  private static StateDict part(StateDict state, String prefix) {
    return state
        .filter(name -> name.startsWith(prefix))
        .rename(name -> name.substring(prefix.length()));
  }
}
