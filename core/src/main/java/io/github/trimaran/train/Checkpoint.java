package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that training needs to go on bit for bit, as one safetensors file: arrays {@code
 * model/...}, {@code optimizer/...}, {@code average/...}, {@code plateau/...}, {@code
 * objective/...} and {@code best/...}, the history, and the position as a line of JSON in the
 * metadata. One file, so that it is replaced whole or not at all.
 *
 * <pre>{@code
 * StateDict weights = Checkpoint.read(Path.of("run.safetensors")).model();
 * }</pre>
 */
public final class Checkpoint {

  private static final String PROGRESS = "trimaran.training";
  private static final String MODEL_PART = "model/";
  private static final String OPTIMIZER_PART = "optimizer/";
  private static final String AVERAGE_PART = "average/";
  private static final String PLATEAU_PART = "plateau/";
  private static final String OBJECTIVE_PART = "objective/";
  private static final String BEST_PART = "best/";
  private static final String MODEL = "model";
  private static final String OPTIMIZER = "optimizer";
  private static final String LOSSES = "history/losses";
  private static final String EPOCHS = "history/epochs";

  private final StateDict content;
  private final String name;

  private Checkpoint(StateDict content, String name) {
    this.content = content;
    this.name = name;
  }

  /**
   * Reads a checkpoint.
   *
   * @throws WeightFormatException if the file is damaged, or holds no training
   */
  public static Checkpoint read(Path file) throws IOException {
    StateDict content = Safetensors.read(file);
    if (!content.metadata().containsKey(PROGRESS)) {
      throw new WeightFormatException(
          file.toString(), "holds weights but no state of training to go on from");
    }
    return new Checkpoint(content, file.toString());
  }

  /** The model's parameters and buffers. */
  public StateDict model() {
    return part(MODEL_PART);
  }

  /**
   * The model's parameters and buffers of the epoch whose validation was best; empty unless the
   * trainer was to keep them, by {@link Trainer.Builder#keepBest}.
   */
  public Optional<StateDict> best() {
    StateDict best = part(BEST_PART);
    return best.names().isEmpty() ? Optional.empty() : Optional.of(best);
  }

  /** What else was noted when it was written: the metadata given to {@link Trainer.Builder}. */
  public Map<String, String> metadata() {
    Map<String, String> notes = new LinkedHashMap<>(content.metadata());
    notes.remove(PROGRESS);
    return notes;
  }

  private StateDict part(String prefix) {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    content
        .arrays()
        .forEach(
            (key, array) -> {
              if (key.startsWith(prefix)) {
                arrays.put(key.substring(prefix.length()), array);
              }
            });
    return StateDict.of(arrays);
  }

  long rngState() throws IOException {
    return json().integer("rng");
  }

  /**
   * Gives a trainer's model, optimiser, average and plateau what they had. If it fails, nothing was
   * changed.
   *
   * @throws WeightFormatException if it is of another kind of optimiser or average
   * @throws IllegalArgumentException if it is of another model, or an optimiser of other parameters
   */
  void restore(Trainer trainer) throws IOException {
    requireParts(trainer);
    String kinds = kinds();
    Map<String, StateDict> before = states(trainer);
    boolean done = false;
    try {
      before.keySet().forEach(part -> restore(trainer, part, part(part)));
      done = true;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          name + ": " + e.getMessage() + "; " + kinds + "; nothing was changed", e);
    } finally {
      if (!done) {
        before.forEach((part, state) -> restore(trainer, part, state));
      }
    }
  }

  /** What is saved of a trainer, by prefix. */
  private static Map<String, StateDict> states(Trainer trainer) {
    Map<String, StateDict> states = new LinkedHashMap<>();
    states.put(MODEL_PART, trainer.model().stateDict());
    states.put(OPTIMIZER_PART, trainer.optimizer().state());
    if (trainer.average() != null) {
      states.put(AVERAGE_PART, trainer.average().state());
    }
    if (trainer.plateau() != null) {
      states.put(PLATEAU_PART, trainer.plateau().state());
    }
    if (trainer.objective().stateful() != null) {
      states.put(OBJECTIVE_PART, trainer.objective().stateful().state());
    }
    return states;
  }

  private static void restore(Trainer trainer, String part, StateDict state) {
    switch (part) {
      case MODEL_PART -> trainer.model().loadStateDict(state);
      case OPTIMIZER_PART -> trainer.optimizer().restore(state);
      case AVERAGE_PART -> trainer.average().restore(state);
      case OBJECTIVE_PART -> trainer.objective().stateful().restore(state);
      default -> trainer.plateau().restore(state);
    }
  }

  /**
   * Requires that it was written by a trainer with such parts.
   *
   * @throws WeightFormatException if it was not, naming what it was written by
   */
  private void requireParts(Trainer trainer) throws IOException {
    JsonObject json = json();
    Map<String, String> expected = parts(trainer);
    for (String part : expected.keySet()) {
      // Those written before parts were noted are checked by their arrays alone.
      String saved = json.has(part) ? json.string(part) : expected.get(part);
      if (!saved.equals(expected.get(part))) {
        throw new WeightFormatException(
            name,
            "was trained with "
                + (saved.isEmpty() ? "no " + part : "the " + part + " " + saved)
                + ", this training has "
                + (expected.get(part).isEmpty() ? "none" : expected.get(part))
                + "; go on with the same. Nothing was changed");
      }
    }
  }

  /** The kinds of model and optimiser it was written by. */
  private String kinds() throws IOException {
    JsonObject json = json();
    return json.has(MODEL) && json.has(OPTIMIZER)
        ? "the checkpoint is of " + json.string(MODEL) + " with " + json.string(OPTIMIZER)
        : "the checkpoint does not say of which model it is";
  }

  /** The kinds of what has a state beside the model; empty for none. */
  private static Map<String, String> parts(Trainer trainer) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put(OPTIMIZER, kind(trainer.optimizer()));
    parts.put("average", kind(trainer.average()));
    parts.put("plateau", kind(trainer.plateau()));
    parts.put("objective", kind(trainer.objective().stateful()));
    return parts;
  }

  private static String kind(Object part) {
    return part == null ? "" : part.getClass().getSimpleName();
  }

  /**
   * Requires as many batches an epoch as it was trained with.
   *
   * @throws WeightFormatException if there are not
   */
  void requireBatches(int perEpoch) throws IOException {
    long trained = json().integer("batches_per_epoch");
    if (trained != perEpoch) {
      throw new WeightFormatException(
          name,
          "was trained with "
              + trained
              + " batches an epoch, there are "
              + perEpoch
              + "; go on with the same data and batch size");
    }
  }

  /**
   * Where training was.
   *
   * @param judge the name of the metric that it takes the best by; empty for accuracy or loss
   */
  Progress progress(String judge) throws IOException {
    JsonObject json = json();
    if (!json.string("judged_by").equals(judge)) {
      throw new WeightFormatException(
          name,
          "has the best by '"
              + json.string("judged_by")
              + "', this training takes it by '"
              + judge
              + "'; go on with the same judgedBy(...)");
    }
    Progress progress = new Progress();
    progress.epoch = json.int32("epoch");
    progress.batch = json.int32("batch");
    progress.step = json.integer("step");
    progress.lossSum = json.number("loss_sum");
    progress.samples = json.integer("samples");
    progress.labelled = json.integer("labelled");
    progress.correct = json.integer("correct");
    progress.stepSeconds = json.number("step_seconds");
    progress.seconds = json.number("seconds");
    progress.withoutImprovement = json.int32("without_improvement");
    progress.history.bestEpoch(json.int32("best_epoch"));
    if (json.has("best_score")) {
      progress.bestScore = json.number("best_score");
    }
    progress.best = best().orElse(null);
    readHistory(progress.history, json);
    return progress;
  }

  private void readHistory(History history, JsonObject json) throws IOException {
    for (double loss : content.get(LOSSES).doubles()) {
      history.add(loss);
    }
    List<String> metrics = json.array("metrics").stream().map(Object::toString).toList();
    double[] epochs = content.get(EPOCHS).doubles();
    int width = EpochRecord.FIELDS + metrics.size();
    for (int from = 0; from < epochs.length; from += width) {
      history.add(EpochRecord.ofArray(metrics, Arrays.copyOfRange(epochs, from, from + width)));
    }
  }

  private JsonObject json() throws IOException {
    return Json.parseObject(content.metadata().get(PROGRESS));
  }

  /** Writes a checkpoint, whole or not at all. */
  static void write(
      Path file,
      Trainer trainer,
      Progress progress,
      int batchesPerEpoch,
      Map<String, String> metadata)
      throws IOException {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    states(trainer).forEach((part, state) -> add(arrays, part, state));
    if (progress.best != null) {
      add(arrays, BEST_PART, progress.best);
    }
    List<Double> losses = progress.history.losses();
    arrays.put(LOSSES, vector(losses.stream().mapToDouble(Double::doubleValue).toArray()));
    double[] epochs =
        progress.history.epochs().stream()
            .flatMapToDouble(epoch -> Arrays.stream(epoch.toArray(progress.history.metrics())))
            .toArray();
    arrays.put(EPOCHS, vector(epochs));
    Map<String, String> notes = new LinkedHashMap<>(metadata);
    notes.put(PROGRESS, Json.write(position(trainer, progress, batchesPerEpoch)));
    Safetensors.write(file, StateDict.of(arrays, notes));
  }

  /**
   * Gives a checkpoint's file other values of the model, such as statistics that were measured when
   * training was over; everything else in it stays.
   */
  public static void replaceModel(Path file, StateDict model) throws IOException {
    StateDict content = read(file).content;
    Map<String, HostArray> arrays = new LinkedHashMap<>(content.arrays());
    add(arrays, MODEL_PART, model);
    Safetensors.write(file, StateDict.of(arrays, content.metadata()));
  }

  private static void add(Map<String, HostArray> arrays, String prefix, StateDict part) {
    part.arrays().forEach((key, array) -> arrays.put(prefix + key, array));
  }

  private static HostArray vector(double[] values) {
    return HostArray.of(values, Shape.of(values.length));
  }

  private static Map<String, Object> position(
      Trainer trainer, Progress progress, int batchesPerEpoch) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("epoch", progress.epoch);
    json.put("batch", progress.batch);
    json.put("step", progress.step);
    json.put("batches_per_epoch", batchesPerEpoch);
    json.put("rng", trainer.rngState());
    json.put("loss_sum", progress.lossSum);
    json.put("samples", progress.samples);
    json.put("labelled", progress.labelled);
    json.put("correct", progress.correct);
    json.put("step_seconds", progress.stepSeconds);
    json.put("seconds", progress.seconds);
    json.put("without_improvement", progress.withoutImprovement);
    json.put("best_epoch", progress.history.bestEpoch());
    json.put("metrics", progress.history.metrics());
    json.put("judged_by", trainer.judgeName());
    json.put(MODEL, kind(trainer.model()));
    json.putAll(parts(trainer));
    if (Double.isFinite(progress.bestScore)) {
      json.put("best_score", progress.bestScore);
    }
    return json;
  }
}
