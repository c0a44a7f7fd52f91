package io.github.trimaran.train.prediction;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.io.json.Kinds;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.forms.Forms;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.TensorBatch;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be chosen about a {@link Predictor}, and what kinds of models, preparations and answers
 * its file may name. Each method gives a changed copy.
 *
 * <pre>{@code
 * PredictorSettings settings = PredictorSettings.standard()
 *     .batch(64)
 *     .forms(Forms.standard().with(
 *         ChannelScale.class, (json, forms) -> new ChannelScale(json.int32("channels"))))
 *     .preparation("celsius", json -> new Celsius(json.number("mean"), json.number("std")));
 * Predictor<Double, HostArray> predictor = Predictor.load(file, backend, settings);
 * }</pre>
 */
public final class PredictorSettings {

  private static final int USUAL_BATCH = 8;
  private static final Duration USUAL_WARM_UP = Duration.ofMillis(300);

  /** 0 for what suits the backend. */
  private int batch;

  private boolean fixed = true;
  private Duration warmUp = USUAL_WARM_UP;
  private DType dtype;
  private Forms forms = Forms.standard();
  private Kinds<Preparation<?>> preparations;
  private Kinds<Answer<?>> answers;
  private Map<Class<?>, Inference<Model>> inferences = Map.of();

  private PredictorSettings(Kinds<Preparation<?>> preparations, Kinds<Answer<?>> answers) {
    this.preparations = preparations;
    this.answers = answers;
  }

  /**
   * Batches of 8, or none where the backend's numbers depend on a sample's place in them; and the
   * kinds that are on the class path.
   */
  public static PredictorSettings standard() {
    return new PredictorSettings(
        PredictionProvider.allPreparations(), PredictionProvider.allAnswers());
  }

  private PredictorSettings copy() {
    PredictorSettings copy = new PredictorSettings(preparations, answers);
    copy.batch = batch;
    copy.fixed = fixed;
    copy.warmUp = warmUp;
    copy.dtype = dtype;
    copy.forms = forms;
    copy.inferences = inferences;
    return copy;
  }

  /**
   * The same with that many samples computed together; batches that are not full are filled up, so
   * that the backend always computes the same shapes. Engines add the numbers of a sum in an order
   * that depends on the shapes: only so is an answer the same, bit for bit, whatever else is asked.
   * On backends that say no to {@link Backend#computesSamplesAlike} it still depends on the place
   * in the batch, in its last bits. A lone question costs as much as a whole batch; with 1 there
   * are no batches.
   */
  public PredictorSettings batch(int samples) {
    return batch(samples, true);
  }

  /**
   * The same with at most that many samples computed together and nothing filled up: a lone
   * question is as quick as can be, and the last bits of an answer depend on how many were asked at
   * the time.
   */
  public PredictorSettings varyingBatch(int samples) {
    return batch(samples, false);
  }

  private PredictorSettings batch(int samples, boolean filled) {
    if (samples < 1) {
      throw new IllegalArgumentException(
          "predictor: a batch must be at least 1 sample, is " + samples);
    }
    PredictorSettings copy = copy();
    copy.batch = samples;
    copy.fixed = filled;
    return copy;
  }

  /**
   * The same warmed up for about that long, so that the first answers are not the slow ones; 0 for
   * not at all.
   */
  public PredictorSettings warmUp(Duration duration) {
    PredictorSettings copy = copy();
    copy.warmUp = duration;
    return copy;
  }

  /** The same with weights loaded in that dtype instead of the one they were saved in. */
  public PredictorSettings dtype(DType type) {
    PredictorSettings copy = copy();
    copy.dtype = type;
    return copy;
  }

  /** The same with these kinds of models. */
  public PredictorSettings forms(Forms kinds) {
    PredictorSettings copy = copy();
    copy.forms = kinds;
    return copy;
  }

  /** The same and that kind of preparation. */
  public PredictorSettings preparation(String kind, Kinds.Maker<? extends Preparation<?>> maker) {
    PredictorSettings copy = copy();
    copy.preparations = preparations.with(kind, maker);
    return copy;
  }

  /** The same and that kind of answer. */
  public PredictorSettings answer(String kind, Kinds.Maker<? extends Answer<?>> maker) {
    PredictorSettings copy = copy();
    copy.answers = answers.with(kind, maker);
    return copy;
  }

  /** The same, asking models of that class in this way. */
  public <M extends Model> PredictorSettings inference(
      Class<M> type, Inference<? super M> inference) {
    Map<Class<?>, Inference<Model>> more = new LinkedHashMap<>(inferences);
    more.put(type, (model, samples) -> inference.of(type.cast(model), samples));
    PredictorSettings copy = copy();
    copy.inferences = Collections.unmodifiableMap(more);
    return copy;
  }

  /** How many samples are computed together on that backend. */
  int batch(Backend<?> backend) {
    if (batch > 0) {
      return batch;
    }
    return backend.computesSamplesAlike() ? USUAL_BATCH : 1;
  }

  boolean isFixed() {
    return fixed;
  }

  Duration warmUp() {
    return warmUp;
  }

  Optional<DType> dtype() {
    return Optional.ofNullable(dtype);
  }

  Forms forms() {
    return forms;
  }

  Kinds<Preparation<?>> preparations() {
    return preparations;
  }

  Kinds<Answer<?>> answers() {
    return answers;
  }

  /** How to ask that model. */
  Inference<Model> inference(Model model) {
    Inference<Model> known = inferences.get(model.getClass());
    if (known != null) {
      return known;
    }
    if (model instanceof Layer) {
      return PredictorSettings::forward;
    }
    throw new IllegalArgumentException(
        "predictor: "
            + model.kind()
            + " is not a function of one tensor to one; tell how to ask it:"
            + " settings.inference("
            + model.kind()
            + ".class, (model, batch) -> ...)");
  }

  private static List<Tensor> forward(Model model, TensorBatch batch) {
    return List.of(((Layer) model).forward(batch.input()));
  }
}
