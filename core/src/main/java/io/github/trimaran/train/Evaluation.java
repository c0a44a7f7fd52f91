package io.github.trimaran.train;

import java.util.Arrays;

/** How well a model does on some samples. */
public final class Evaluation {

  private final double loss;
  private final long samples;
  private final long[][] confusion;

  Evaluation(double loss, long samples, long[][] confusion) {
    this.loss = loss;
    this.samples = samples;
    this.confusion = confusion;
  }

  /** The mean loss of a sample, without regularisation. */
  public double loss() {
    return loss;
  }

  /** How many samples there were. */
  public long samples() {
    return samples;
  }

  /** Whether classes were predicted; else only the loss means something. */
  public boolean isClassification() {
    return confusion.length > 0;
  }

  /** How many classes there are. */
  public int classes() {
    return confusion.length;
  }

  /** How many samples were put into the right class. */
  public long correct() {
    long correct = 0;
    for (int k = 0; k < confusion.length; k++) {
      correct += confusion[k][k];
    }
    return correct;
  }

  /** The part of the samples put into the right class; NaN without classes or samples. */
  public double accuracy() {
    return isClassification() ? (double) correct() / samples : Double.NaN;
  }

  /** The part of each class's samples put into it; NaN for a class without samples. */
  public double[] perClassAccuracy() {
    double[] accuracy = new double[confusion.length];
    for (int k = 0; k < accuracy.length; k++) {
      accuracy[k] = (double) confusion[k][k] / Arrays.stream(confusion[k]).sum();
    }
    return accuracy;
  }

  /** The confusion matrix: {@code [k][p]} counts samples of class k that were taken for p. */
  public long[][] confusion() {
    return Arrays.stream(confusion).map(long[]::clone).toArray(long[][]::new);
  }

  @Override
  public String toString() {
    return "loss " + loss + ", accuracy " + accuracy() + " on " + samples + " samples";
  }
}
