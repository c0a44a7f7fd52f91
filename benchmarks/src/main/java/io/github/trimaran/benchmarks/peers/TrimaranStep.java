package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.optim.Sgd;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.function.Function;

/** The step through our public API. */
final class TrimaranStep implements TrainingStep {

  private static final CrossEntropyLoss LOSS = new CrossEntropyLoss();

  private final Layer model;
  private final Optimizer optimizer;
  private final Tensor input;
  private final Tensor labels;
  private final Rng rng = Rng.seeded(3);

  /** The scores of the model are those of as many places as there are labels. */
  private TrimaranStep(
      Backend<?> backend,
      DType dtype,
      Layer model,
      Function<List<Parameter>, Optimizer> optimizer,
      HostArray input,
      HostArray labels) {
    this.model = model;
    model.init(backend, dtype, Rng.seeded(4));
    this.optimizer = optimizer.apply(model.parameters());
    HostArray given = input.dtype().isFloating() ? input.to(dtype) : input;
    this.input = Tensor.of(backend, given).persist();
    this.labels = Tensor.of(backend, labels).persist();
  }

  static TrimaranStep basic(Backend<?> backend, DType dtype, Workload workload) {
    Layer model =
        new BasicConvNet(
            BasicConvNet.Settings.defaults(
                    Shape.of(workload.channels(), workload.side(), workload.side()))
                .withHidden(workload.hidden())
                .withWeightScale(Workload.WEIGHT_SCALE));
    return new TrimaranStep(
        backend,
        dtype,
        model,
        parameters -> new Adam(parameters, Workload.RATE),
        workload.imageArray(),
        workload.labelArray());
  }

  static TrimaranStep resNet18(Backend<?> backend, DType dtype, ResNetWork work) {
    return new TrimaranStep(
        backend,
        dtype,
        work.isSmall() ? ResNet18.small(ResNetWork.CLASSES) : ResNet18.of(ResNetWork.CLASSES),
        parameters -> new Sgd(parameters, ResNetWork.RATE).momentum(ResNetWork.MOMENTUM),
        HostArray.of(work.images(), Shape.of(work.batch(), 3, work.size(), work.size())),
        HostArray.of(work.labels(), Shape.of(work.batch())));
  }

  static TrimaranStep gpt(Backend<?> backend, DType dtype, GptWork work) {
    Shape shape = Shape.of(work.batch(), GptWork.SIZE.context());
    return new TrimaranStep(
        backend,
        dtype,
        new GPT(GptWork.SIZE),
        parameters ->
            new AdamW(parameters, GptWork.RATE).betas(0.9, 0.99).weightDecay(GptWork.DECAY),
        HostArray.of(work.tokens(1), shape),
        HostArray.of(work.tokens(2), Shape.of(shape.size())));
  }

  @Override
  public double take() {
    try (Scope scope = Scope.open("the training step")) {
      Tensor scores = model.forward(input, Mode.train(rng));
      Tensor loss = LOSS.of(scores.reshape(-1, scores.shape().dim(-1)), labels);
      Gradients gradients = Gradients.of(loss, Parameter.tensors(model.parameters()));
      List<Tensor> all =
          model.parameters().stream().map(one -> gradients.get(one.tensor())).toList();
      optimizer.step(all);
      return loss.item();
    }
  }
}
