package io.github.trimaran.examples.serve;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.train.prediction.Predictor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks the same network about the same digit on every backend, one after the other. Backends are
 * started by the first question: who only draws does not wait for them.
 */
final class Comparison implements AutoCloseable {

  /** The time told is the median of so many answers. */
  private static final int ANSWERS = 5;

  /** Answers nobody sees, until the JVM has compiled what gives them. */
  private static final int WARM_UP = 20;

  private static final long WAIT_SECONDS = 2;

  private final DigitReader reader;
  private final int threads;
  private final ReentrantLock one = new ReentrantLock(true);
  private final Map<String, Backend<?>> backends = new LinkedHashMap<>();
  private final Map<String, String> missing = new LinkedHashMap<>();
  private final Map<String, Predictor<HostArray, Classified>> predictors = new LinkedHashMap<>();
  private SavedModel model;

  Comparison(DigitReader reader, int threads) {
    this.reader = reader;
    this.threads = threads;
  }

  /** What each backend says of pixels {@code [1, 28, 28]} from 0 to 255. */
  Map<String, Object> of(HostArray digit) throws HttpProblem {
    if (!isMine()) {
      throw new HttpProblem(
          HttpProblem.BUSY, "another comparison is under way; try again in a second");
    }
    try {
      return compared(digit);
    } finally {
      one.unlock();
    }
  }

  private boolean isMine() {
    try {
      return one.tryLock(WAIT_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Map<String, Object> compared(HostArray digit) {
    startBackends();
    use(reader.ask(DigitNetwork::saved));
    String reference = reader.backend().info().name();
    List<Double> expected = predictors.get(reference).predict(digit).probabilities();
    List<Map<String, Object>> sides = new ArrayList<>();
    for (String name : Engine.NAMES) {
      Map<String, Object> side = new LinkedHashMap<>();
      side.put("name", name);
      if (backends.containsKey(name)) {
        ask(name, digit, expected, side);
      } else {
        side.put("missing", missing.get(name));
      }
      sides.add(side);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("reference", reference);
    json.put("classes", model.settings().classNames());
    json.put("backends", sides);
    return json;
  }

  private void ask(String name, HostArray digit, List<Double> expected, Map<String, Object> side) {
    Predictor<HostArray, Classified> predictor = predictors.get(name);
    double[] milliseconds = new double[ANSWERS];
    Classified answer = null;
    for (int i = 0; i < ANSWERS; i++) {
      long start = System.nanoTime();
      answer = predictor.predict(digit);
      milliseconds[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(milliseconds);
    double largest = 0;
    for (int i = 0; i < expected.size(); i++) {
      largest = Math.max(largest, Math.abs(answer.probabilities().get(i) - expected.get(i)));
    }
    side.put("device", backends.get(name).info().device());
    side.put("label", answer.label());
    side.put("probabilities", answer.probabilities());
    side.put("milliseconds", milliseconds[ANSWERS / 2]);
    side.put("largest_difference", largest);
  }

  private void startBackends() {
    if (!backends.isEmpty()) {
      return;
    }
    List<String> there = Backends.providers().stream().map(BackendProvider::name).toList();
    for (String name : Engine.NAMES) {
      if (name.equals(reader.backend().info().name())) {
        backends.put(name, reader.backend());
      } else if (there.contains(name)) {
        start(name);
      } else {
        missing.put(
            name, name + " is not on the class path; './trimaran serve --backend all' has it too");
      }
    }
  }

  private void start(String name) {
    try {
      backends.put(name, Backends.get(name, BackendOptions.defaults().withThreads(threads)));
    } catch (BackendUnavailableException e) {
      missing.put(name, e.getMessage());
    }
  }

  /** Another network may answer than at the last question. */
  private void use(SavedModel saved) {
    if (saved.equals(model)) {
      return;
    }
    closePredictors();
    HostArray blank = HostArray.zeros(DigitNetwork.DIGIT, DType.FLOAT32);
    backends.forEach(
        (name, backend) -> {
          Predictor<HostArray, Classified> predictor = saved.predictor(backend, DType.FLOAT32);
          for (int i = 0; i < WARM_UP; i++) {
            predictor.predict(blank);
          }
          predictors.put(name, predictor);
        });
    model = saved;
  }

  private void closePredictors() {
    predictors.values().forEach(Predictor::close);
    predictors.clear();
    model = null;
  }

  /** Closes the networks, and all backends but the one that answers, which is the server's. */
  @Override
  public void close() {
    one.lock();
    try {
      closePredictors();
      backends.forEach(
          (name, backend) -> {
            if (backend != reader.backend()) {
              backend.close();
            }
          });
      backends.clear();
    } finally {
      one.unlock();
    }
  }
}
