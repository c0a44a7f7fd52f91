package io.github.trimaran.benchmarks.comparison;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.data.prediction.PixelPreparation;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFiles;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.ToIntFunction;

/** The tasks with this library, on its backend in pure Java. */
final class WithTrimaran implements Library {

  private final Backend<?> backend = Backends.get("cpu");
  private Sequential trained;

  // begin: train digits
  private Sequential network(Layer activation, int classes) {
    Sequential network =
        new Sequential(
            new Conv2d(1, 16, 5).padding(2),
            activation,
            new MaxPool2d(2),
            new Flatten(),
            new Linear(16 * 14 * 14, classes));
    network.init(backend, DType.FLOAT32, Rng.seeded(1));
    return network;
  }

  private static DataLoader batches(Digits digits) {
    HostArray pictures = HostArray.of(digits.pixels(), Shape.of(digits.size(), 1, 28, 28));
    HostArray labels = HostArray.of(digits.labels(), Shape.of(digits.size()));
    return new DataLoader(Samples.of(pictures, labels), 50).shuffle(Rng.seeded(2));
  }

  private static double fit(Layer network, int epochs, Digits train, Digits test)
      throws IOException {
    Trainer.builder(network, new Adam(network.parameters(), 1e-3))
        .build()
        .fit(batches(train), epochs);
    return Evaluator.plain().evaluate(network, batches(test)).accuracy();
  }

  @Override
  public double trainDigits(Digits train, Digits test) throws IOException {
    trained = network(new ReLU(), 10);
    return fit(trained, 2, train, test);
  }

  // end

  // begin: own layer
  private static final class Swish extends Layer {
    private final Variable slope =
        parameter("slope", Parameter.Role.NORM, Shape.of(1), Initializers.ones());

    @Override
    protected Tensor compute(Tensor x, Mode mode) {
      return x.mul(x.mul(slope.tensor()).sigmoid());
    }
  }

  @Override
  public double ownLayer(Digits train, Digits test) throws IOException {
    return fit(network(new Swish(), 10), 1, train, test);
  }

  // end

  // begin: fine-tune
  @Override
  public double fineTune(Digits train, Digits test) throws IOException {
    Sequential tuned = network(new ReLU(), 2);
    tuned.loadMatching(trained.stateDict());
    tuned.layers().get(0).freeze();
    return fit(tuned, 1, train, test);
  }

  // end

  // begin: serve
  @Override
  public ToIntFunction<float[]> serve(Path folder) throws IOException {
    Path file = folder.resolve("digits.safetensors");
    List<String> names = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    PixelPreparation pixels = new PixelPreparation(Shape.of(1, 28, 28), Normalization.none());
    Predictor.of(trained, pixels, new ClassAnswer(names)).save(file);
    Predictor<HostArray, Classified> predictor = Predictor.load(file, backend);
    return picture -> predictor.predict(HostArray.of(picture, Shape.of(1, 28, 28))).index();
  }

  // end

  // begin: load PyTorch weights
  @Override
  public float[] loadWeights(Path file, float[] input) throws IOException {
    Linear linear = new Linear(4, 3).withoutBias();
    StateDict weights = WeightFiles.read(file).filter("dense"::equals);
    linear.init(backend, DType.FLOAT32, weights.rename(name -> "weight"));
    return linear.forward(Tensor.of(backend, input, 1, 4)).toFloats();
  }

  // end

  @Override
  public String formOfWeights() {
    return "pth";
  }
}
