package io.github.trimaran.train.prediction;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.Collate;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.nn.Model;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.TensorBatch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained model that answers, with its preparation and its answer.
 *
 * <pre>{@code
 * try (Predictor<HostArray, Classified> digits = Predictor.load(Path.of("digits.st"), backend)) {
 *   System.out.println(digits.predict(image));     // 7 97.1 %, 1 1.6 %, 9 0.8 %
 * }
 * }</pre>
 *
 * <p>Any number of threads may ask at once. What they ask at about the same time is computed
 * together, which takes less than one after the other, and what each gets does not depend on it,
 * bit for bit: see {@link PredictorSettings#batch}. Samples are prepared by the threads that ask.
 * Memory is taken care of, and the first answer is as fast as the others: the model is run a few
 * times before.
 *
 * <p>{@link #save} writes one file with all that {@link #load} needs: the form of the model, its
 * weights, the preparation and the answer. The predictor uses the model as it is: do not train it
 * while others ask.
 *
 * @param <I> what is asked about
 * @param <O> what is answered
 */
public final class Predictor<I, O> implements AutoCloseable {

  private final Model model;
  private final Inference<Model> inference;
  private final Preparation<I> preparation;
  private final Answer<O> answer;
  private final PredictorSettings settings;
  private final boolean ownsModel;
  private final int batch;
  private final Batcher batcher;

  private Predictor(
      Model model,
      Preparation<I> preparation,
      Answer<O> answer,
      PredictorSettings settings,
      boolean ownsModel) {
    this.model = model;
    this.inference = settings.inference(model);
    this.preparation = preparation;
    this.answer = answer;
    this.settings = settings;
    this.ownsModel = ownsModel;
    this.batch = settings.batch(model.backend());
    this.batcher = new Batcher(batch, settings.isFixed() && batch > 1, this::compute);
    warmUp();
  }

  /** Of a model in memory, initialised, which stays the caller's to close. */
  public static <I, O> Predictor<I, O> of(
      Model model, Preparation<I> preparation, Answer<O> answer) {
    return of(model, preparation, answer, PredictorSettings.standard());
  }

  /**
   * The same with these settings.
   *
   * @throws IllegalArgumentException if the model is not a {@link io.github.trimaran.nn.Layer}, and
   *     the settings do not tell how to ask it
   */
  public static <I, O> Predictor<I, O> of(
      Model model, Preparation<I> preparation, Answer<O> answer, PredictorSettings settings) {
    return new Predictor<>(model, preparation, answer, settings, false);
  }

  /**
   * Of a file that {@link #save} wrote.
   *
   * @throws IOException in one line, if it is missing, damaged, or no predictor
   */
  public static <I, O> Predictor<I, O> load(Path file, Backend<?> backend) throws IOException {
    return load(file, backend, PredictorSettings.standard());
  }

  /** The same with these settings, which may register kinds that the file names. */
  public static <I, O> Predictor<I, O> load(
      Path file, Backend<?> backend, PredictorSettings settings) throws IOException {
    return load(SavedPredictor.read(file, settings), backend, settings);
  }

  /** The same of what was read. */
  // What the file holds is seen when it is asked: predict says what the preparation does not take.
  @SuppressWarnings("unchecked")
  public static <I, O> Predictor<I, O> load(
      SavedPredictor saved, Backend<?> backend, PredictorSettings settings) {
    Model model = saved.model();
    settings.inference(model);
    model.init(backend, settings.dtype().orElse(saved.dtype()), saved.weights());
    try {
      return new Predictor<>(
          model, (Preparation<I>) saved.preparation(), (Answer<O>) saved.answer(), settings, true);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /**
   * Writes the predictor to a file, which is replaced whole or not at all.
   *
   * @throws IllegalArgumentException if a part of the model is of a kind that is not registered
   */
  public void save(Path file) throws IOException {
    save(file, Map.of());
  }

  /** The same with these notes in its metadata, such as what it was trained on. */
  public void save(Path file, Map<String, String> notes) throws IOException {
    Map<String, String> all = new LinkedHashMap<>(notes);
    all.putAll(SavedPredictor.notes(model, preparation, answer, settings));
    Safetensors.write(file, model.stateDict().withMetadata(all));
  }

  /**
   * The answer for one.
   *
   * @throws IllegalArgumentException if the preparation or the model cannot use it
   * @throws IllegalStateException if the predictor is closed
   */
  public O predict(I input) {
    return predictAll(List.of(input)).get(0);
  }

  /** The answers for several, in order: computed together as far as they are of one shape. */
  public List<O> predictAll(List<I> inputs) {
    List<Map<String, HostArray>> samples = new ArrayList<>();
    inputs.forEach(input -> samples.add(prepared(input)));
    List<O> answers = new ArrayList<>();
    batcher.ask(samples).forEach(outputs -> answers.add(answer.apply(outputs)));
    return answers;
  }

  private Map<String, HostArray> prepared(I input) {
    try {
      return preparation.apply(input);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "predictor: the preparation '"
              + preparation.kind()
              + "' does not take a "
              + input.getClass().getSimpleName(),
          e);
    }
  }

  // ---- computing ------------------------------------------------------------------------------

  private List<List<HostArray>> compute(List<Map<String, HostArray>> samples) {
    List<Sample> filled = new ArrayList<>();
    samples.forEach(sample -> filled.add(Sample.of(sample)));
    if (settings.isFixed()) {
      Sample last = filled.get(samples.size() - 1);
      filled.addAll(Collections.nCopies(batch - samples.size(), last));
    }
    TensorBatch tensors = new TensorBatch(Collate.stack().batch(filled), model);
    List<List<HostArray>> outputs = new ArrayList<>();
    samples.forEach(sample -> outputs.add(new ArrayList<>()));
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("a prediction")) {
      for (Tensor output : inference.of(model, tensors)) {
        requireSamples(output, filled.size());
        HostArray all = output.toHost();
        for (int i = 0; i < samples.size(); i++) {
          outputs.get(i).add(all.row(i));
        }
      }
    }
    return outputs;
  }

  private static void requireSamples(Tensor output, int count) {
    if (output.shape().rank() == 0 || output.shape().dim(0) != count) {
      throw new IllegalArgumentException(
          "predictor: the model gives "
              + output.shape()
              + " for "
              + count
              + " samples; they must lie along the first axis");
    }
  }

  /** The first runs compile, allocate and choose kernels: for one sample and for many. */
  private void warmUp() {
    Map<String, HostArray> example = preparation.example();
    long nanos = settings.warmUp().toNanos();
    if (example.isEmpty() || nanos <= 0) {
      return;
    }
    long start = System.nanoTime();
    do {
      compute(List.of(example));
      compute(Collections.nCopies(batch, example));
    } while (System.nanoTime() - start < nanos);
  }

  /** The model. */
  public Model model() {
    return model;
  }

  /** What is done to inputs. */
  public Preparation<I> preparation() {
    return preparation;
  }

  /** What is made of outputs. */
  public Answer<O> answer() {
    return answer;
  }

  /**
   * Waits for what is being asked, refuses what comes later, and closes a model that was loaded.
   */
  @Override
  public void close() {
    batcher.close();
    if (ownsModel) {
      model.close();
    }
  }

  @Override
  public String toString() {
    return preparation.kind() + " -> " + model.kind() + " -> " + answer.kind();
  }
}
