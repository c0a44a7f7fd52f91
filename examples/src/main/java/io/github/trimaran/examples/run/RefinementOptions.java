package io.github.trimaran.examples.run;

import picocli.CommandLine.Option;

/**
 * The options of commands that train a recipe's network: what may be added to the recipe. One not
 * given is null.
 */
public final class RefinementOptions {

  /** Share of a label that is spread over all classes; null for the recipe's. */
  @Option(
      names = "--smoothing",
      paramLabel = "X",
      description = "Share of each label that is spread over all classes.")
  public Double smoothing;

  /** Muon's momentum; null for the recipe's. */
  @Option(
      names = "--momentum",
      paramLabel = "X",
      description = "Muon's momentum, in the networks 'record' and 'record-deep'.")
  public Double momentum;

  /** Muon's Newton-Schulz steps; null for the usual five. */
  @Option(
      names = "--newton-schulz",
      paramLabel = "N",
      description = "Muon's Newton-Schulz steps, in the networks 'record' and 'record-deep'.")
  public Integer newtonSchulz;

  /** Whether slow weights pull the fast ones back; null for the recipe's. */
  @Option(
      names = "--lookahead",
      arity = "0..1",
      fallbackValue = "true",
      paramLabel = "true|false",
      description =
          "Every five steps, pull the weights back to slow ones that follow them; --lookahead=false"
              + " does without, for instance as a choice of 'ablate'.")
  public Boolean lookahead;

  /** Share of each batch that trains; null for all of it. */
  @Option(
      names = "--hardest",
      paramLabel = "SHARE",
      description =
          "Train by this share of each batch: the images that a small network, trained beside, finds"
              + " hardest.")
  public Double hardest;

  /** Images that batch norm's statistics are measured on in the end; null for none. */
  @Option(
      names = "--fresh-norms",
      paramLabel = "N",
      description =
          "When training is over, measure batch norm's statistics anew on so many training images,"
              + " flipped and cropped only.")
  public Integer freshNorms;

  /** The share of the epochs, from the first on, that has smaller images; null for the recipe's. */
  @Option(
      names = "--small-epochs",
      paramLabel = "SHARE",
      description =
          "Train this share of the epochs, rounded down to whole ones, on images of three quarters"
              + " the height and width, which takes less time. They are the first epochs, and may"
              + " overlap with those of --plain-epochs.")
  public Double smallEpochs;

  /** The share of the epochs, the last ones, on images that are hardly changed; null for none. */
  @Option(
      names = "--plain-epochs",
      paramLabel = "SHARE",
      description =
          "Train this share of the epochs, rounded down to whole ones, as by '--augment alternate':"
              + " on images of which nothing is hidden, mirrored every other epoch, and moved by up to"
              + " two pixels. They are the last epochs, and may overlap with those of"
              + " --small-epochs.")
  public Double plainEpochs;
}
