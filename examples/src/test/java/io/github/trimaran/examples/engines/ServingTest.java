package io.github.trimaran.examples.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.prediction.ArrayPreparation;
import io.github.trimaran.data.prediction.NumbersAnswer;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.train.prediction.PredictorSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Eight threads ask one predictor for a minute: each gets what a lone one gets, bit for bit, and
 * nothing is left over. Run with {@code -Psoak}. How many answers a second there are is printed,
 * beside those without batches and those of batches of any size.
 */
@Tag("soak")
class ServingTest {

  private static final int THREADS = 8;
  private static final int QUESTIONS = 64;
  private static final int SECONDS = Integer.getInteger("trimaran.serving.seconds", 60);
  private static final Shape DIGIT = Shape.of(1, 28, 28);

  @BeforeEach
  void assumeEngines() {
    Engines.assumeOnTheClassPath();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "nd4j", "djl"})
  void eightThreadsGetWhatOneGets(String name) throws InterruptedException, ExecutionException {
    Backend<?> backend = Backends.get(name);
    try (Layer network = new BasicConvNet(BasicConvNet.Settings.defaults(DIGIT))) {
      network.init(backend, DType.FLOAT32, Rng.seeded(1));
      Map<String, Long> speeds = new LinkedHashMap<>();
      PredictorSettings standard = PredictorSettings.standard();
      speeds.put("as standard", ask(network, standard, true, SECONDS));
      speeds.put("one by one", ask(network, standard.batch(1), true, SECONDS / 3));
      speeds.put("in batches of 8", ask(network, standard.batch(8), false, SECONDS / 3));
      speeds.put("in varying batches", ask(network, standard.varyingBatch(8), false, SECONDS / 3));
      speeds.forEach(
          (way, speed) ->
              System.out.printf("serving      %-5s %,d answers/s %s%n", name, speed, way));
    }
  }

  /** Answers a second. */
  private static long ask(Layer network, PredictorSettings settings, boolean exact, int seconds)
      throws InterruptedException, ExecutionException {
    Backend<?> backend = network.backend();
    List<HostArray> questions = questions();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (Predictor<HostArray, HostArray> predictor =
        Predictor.of(
            network, new ArrayPreparation(DIGIT, DType.FLOAT32), new NumbersAnswer(), settings)) {
      List<float[]> alone =
          questions.stream().map(question -> predictor.predict(question).floats()).toList();
      long live = backend.liveArrays();
      long start = System.nanoTime();
      List<Future<Long>> counts = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int first = t;
        counts.add(
            threads.submit(
                () -> {
                  long count = 0;
                  while (System.nanoTime() - start < seconds * 1_000_000_000L) {
                    int i = (int) ((first + count) % QUESTIONS);
                    float[] answer = predictor.predict(questions.get(i)).floats();
                    if (exact) {
                      assertThat(answer).isEqualTo(alone.get(i));
                    }
                    count++;
                  }
                  return count;
                }));
      }
      long all = 0;
      for (Future<Long> count : counts) {
        all += count.get();
      }
      assertThat(backend.liveArrays()).isEqualTo(live);
      return Math.round(all / ((System.nanoTime() - start) * 1e-9));
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<HostArray> questions() {
    Rng rng = Rng.seeded(2);
    List<HostArray> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      float[] pixels = new float[DIGIT.size()];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = (float) rng.nextDouble();
      }
      questions.add(HostArray.of(pixels, DIGIT));
    }
    return questions;
  }
}
