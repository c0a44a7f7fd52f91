package io.github.trimaran.benchmarks.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
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

/** The step as DJL's documentation writes it: a Block and a Trainer, on PyTorch. */
final class DjlStep implements TrainingStep {

  private final Trainer trainer;
  private final NDArray images;
  private final NDArray labels;

  DjlStep(Workload workload) {
    Djl.prepare();
    Model model = Model.newInstance("BasicConvNet", Device.cpu(), "PyTorch");
    model.setBlock(block(workload));
    Tracker rate = Tracker.fixed((float) Workload.RATE);
    trainer =
        model.newTrainer(
            new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(Optimizer.adam().optLearningRateTracker(rate).build()));
    Shape shape =
        new Shape(workload.batch(), workload.channels(), workload.side(), workload.side());
    trainer.initialize(shape);
    images = trainer.getManager().create(workload.images(), shape);
    labels = trainer.getManager().create(workload.labels());
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
      images.tempAttach(manager);
      labels.tempAttach(manager);
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList scores = trainer.forward(new NDList(images));
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
