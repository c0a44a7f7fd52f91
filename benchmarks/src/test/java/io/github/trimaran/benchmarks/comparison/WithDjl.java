package io.github.trimaran.benchmarks.comparison;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.evaluator.Accuracy;
import ai.djl.training.initializer.Initializer;
import ai.djl.training.listener.TrainingListener;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import ai.djl.translate.Translator;
import ai.djl.translate.TranslatorContext;
import ai.djl.util.PairList;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** The tasks with DJL, on PyTorch. */
final class WithDjl implements Library {

  private SequentialBlock trained;

  /** A model that is garbage takes the weights of its block with it, when the collector runs. */
  private final List<Model> models = new ArrayList<>();

  // begin: train digits
  private static SequentialBlock network(Block activation) {
    return new SequentialBlock()
        .add(
            Conv2d.builder()
                .setKernelShape(new Shape(5, 5))
                .setFilters(16)
                .optPadding(new Shape(2, 2))
                .build())
        .add(activation)
        .add(Pool.maxPool2dBlock(new Shape(2, 2), new Shape(2, 2)))
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build());
  }

  private static ArrayDataset batches(NDManager manager, Digits digits) {
    Shape shape = new Shape(digits.size(), 1, 28, 28);
    return new ArrayDataset.Builder()
        .setData(manager.create(digits.pixels(), shape))
        .optLabels(manager.create(digits.labels()))
        .setSampling(50, true)
        .build();
  }

  private double fit(Block block, int epochs, Digits train, Digits test)
      throws IOException, TranslateException {
    Model model = Model.newInstance("digits", "PyTorch");
    models.add(model);
    model.setBlock(block);
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .addEvaluator(new Accuracy())
            .addTrainingListeners(TrainingListener.Defaults.basic())
            .optOptimizer(Optimizer.adam().optLearningRateTracker(Tracker.fixed(1e-3f)).build());
    try (Trainer trainer = model.newTrainer(config)) {
      trainer.initialize(new Shape(1, 1, 28, 28));
      NDManager manager = trainer.getManager();
      EasyTrain.fit(trainer, epochs, batches(manager, train), batches(manager, test));
      return trainer.getTrainingResult().getValidateEvaluation("Accuracy");
    }
  }

  @Override
  public double trainDigits(Digits train, Digits test) throws IOException, TranslateException {
    trained = network(Activation.reluBlock());
    return fit(trained, 2, train, test);
  }

  // end

  // begin: own layer
  private static final class Swish extends AbstractBlock {
    private final Parameter slope =
        addParameter(
            Parameter.builder()
                .setName("slope")
                .setType(Parameter.Type.OTHER)
                .optShape(new Shape(1))
                .optInitializer(Initializer.ONES)
                .build());

    @Override
    protected NDList forwardInternal(
        ParameterStore store, NDList inputs, boolean training, PairList<String, Object> settings) {
      NDArray x = inputs.singletonOrThrow();
      NDArray scaled = x.mul(store.getValue(slope, x.getDevice(), training));
      return new NDList(x.mul(Activation.sigmoid(scaled)));
    }

    @Override
    public Shape[] getOutputShapes(Shape[] inputShapes) {
      return inputShapes;
    }
  }

  @Override
  public double ownLayer(Digits train, Digits test) throws IOException, TranslateException {
    return fit(network(new Swish()), 1, train, test);
  }

  // end

  // begin: fine-tune
  @Override
  public double fineTune(Digits train, Digits test) throws IOException, TranslateException {
    SequentialBlock body = new SequentialBlock();
    body.addAll(trained.getChildren().values().subList(0, 4));
    body.freezeParameters(true);
    Linear head = Linear.builder().setUnits(2).build();
    return fit(new SequentialBlock().add(body).add(head), 1, train, test);
  }

  // end

  // begin: serve
  private static final class DigitTranslator implements Translator<float[], Integer> {
    @Override
    public NDList processInput(TranslatorContext context, float[] picture) {
      return new NDList(context.getNDManager().create(picture, new Shape(1, 28, 28)));
    }

    @Override
    public Integer processOutput(TranslatorContext context, NDList scores) {
      return (int) scores.singletonOrThrow().argMax().getLong();
    }
  }

  @Override
  public ToIntFunction<float[]> serve(Path folder) throws Exception {
    Model model = Model.newInstance("digits", "PyTorch");
    model.setBlock(trained);
    model.save(folder, "digits");
    Model loaded = Model.newInstance("digits", "PyTorch");
    loaded.setBlock(network(Activation.reluBlock()));
    loaded.load(folder, "digits");
    ThreadLocal<Predictor<float[], Integer>> predictors =
        ThreadLocal.withInitial(() -> loaded.newPredictor(new DigitTranslator()));
    return picture -> {
      try {
        return predictors.get().predict(picture);
      } catch (TranslateException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  // end

  // begin: load PyTorch weights
  @Override
  public float[] loadWeights(Path file, float[] input) throws IOException {
    try (NDManager manager = NDManager.newBaseManager("PyTorch");
        InputStream in = Files.newInputStream(file)) {
      NDArray weight = NDList.decode(manager, in).get("dense");
      Linear linear = Linear.builder().setUnits(3).optBias(false).build();
      linear.getParameters().get("weight").setArray(weight);
      NDArray x = manager.create(input, new Shape(1, 4));
      return linear
          .forward(new ParameterStore(manager, false), new NDList(x), false)
          .singletonOrThrow()
          .toFloatArray();
    }
  }

  // end

  @Override
  public String formOfWeights() {
    return "safetensors";
  }
}
