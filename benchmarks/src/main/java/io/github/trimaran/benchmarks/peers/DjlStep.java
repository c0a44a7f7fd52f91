package io.github.trimaran.benchmarks.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.github.trimaran.benchmarks.cost.Workload;
import java.util.function.Function;

/** The step as DJL's documentation writes it: a Block and a Trainer, on PyTorch. */
final class DjlStep implements TrainingStep {

  private final Trainer trainer;
  private final NDList inputs;
  private final NDArray labels;

  private DjlStep(
      Block block,
      Optimizer optimizer,
      Function<NDManager, NDList> inputs,
      Function<NDManager, NDArray> labels) {
    Djl.prepare();
    Model model = Model.newInstance("network", Device.cpu(), "PyTorch");
    model.setBlock(block);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(optimizer));
    this.inputs = inputs.apply(trainer.getManager());
    this.labels = labels.apply(trainer.getManager());
    trainer.initialize(this.inputs.getShapes());
  }

  static DjlStep basic(Workload workload) {
    Tracker rate = Tracker.fixed((float) Workload.RATE);
    Shape shape =
        new Shape(workload.batch(), workload.channels(), workload.side(), workload.side());
    return new DjlStep(
        block(workload),
        Optimizer.adam().optLearningRateTracker(rate).build(),
        manager -> new NDList(manager.create(workload.images(), shape)),
        manager -> manager.create(workload.labels()));
  }

  static DjlStep resNet18(ResNetWork work) {
    Shape shape = new Shape(work.batch(), 3, work.size(), work.size());
    return new DjlStep(
        DjlResNet18.of(work.isSmall(), ResNetWork.CLASSES),
        Optimizer.sgd()
            .setLearningRateTracker(Tracker.fixed((float) ResNetWork.RATE))
            .optMomentum((float) ResNetWork.MOMENTUM)
            .build(),
        manager -> new NDList(manager.create(work.images(), shape)),
        manager -> manager.create(work.labels()));
  }

  static DjlStep gpt(GptWork work) {
    int context = GptWork.SIZE.context();
    Shape shape = new Shape(work.batch(), context);
    return new DjlStep(
        new DjlGpt(GptWork.SIZE),
        Optimizer.adamW()
            .optLearningRateTracker(Tracker.fixed((float) GptWork.RATE))
            .optBeta1(0.9f)
            .optBeta2(0.99f)
            .optWeightDecays((float) GptWork.DECAY)
            .build(),
        manager ->
            new NDList(manager.create(work.tokens(1), shape), seen(manager, work.batch(), context)),
        manager -> manager.create(work.tokens(2)));
  }

  /** 1 where a place may be seen: it is not later. */
  private static NDArray seen(NDManager manager, int batch, int context) {
    float[] mask = new float[batch * context * context];
    for (int i = 0; i < mask.length; i++) {
      int from = i / context % context;
      mask[i] = i % context <= from ? 1 : 0;
    }
    return manager.create(mask, new Shape(batch, context, context));
  }

  static SequentialBlock block(Workload workload) {
    int padding = Workload.KERNEL / 2;
    return new SequentialBlock()
        .add(
            Conv2d.builder()
                .setKernelShape(new Shape(Workload.KERNEL, Workload.KERNEL))
                .setFilters(Workload.FILTERS)
                .optPadding(new Shape(padding, padding))
                .build())
        .add(Activation.reluBlock())
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(workload.hidden()).build())
        .add(Activation.reluBlock())
        .add(Linear.builder().setUnits(Workload.CLASSES).build());
  }

  @Override
  public double take() {
    double mean;
    try (NDManager manager = trainer.getManager().newSubManager()) {
      // What is computed belongs to the manager of what it is computed from.
      inputs.tempAttach(manager);
      labels.tempAttach(manager);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList scores = trainer.forward(inputs);
        NDArray loss = trainer.getLoss().evaluate(new NDList(labels), scores);
        collector.backward(loss);
        mean = loss.getFloat();
        scores.close();
        loss.close();
      }
      trainer.step();
    }
    return mean;
  }
}
