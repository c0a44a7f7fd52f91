package io.github.trimaran.train.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.prediction.ArrayPreparation;
import io.github.trimaran.data.prediction.NumbersAnswer;
import io.github.trimaran.nn.Conv1d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.Softmax;
import io.github.trimaran.nn.Tanh;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What predictors must give on every backend: the same answers, bit for bit, to one thread and to
 * many, alone and in batches of any size, and no memory that grows.
 *
 * <pre>{@code
 * class CpuPredictorTest extends PredictorConformance {
 *   CpuPredictorTest() { super(Backends.get("cpu")); }
 * }
 * }</pre>
 */
public abstract class PredictorConformance {

  private static final double ROUNDING = 1e-5;
  private static final int THREADS = 8;
  private static final int QUESTIONS = 40;

  private final Backend<?> backend;

  /** Checks this backend. */
  protected PredictorConformance(Backend<?> backend) {
    this.backend = backend;
  }

  private record Case(String name, Model model, Shape input, DType dtype, double largest) {

    static Case of(String name, Model model, int... input) {
      return new Case(name, model, Shape.of(input), DType.FLOAT32, 1);
    }
  }

  private static Stream<Case> cases() {
    return Stream.of(
        Case.of(
            "rows",
            new Sequential(
                new Linear(13, 50),
                new ReLU(),
                new LayerNorm(50),
                new Linear(50, 3),
                new Softmax()),
            13),
        Case.of(
            "wide rows",
            new Sequential(new Linear(700, 300), new Tanh(), new Linear(300, 40)),
            700),
        Case.of(
            "lines",
            new Sequential(
                new Conv1d(2, 8, 5).padding(2), new ReLU(), new Flatten(), new Linear(8 * 30, 4)),
            2,
            30),
        Case.of(
            "digits",
            new BasicConvNet(BasicConvNet.Settings.defaults(Shape.of(1, 28, 28))),
            1,
            28,
            28),
        Case.of(
            "colour images",
            new ConvNet(new ConvNet.Settings(Shape.of(3, 32, 32), 3, 8, 3, 40, 10, true, 0.2)),
            3,
            32,
            32),
        Case.of("SqueezeNet", new SqueezeNet(SqueezeNet.Version.SMALL, 10), 3, 32, 32),
        new Case(
            "text", new GPT(new GPT.Settings(65, 32, 64, 4, 2, 0)), Shape.of(32), DType.INT64, 65),
        Case.of("series", new LSTM(3, 20).layers(2).batchFirst(), 25, 3));
  }

  @TestFactory
  protected final Stream<DynamicTest> answersDoNotDependOnWhatElseIsAsked() {
    return cases()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(), () -> check(one, PredictorSettings.standard(), true)));
  }

  @TestFactory
  protected final Stream<DynamicTest> batchesOfAnySizeAgreeToRounding() {
    return cases()
        .map(
            one ->
                DynamicTest.dynamicTest(
                    one.name(),
                    () -> check(one, PredictorSettings.standard().varyingBatch(16), false)));
  }

  private void check(Case one, PredictorSettings settings, boolean exact)
      throws InterruptedException, ExecutionException {
    long before = backend.liveArrays();
    try (Model model = one.model()) {
      model.init(backend, DType.FLOAT32, Rng.seeded(29));
      if (model instanceof Layer layer) {
        perturbStatistics(layer);
      }
      PredictorSettings asked =
          settings
              .warmUp(Duration.ZERO)
              .inference(
                  LSTM.class,
                  (lstm, batch) -> List.of(lstm.forward(batch.input(), Mode.EVAL).output()));
      try (Predictor<HostArray, HostArray> predictor =
          Predictor.of(
              model, new ArrayPreparation(one.input(), one.dtype()), new NumbersAnswer(), asked)) {
        checkAnswers(predictor, questions(one), exact ? 0 : ROUNDING);
      }
    }
    assertThat(backend.liveArrays()).isEqualTo(before);
  }

  /** Running statistics that are not 0 and 1. */
  private static void perturbStatistics(Layer layer) {
    try (Scope scope = Scope.open("statistics")) {
      layer
          .buffers()
          .forEach(
              (name, buffer) -> {
                if (name.contains("running_")) {
                  buffer.assign(buffer.add(0.3));
                }
              });
    }
  }

  private static List<HostArray> questions(Case one) {
    Rng rng = Rng.seeded(7);
    List<HostArray> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      HostArray question = HostArray.zeros(one.input(), one.dtype());
      for (int j = 0; j < one.input().size(); j++) {
        question.set(j, rng.nextDouble() * one.largest());
      }
      questions.add(question);
    }
    return questions;
  }

  private void checkAnswers(
      Predictor<HostArray, HostArray> predictor, List<HostArray> questions, double tolerance)
      throws InterruptedException, ExecutionException {
    List<HostArray> alone = questions.stream().map(predictor::predict).toList();
    assertThat(alone.get(0)).isNotEqualTo(alone.get(1));
    long live = backend.liveArrays();
    for (int size : new int[] {2, 3, 5, 8, 17, 32, QUESTIONS}) {
      for (int start : new int[] {0, QUESTIONS - size}) {
        List<HostArray> together = predictor.predictAll(questions.subList(start, start + size));
        assertThat(different(together, alone.subList(start, start + size), tolerance))
            .as("of %s samples, those that differ", size)
            .isEmpty();
      }
    }
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<List<HostArray>>> asked = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        Callable<List<HostArray>> all = () -> questions.stream().map(predictor::predict).toList();
        asked.add(threads.submit(all));
      }
      for (Future<List<HostArray>> answers : asked) {
        assertThat(different(answers.get(), alone, tolerance)).as("threads").isEmpty();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(backend.liveArrays()).isEqualTo(live);
  }

  private static List<Integer> different(
      List<HostArray> some, List<HostArray> others, double tolerance) {
    assertThat(some).hasSameSizeAs(others);
    List<Integer> different = new ArrayList<>();
    for (int i = 0; i < some.size(); i++) {
      float[] own = some.get(i).floats();
      float[] other = others.get(i).floats();
      for (int j = 0; j < own.length; j++) {
        // Written so that NaN differs.
        if (!(Math.abs(own[j] - other[j]) <= tolerance * Math.max(1, Math.abs(other[j])))) {
          different.add(i);
          break;
        }
      }
    }
    return different;
  }
}
