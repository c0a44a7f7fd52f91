package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Split;
import io.github.trimaran.examples.training.ConvNetTraining.Job;
import io.github.trimaran.examples.training.ConvNetTraining.Trained;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Values;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import io.github.trimaran.train.prediction.Predictor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvNetTrainingTest {

  private static final Shape IMAGE = Shape.of(3, 8, 8);

  @TempDir Path folder;

  /** Images that are bright in the half that is their class. */
  private static Dataset images(int count, long seed) {
    Rng rng = Rng.seeded(seed);
    byte[] pixels = new byte[count * IMAGE.size()];
    int[] labels = new int[count];
    for (int n = 0; n < count; n++) {
      labels[n] = rng.nextInt(2);
      for (int i = 0; i < IMAGE.size(); i++) {
        boolean bright = (i % 64 < 32) == (labels[n] == 0);
        pixels[n * IMAGE.size() + i] = (byte) (rng.nextInt(100) + (bright ? 100 : 0));
      }
    }
    return Dataset.ofBytes(
        DataSource.embedded("halves"), List.of("upper", "lower"), IMAGE, pixels, labels);
  }

  private static ConvNetTraining training() {
    return new ConvNetTraining(
        new Split(images(60, 1), images(20, 2), images(30, 3)), DType.FLOAT32, 10, 4);
  }

  private static Values values(double rate) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("filters", 4L);
    values.put("filter_size", 3L);
    values.put("depth", 2L);
    values.put("hidden", 8L);
    values.put("batch_norm", true);
    values.put("dropout", 0.2);
    values.put("augment", "flip-crop");
    values.put("learning_rate", rate);
    values.put("reg", 0.01);
    return new Values(values);
  }

  private static Backend<?> backend(int threads) {
    return Backends.get("cpu", BackendOptions.defaults().withThreads(threads));
  }

  @Test
  void learnsAndTests() throws IOException {
    ConvNetTraining training = training();
    Job job = Job.unsaved(training.candidate(values(0.01)), 4, new Listener() {});
    try (Trained trained = training.train(job, backend(2))) {
      assertThat(trained.history().last().validationAccuracy()).isGreaterThan(0.9);
      assertThat(trained.test().found().accuracy()).isGreaterThan(0.9);
      assertThat(trained.test().found().samples()).isEqualTo(30);
    }
  }

  @Test
  void neighboursAtWorkAndNumbersOfThreadsChangeNothing() throws Exception {
    List<Double> alone = losses(training(), 0.01, backend(2));
    ConvNetTraining shared = training();
    var pool = Executors.newFixedThreadPool(2);
    try {
      var one = pool.submit(() -> losses(shared, 0.01, backend(1)));
      var other = pool.submit(() -> losses(shared, 0.003, backend(1)));
      assertThat(one.get()).isEqualTo(alone);
      assertThat(other.get()).isNotEqualTo(alone);
    } finally {
      pool.shutdownNow();
    }
  }

  private static List<Double> losses(ConvNetTraining training, double rate, Backend<?> backend)
      throws IOException {
    Job job = Job.unsaved(training.candidate(values(rate)), 2, new Listener() {});
    try (Trained trained = training.train(job, backend)) {
      return List.copyOf(trained.history().losses());
    }
  }

  @Test
  void aSavedTrainingThatBrokeOffGoesOnBitForBit() throws IOException {
    ConvNetTraining training = training();
    List<Double> whole = saved(training, folder.resolve("whole.safetensors"), -1).losses();
    Path file = folder.resolve("broken.safetensors");
    try {
      saved(training, file, 9);
    } catch (IllegalStateException e) {
      assertThat(e).hasMessage("killed");
    }
    assertThat(file).exists();
    assertThat(saved(training, file, -1).losses()).isEqualTo(whole).hasSize(18);
    // The file tells which network it is of.
    assertThat(SavedModel.read(file).settings().network()).isEqualTo(Networks.CONV);
    assertThat(SavedModel.read(file).settings().dropout()).isEqualTo(0.2);
    SavedModel.read(file).predictor(backend(1), DType.FLOAT32).close();
    Predictor.load(file, backend(1)).close();
  }

  private static History saved(ConvNetTraining training, Path file, long dieAt) throws IOException {
    Listener killer =
        new Listener() {
          @Override
          public void onStep(StepRecord step) {
            if (step.step() == dieAt) {
              throw new IllegalStateException("killed");
            }
          }
        };
    Job job = new Job(training.candidate(values(0.01)), 3, killer, file, () -> {});
    try (Trained trained = training.train(job, backend(2))) {
      return trained.history();
    }
  }
}
