package io.github.trimaran.benchmarks.suite;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.benchmarks.cost.Costs;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.models.AirbenchNet;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * One training step of {@link AirbenchNet} with the paper's widths and optimiser, batches of 50.
 */
public class RecordNet extends BackendBenchmark {

  private static final CrossEntropyLoss LOSS = new CrossEntropyLoss().smoothing(0.2);

  private final Rng rng = Rng.seeded(3);
  private AirbenchNet model;
  private Sgd optimizer;
  private Tensor images;
  private Tensor labels;

  /** Builds the network, uploads the batch. */
  @Setup
  public void build() {
    Shape whitening = Shape.of(24, 3, 2, 2);
    model =
        new AirbenchNet(
            AirbenchNet.Settings.defaults(),
            HostArray.of(Workload.normal(1, whitening.size(), 0.3), whitening));
    model.init(ours(), type(), Rng.seeded(4));
    optimizer = new Sgd(model.parameters(), 1e-3).momentum(0.85).nesterov();
    images = normal(2, Shape.of(Costs.RECORD_BATCH, 3, 32, 32));
    labels = Tensor.of(ours(), Workload.of("cifar", Costs.RECORD_BATCH).labelArray()).persist();
  }

  /** Forward, backward, update; the loss is read. */
  @Benchmark
  public double step() {
    try (Scope scope = Scope.open("the step")) {
      Tensor scores = model.forward(images, Mode.train(rng));
      Tensor loss = LOSS.of(scores, labels);
      optimizer.step(Gradients.of(loss, Parameter.tensors(model.parameters())));
      return loss.item();
    }
  }
}
