package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What may be added to a network's recipe, each found useful by somebody and to be measured here by
 * {@code ablate}. What is null is as the recipe has it.
 *
 * <pre>{@code
 * Experiment refined = experiment.refined(Refinements.NONE.hardest(0.5).freshNorms(5_000));
 * }</pre>
 *
 * @param smoothing of the labels, 0 to 1
 * @param momentum of Muon
 * @param newtonSchulz steps of Muon
 * @param lookahead whether slow weights pull the fast ones back, see {@link
 *     io.github.trimaran.optim.Lookahead#growing}
 * @param hardest the share of each batch that trains the network, see {@link
 *     io.github.trimaran.train.HardestExamples}; 1 for all of it
 * @param freshNorms images that batch norm's statistics are measured on when training is over, see
 *     {@link io.github.trimaran.nn.RunningStatistics}; 0 for those of training
 * @param smallEpochs the share of the epochs, from the first on, that has smaller images, see
 *     {@link io.github.trimaran.data.ProgressiveResizing}; rounded down to whole epochs, 0 for none
 * @param plainEpochs the share of the epochs, the last ones, whose images are only mirrored and
 *     moved, see {@link io.github.trimaran.data.ScheduledBatches}; rounded down to whole epochs, 0
 *     for none
 */
public record Refinements(
    Double smoothing,
    Double momentum,
    Integer newtonSchulz,
    boolean lookahead,
    double hardest,
    int freshNorms,
    double smallEpochs,
    double plainEpochs)
    implements Serializable {

  /** Nothing is added. */
  public static final Refinements NONE = new Refinements(null, null, null, false, 1, 0, 0, 0);

  /** Checks each number by itself; errors name the option that it may come from. */
  public Refinements {
    if (smoothing != null && !(smoothing >= 0 && smoothing <= 1)) {
      throw new InputException("--smoothing: must be 0 to 1, is " + smoothing);
    }
    if (momentum != null && !(momentum >= 0 && momentum < 1)) {
      throw new InputException("--momentum: must be at least 0 and below 1, is " + momentum);
    }
    if (newtonSchulz != null) {
      Experiment.requireAtLeast("--newton-schulz", 1, newtonSchulz);
    }
    if (!(hardest > 0 && hardest <= 1)) {
      throw new InputException("--hardest: must be over 0 and at most 1, is " + hardest);
    }
    Experiment.requireAtLeast("--fresh-norms", 0, freshNorms);
    // Statistics and weights of the end are to be those of whole images.
    if (!(smallEpochs >= 0 && smallEpochs < 1)) {
      throw new InputException("--small-epochs: must be at least 0 and below 1, is " + smallEpochs);
    }
    if (!(plainEpochs >= 0 && plainEpochs <= 1)) {
      throw new InputException("--plain-epochs: must be 0 to 1, is " + plainEpochs);
    }
  }

  /** The same with that share of each batch. */
  public Refinements hardest(double share) {
    return new Refinements(
        smoothing, momentum, newtonSchulz, lookahead, share, freshNorms, smallEpochs, plainEpochs);
  }

  /** The same with statistics of so many images. */
  public Refinements freshNorms(int images) {
    return new Refinements(
        smoothing, momentum, newtonSchulz, lookahead, hardest, images, smallEpochs, plainEpochs);
  }

  /** The same with that share of the epochs on smaller images. */
  public Refinements smallEpochs(double share) {
    return new Refinements(
        smoothing, momentum, newtonSchulz, lookahead, hardest, freshNorms, share, plainEpochs);
  }

  /** The same with that share of the epochs, the last ones, on images that are hardly changed. */
  public Refinements plainEpochs(double share) {
    return new Refinements(
        smoothing, momentum, newtonSchulz, lookahead, hardest, freshNorms, smallEpochs, share);
  }

  /** A recipe's loss with the smoothing asked for. */
  CrossEntropyLoss smoothed(CrossEntropyLoss usual) {
    return smoothing == null ? usual : usual.smoothing(smoothing);
  }

  /** Refuses what belongs to Muon, where something else trains. */
  void requireNothingOfMuon() {
    if (momentum != null || newtonSchulz != null) {
      throw new InputException(
          (momentum != null ? "--momentum" : "--newton-schulz")
              + ": is a setting of the optimizer 'muon' of the networks 'record' and 'record-deep'");
    }
  }

  /** What is added, by option name with underscores. */
  Map<String, Object> settings() {
    Map<String, Object> settings = all();
    settings.values().removeIf(Objects::isNull);
    return settings;
  }

  /** The same with everything that may be added: what is not is null. */
  public Map<String, Object> all() {
    Map<String, Object> settings = new LinkedHashMap<>();
    put(settings, "smoothing", smoothing, null);
    put(settings, "momentum", momentum, null);
    put(settings, "newton_schulz", newtonSchulz, null);
    put(settings, "lookahead", lookahead, false);
    put(settings, "hardest", hardest, 1.0);
    put(settings, "fresh_norms", freshNorms, 0);
    put(settings, "small_epochs", smallEpochs, 0.0);
    put(settings, "plain_epochs", plainEpochs, 0.0);
    return settings;
  }

  private static void put(Map<String, Object> settings, String name, Object value, Object usual) {
    settings.put(name, value == null || value.equals(usual) ? null : value);
  }
}
