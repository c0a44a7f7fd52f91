package io.github.trimaran.examples.serve;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.examples.report.Judgements;
import io.github.trimaran.examples.training.Onlooker;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Shows a training in a job: loss and accuracy, speed and time left, the filters as they form, and
 * after each epoch the mistakes that the network is surest of.
 */
final class TrainingWatch implements Listener {

  private static final long BETWEEN_FILTERS_NANOS = 1_000_000_000;
  private static final int MOST_FILTERS = 64;
  private static final int MOST_MISTAKES = 12;
  private static final int BATCH = 200;

  private final Job job;
  private final Onlooker.Subject subject;
  private long next;

  TrainingWatch(Job job, Onlooker.Subject subject) {
    this.job = job;
    this.subject = subject;
    this.next = System.nanoTime();
  }

  /**
   * A mistake as JSON has it.
   *
   * @param pixels of the image, {@code [C, H, W]}
   * @param label what it is
   * @param predicted what the network says
   * @param probability how sure it is of that
   */
  record Mistake(
      @JsonProperty PlaneJson pixels,
      @JsonProperty String label,
      @JsonProperty String predicted,
      @JsonProperty double probability) {}

  @Override
  public void onStart(History history) {
    job.show("run", subject.name());
    showFilters();
  }

  @Override
  public void onStep(StepRecord step) {
    job.progress(
        (double) step.step() / step.steps(),
        String.format(
            Locale.ROOT,
            "epoch %d of %d, step %d of %d",
            step.epoch(),
            step.epochs(),
            step.step(),
            step.steps()));
    job.point("loss", (double) step.step(), step.loss());
    if (System.nanoTime() - next >= 0) {
      Map<String, Object> speed = new LinkedHashMap<>();
      speed.put("images_per_second", step.samplesPerSecond());
      speed.put("seconds_left", step.secondsLeft());
      speed.put("loss", step.loss());
      speed.put("learning_rate", step.learningRate());
      job.show("speed", speed);
      showFilters();
      next = System.nanoTime() + BETWEEN_FILTERS_NANOS;
    }
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    job.point("training accuracy", epoch.epoch(), epoch.accuracy());
    job.point("validation accuracy", epoch.epoch(), epoch.validationAccuracy());
    showFilters();
    showMistakes();
  }

  private void showMistakes() {
    Judgements judgements = new Judgements();
    Dataset images = subject.images();
    Evaluator.plain()
        .metrics(judgements)
        .evaluate(
            subject.model(), Batches.inOrder(images, BATCH).normalized(subject.normalization()));
    List<Judgements.Judged> mistakes = judgements.mistakes();
    job.show(
        "mistakes",
        mistakes.stream().limit(MOST_MISTAKES).map(judged -> mistake(images, judged)).toList());
    job.show("mistaken", mistakes.size());
    job.show("looked_at", images.size());
  }

  private static Mistake mistake(Dataset images, Judgements.Judged judged) {
    return new Mistake(
        PlaneJson.ofPixels(images.image(judged.index())),
        images.classNames().get(judged.label()),
        images.classNames().get(judged.predicted()),
        judged.probability());
  }

  private void showFilters() {
    first(subject.model().parameters(), subject.images().imageShape())
        .ifPresent(filters -> job.show("filters", PlaneJson.of(filters)));
  }

  /**
   * The first weight that looks at images, {@code [F, C, H, W]}: a convolution's, or that of an
   * affine layer, whose rows are as large as an image.
   */
  private static Optional<HostArray> first(List<Parameter> parameters, Shape image) {
    for (Parameter parameter : parameters) {
      Shape shape = parameter.tensor().shape();
      boolean affine = shape.rank() == 2 && shape.dim(1) == image.size();
      if (affine || shape.rank() == 4) {
        HostArray weight = parameter.tensor().toHost();
        int count = Math.min(MOST_FILTERS, shape.dim(0));
        int[] each = affine ? image.dims() : new int[] {shape.dim(1), shape.dim(2), shape.dim(3)};
        Shape kept = Shape.of(count, each[0], each[1], each[2]);
        HostArray few = HostArray.zeros(kept, weight.dtype());
        weight.copyTo(0, few, 0, kept.size());
        return Optional.of(few);
      }
    }
    return Optional.empty();
  }
}
