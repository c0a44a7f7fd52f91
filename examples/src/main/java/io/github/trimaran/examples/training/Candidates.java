package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.RefinementOptions;
import io.github.trimaran.examples.run.TrainingOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

/**
 * Experiments to compare: one as it is, and others that differ from it by some options of the
 * command line.
 *
 * @param names of the experiments: "as it is", then their options, as {@code "augment=cutmix
 *     smoothing=0.1"}
 * @param experiments as many
 */
public record Candidates(List<String> names, List<Experiment> experiments) {

  private static final String BASE = "as it is";

  /** The record's network at half its width, which trains in some minutes. */
  private static final Experiment RECORD =
      Recipe.of(Networks.RECORD)
          .experiment()
          .orElseThrow()
          .network(NetworkChoice.of(Networks.RECORD).filters(32).filterSize(3).hidden(256))
          .training(45_000)
          .validation(5_000);

  /** Of the other networks. */
  private static final Experiment COURSE = Experiment.images(45_000, 5_000, 10_000);

  private static final int QUICK_IMAGES = 1_000;

  /** What may make the record better; the images seen are about as expensive in each. */
  private static final List<String> USUAL =
      List.of(
          "hardest=0.5 batch-size=500 epochs=40",
          "fresh-norms=5000",
          "augment=strong-inside",
          "augment=strong-jitter",
          "augment=cutmix",
          "augment=cutmix smoothing=0.1",
          "smoothing=0.1",
          "lookahead",
          "momentum=0.8",
          "momentum=0.9",
          "newton-schulz=3");

  /** What a candidate may say. */
  @Command(name = "--try")
  private static final class Given {
    @Mixin private TrainingOptions training;
    @Mixin private RefinementOptions refinements;
  }

  /**
   * As the command line has them.
   *
   * @param data the key of the images
   * @param asked what all have in common
   * @param given the options of each; none for the usual ones of the record
   * @throws InputException naming the candidate that cannot be
   */
  public static Candidates of(String data, Asked asked, List<String> given, CommonOptions options) {
    Networks network =
        asked.network().orElse(data.equals("mnist") ? Networks.BASIC : Networks.RECORD);
    Experiment own =
        switch (network) {
          case RECORD -> RECORD;
          case RECORD_DEEP -> RECORD.network(RECORD.network().network(network));
          default -> COURSE;
        };
    Experiment quick =
        own.network(own.network().filters(8)).training(QUICK_IMAGES).validation(500).epochs(2);
    requireFitting("ablate: ", asked);
    Experiment base = asked.over(own, quick);
    if (base.validation() < 1) {
      throw new InputException(
          "--num-validation: must be at least 1 for ablate, which measures on validation images, is "
              + base.validation());
    }
    List<String> tried = given.isEmpty() && !own.equals(COURSE) ? USUAL : given;
    if (tried.isEmpty()) {
      throw new InputException(
          "ablate: nothing to compare; give options of 'train' with --try \"NAME=VALUE ...\"");
    }
    List<String> names = new ArrayList<>(List.of(BASE));
    List<Experiment> experiments = new ArrayList<>(List.of(base));
    for (String text : tried) {
      String name = text.strip().replaceAll("\\s+", " ").replaceAll("(^| )--", "$1");
      if (names.contains(name)) {
        throw new InputException("--try: '" + name + "' is there twice");
      }
      Experiment experiment = over(base, name, options);
      int same = experiments.indexOf(experiment);
      if (same >= 0) {
        throw new InputException(
            "--try '"
                + name
                + "': is the same as '"
                + names.get(same)
                + "'; leave one of them out");
      }
      names.add(name);
      experiments.add(experiment);
    }
    return new Candidates(names, experiments);
  }

  private static Experiment over(Experiment base, String name, CommonOptions options) {
    Given given = new Given();
    try {
      new CommandLine(given)
          .setExpandAtFiles(false)
          .parseArgs(
              Arrays.stream(name.split(" ")).map(word -> "--" + word).toArray(String[]::new));
      Asked asked = new Asked(options, given.training, given.refinements);
      requireFitting("", asked);
      Experiment experiment = asked.over(base, base);
      if (experiment.validation() != base.validation()) {
        throw new InputException("all are measured on the same images");
      }
      if (experiment.training() > base.training()) {
        throw new InputException(
            "--num-training: at most the "
                + base.training()
                + " training images of the base, of which it takes the first; give the base as many");
      }
      if (experiment.equals(base)) {
        throw new InputException("changes nothing");
      }
      return experiment;
    } catch (ParameterException | InputException e) {
      throw new InputException("--try '" + name + "': " + e.getMessage(), e);
    }
  }

  /** Refuses what a comparison does not do; {@code place} begins the line that says so. */
  private static void requireFitting(String place, Asked asked) {
    Training.Files files = asked.files();
    if (files.save() != null || files.resume() != null || files.init() != null) {
      throw new InputException(
          place + "keeps and loads no networks; leave out --save, --resume and --init");
    }
    if (asked.givesTest()) {
      throw new InputException(
          "--num-test: ablate measures on validation images and looks at no test images; see"
              + " --num-validation");
    }
  }

  /** The experiment as it is. */
  public Experiment base() {
    return experiments.get(0);
  }
}
