package io.github.trimaran.examples.training;

import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.FilterPicture;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.History;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A training that is over.
 *
 * @param name of the run
 * @param history what happened
 * @param train how well the network does on the training images
 * @param testOneView how well it does on the test images as they are
 * @param weights it ended with
 * @param tested what it made of each test image
 */
public record TrainedRun(
    String name,
    History history,
    Evaluation train,
    Evaluation testOneView,
    StateDict weights,
    TestedImages tested) {

  /** How well it does on the test images, scored as the network's recipe has it. */
  public Evaluation test() {
    return tested.found();
  }

  /** Its entry in {@code result.json}. */
  public Run toRun() {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("train_accuracy", train.accuracy());
    metrics.put("test_accuracy", test().accuracy());
    metrics.put("test_accuracy_one_view", testOneView.accuracy());
    metrics.put("test_size", test().samples());
    EpochRecord last = history.last();
    if (last != null) {
      metrics.put("final_loss", last.loss());
      metrics.put("seconds", last.seconds());
      metrics.put("images_per_second", last.samplesPerSecond());
    }
    Map<String, List<Double>> courses = new LinkedHashMap<>();
    courses.put("loss", course(EpochRecord::loss));
    courses.put("train_accuracy", course(EpochRecord::accuracy));
    courses.put("val_accuracy", course(EpochRecord::validationAccuracy));
    courses.put("step_loss", history.losses());
    return new Run(name, metrics, courses).ofNetwork(weights);
  }

  /**
   * The same with what it got wrong; examples of that are written into the folder.
   *
   * @param sheet the file of examples: {@link TestedImages#SHEET} where the result is of one run
   */
  public Run toRun(Path folder, String sheet) throws IOException {
    return toRun().with(tested.metrics(folder, sheet));
  }

  /** Draws the filters of the first convolution; false if there is none. */
  public boolean drawFilters(Path file) throws IOException {
    Optional<BufferedImage> picture = FilterPicture.ofFirst(weights);
    if (picture.isPresent()) {
      Pictures.writePng(file, picture.get());
    }
    return picture.isPresent();
  }

  /** The loss of each epoch; of each step where there was one epoch. */
  public List<Double> losses() {
    return history.epochs().size() > 1 ? course(EpochRecord::loss) : history.losses();
  }

  /** Draws {@link #losses}. */
  public void drawLoss(Path file) throws IOException {
    String x = history.epochs().size() > 1 ? "epoch" : "step";
    Charts.lines(file, "Loss", x, "loss", Map.of("training", losses()));
  }

  /** The accuracy of each epoch, on training images and on validation images if there were any. */
  public Map<String, List<Double>> accuracies() {
    Map<String, List<Double>> accuracies = new LinkedHashMap<>();
    accuracies.put("training", course(EpochRecord::accuracy));
    List<Double> validation = course(EpochRecord::validationAccuracy);
    if (!validation.isEmpty()) {
      accuracies.put("validation", validation);
    }
    return accuracies;
  }

  private List<Double> course(ToDoubleFunction<EpochRecord> value) {
    return history.epochs().stream().mapToDouble(value).filter(Double::isFinite).boxed().toList();
  }
}
