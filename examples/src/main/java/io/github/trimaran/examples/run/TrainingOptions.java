package io.github.trimaran.examples.run;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/**
 * The options of commands that train. One not given is null: the command's or exercise's own
 * choice.
 */
public final class TrainingOptions {

  /** How many training images; null for the default. */
  @Option(names = "--num-training", paramLabel = "N", description = "Training images.")
  public Integer numTraining;

  /** How many validation images; null for the default. */
  @Option(names = "--num-validation", paramLabel = "N", description = "Validation images.")
  public Integer numValidation;

  /** How many test images; null for the default. */
  @Option(names = "--num-test", paramLabel = "N", description = "Test images.")
  public Integer numTest;

  /** How many times through the training images; null for the default. */
  @Option(names = "--epochs", paramLabel = "N", description = "Times through the training images.")
  public Integer epochs;

  /** Images a step; null for the default. */
  @Option(names = "--batch-size", paramLabel = "N", description = "Images a step.")
  public Integer batchSize;

  /** By name; null for the default. */
  @Option(
      names = "--optimizer",
      paramLabel = "NAME",
      description =
          "sgd, nesterov, adam, adamw, nadam, radam, rmsprop, adagrad, adadelta, lion or muon.")
  public String optimizer;

  /** Step size; null for the default. */
  @Option(names = "--learning-rate", paramLabel = "X", description = "The (highest) learning rate.")
  public Double learningRate;

  /** Strength of the L2 regularisation; null for the default. */
  @Option(
      names = "--reg",
      paramLabel = "X",
      description =
          "Regularisation: adds 0.5 X ||w||^2 to the loss; with adamw and lion, the weights decay by"
              + " X apart from it.")
  public Double reg;

  /** Filters of the convolution; null for the default. */
  @Option(names = "--filters", paramLabel = "N", description = "Filters of the convolution.")
  public Integer filters;

  /** Rows and columns of a filter; null for the default. */
  @Option(names = "--filter-size", paramLabel = "N", description = "Rows and columns of a filter.")
  public Integer filterSize;

  /** Neurons of the hidden layer; null for the default. */
  @Option(names = "--hidden", paramLabel = "N", description = "Neurons of the hidden affine layer.")
  public Integer hidden;

  /** Standard deviation of the initial weights; null for the default. */
  @Option(
      names = "--weight-scale",
      paramLabel = "X",
      description = "Standard deviation of the initial weights.")
  public Double weightScale;

  /** By name; null for the default. */
  @Option(
      names = "--network",
      paramLabel = "NAME",
      description =
          "The network: basic, mlp, linear, conv, record, record-deep, squeezenet or"
              + " squeezenet-folded.")
  public String network;

  /** By name; null for the default. */
  @Option(
      names = "--augment",
      paramLabel = "NAME",
      description =
          "The augmentation: none, flip, crop, flip-crop, alternate, full, strong, strong-inside,"
              + " strong-jitter or cutmix.")
  public String augment;

  /** By name; null for the default. */
  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "The learning rate's course: constant, linear, step, multi-step, exponential, polynomial,"
              + " cosine, restarts or one-cycle.")
  public String schedule;

  /** Where to save the trained model; null for nowhere. */
  @Option(names = "--save", paramLabel = "FILE", description = "Save the trained model.")
  public Path save;

  /** What to go on from; null for a fresh start. */
  @Option(names = "--resume", paramLabel = "FILE", description = "Go on from a checkpoint.")
  public Path resume;

  /** Whose weights to start from; null for random ones. */
  @Option(
      names = "--init",
      paramLabel = "FILE",
      description =
          "Start from the weights of a saved model of the same network, to train it further.")
  public Path init;
}
