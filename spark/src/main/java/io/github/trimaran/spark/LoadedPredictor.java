package io.github.trimaran.spark;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.train.prediction.PredictorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** A predictor that all tasks of this JVM share, loaded when it is first asked. */
final class LoadedPredictor {

  /** An executor that serves ever other models must not keep them all. */
  private static final int KEPT = 4;

  private static final Map<String, LoadedPredictor> LOADED = new LinkedHashMap<>();

  private final Backend<?> backend;
  private final Predictor<Object, Object> predictor;

  private LoadedPredictor(Backend<?> backend, Predictor<Object, Object> predictor) {
    this.backend = backend;
    this.predictor = predictor;
  }

  /** The one of that digest; {@code content} is asked for if it is not there yet. */
  static LoadedPredictor of(String digest, String backend, int batch, Supplier<byte[]> content)
      throws IOException {
    String key = digest + " " + backend + " " + batch;
    synchronized (LOADED) {
      LoadedPredictor found = LOADED.get(key);
      if (found == null) {
        if (LOADED.size() == KEPT) {
          // Its tasks may still be at work: it is left to the garbage collector.
          LOADED.remove(LOADED.keySet().iterator().next());
        }
        found = load(backend, batch, content.get());
        LOADED.put(key, found);
      }
      return found;
    }
  }

  private static LoadedPredictor load(String name, int batch, byte[] content) throws IOException {
    Path file = Files.createTempFile("trimaran-predictor", ".safetensors");
    Backend<?> backend =
        Backends.get(name, BackendOptions.defaults().withThreads(SparkCores.ofExecutor()));
    try {
      Files.write(file, content);
      return new LoadedPredictor(
          backend, Predictor.load(file, backend, PredictorSettings.standard().batch(batch)));
    } catch (IOException | RuntimeException e) {
      backend.close();
      throw e;
    } finally {
      Files.delete(file);
    }
  }

  List<Object> predictAll(List<Object> inputs) {
    return predictor.predictAll(inputs);
  }

  @Override
  public String toString() {
    return predictor + " on " + backend.info().name();
  }
}
