package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** The step through our public API. */
final class TrimaranStep implements TrainingStep {

  private static final CrossEntropyLoss LOSS = new CrossEntropyLoss();

  private final BasicConvNet model;
  private final Optimizer optimizer;
  private final Tensor images;
  private final Tensor labels;
  private final Rng rng = Rng.seeded(3);

  TrimaranStep(Backend<?> backend, DType dtype, Workload workload) {
    this.model =
        new BasicConvNet(
            BasicConvNet.Settings.defaults(
                    Shape.of(workload.channels(), workload.side(), workload.side()))
                .withHidden(workload.hidden())
                .withWeightScale(Workload.WEIGHT_SCALE));
    model.init(backend, dtype, Rng.seeded(4));
    this.optimizer = new Adam(model.parameters(), Workload.RATE);
    this.images = Tensor.of(backend, workload.imageArray().to(dtype)).persist();
    this.labels = Tensor.of(backend, workload.labelArray()).persist();
  }

  @Override
  public double take() {
    try (Scope scope = Scope.open("the training step")) {
      Tensor scores = model.forward(images, Mode.train(rng));
      Tensor loss = LOSS.of(scores, labels);
      Gradients gradients = Gradients.of(loss, Parameter.tensors(model.parameters()));
      List<Tensor> all =
          model.parameters().stream().map(one -> gradients.get(one.tensor())).toList();
      optimizer.step(all);
      return loss.item();
    }
  }
}
