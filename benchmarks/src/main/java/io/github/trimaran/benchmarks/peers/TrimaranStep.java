package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.BasicConvNet;
import io.github.trimaran.nn.Losses;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** The step through our public API. */
final class TrimaranStep implements TrainingStep {

  private final Backend<?> backend;
  private final BasicConvNet model;
  private final Optimizer optimizer;
  private final HostArray images;
  private final HostArray labels;
  private final Rng rng = Rng.seeded(3);

  TrimaranStep(Backend<?> backend, Workload workload) {
    this.backend = backend;
    this.model =
        new BasicConvNet(
            BasicConvNet.Settings.defaults(
                    Shape.of(workload.channels(), workload.side(), workload.side()))
                .withHidden(workload.hidden())
                .withWeightScale(Workload.WEIGHT_SCALE));
    model.init(backend, DType.FLOAT32, Rng.seeded(4));
    this.optimizer = Adam.of(model.parameters(), LearningRate.constant(Workload.RATE));
    this.images = workload.imageArray();
    this.labels = workload.labelArray();
  }

  @Override
  public double take() {
    try (Scope scope = Scope.open("the training step")) {
      Tensor scores = model.forward(Tensor.of(backend, images), Mode.train(rng));
      Tensor loss = Losses.softmaxCrossEntropy(scores, Tensor.of(backend, labels));
      Gradients gradients = Gradients.of(loss, Parameter.tensors(model.parameters()));
      List<Tensor> all =
          model.parameters().stream().map(one -> gradients.get(one.tensor())).toList();
      optimizer.step(all);
      return loss.item();
    }
  }
}
