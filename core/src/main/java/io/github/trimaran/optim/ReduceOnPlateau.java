package io.github.trimaran.optim;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A learning rate that falls when validation no longer gets better, as PyTorch's {@code
 * ReduceLROnPlateau} has it.
 *
 * <pre>{@code
 * ReduceOnPlateau plateau = new ReduceOnPlateau(0.1).patience(5);
 * Optimizer sgd = new Sgd(model.parameters(), plateau.warmUp(500));
 * Trainer trainer = Trainer.builder(model, sgd).validation(batches).plateau(plateau).build();
 * }</pre>
 *
 * <p>Somebody has to tell it how validations went: the trainer, which has to be given it as well as
 * the optimiser has, or {@link #observe} in a loop of your own. Without, it stays as it is.
 *
 * <p>It falls to {@code factor} times itself once more than {@code patience} observations in a row
 * were not better than the best. Better means below {@code best * (1 - threshold)}, or above {@code
 * best * (1 + threshold)} when {@link #maximizing}. Factor 0.1, patience 10, threshold 1e-4,
 * cooldown 0, smallest rate 0 unless they are set. What it has seen is its {@link #state}.
 */
public final class ReduceOnPlateau implements LearningRate {

  /** Changes of the rate smaller than this are not made. */
  private static final double EPSILON = 1e-8;

  private static final String RATE = "rate";
  private static final String BEST = "best";
  private static final String BAD = "bad";
  private static final String COOLING = "cooling";

  private double factor = 0.1;
  private int patience = 10;
  private double threshold = 1e-4;
  private boolean absolute;
  private boolean maximizing;
  private int cooldown;
  private double smallest;

  private double rate;
  private double best = Double.POSITIVE_INFINITY;
  private int bad;
  private int cooling;

  /** Beginning with that rate. */
  public ReduceOnPlateau(double rate) {
    Settings.requirePositive("learning rate:", rate);
    this.rate = rate;
  }

  private ReduceOnPlateau changed(Consumer<ReduceOnPlateau> change) {
    ReduceOnPlateau copy = new ReduceOnPlateau(rate);
    copy.factor = factor;
    copy.patience = patience;
    copy.threshold = threshold;
    copy.absolute = absolute;
    copy.maximizing = maximizing;
    copy.cooldown = cooldown;
    copy.smallest = smallest;
    change.accept(copy);
    return copy;
  }

  /** The same falling to another multiple of itself, below 1. */
  public ReduceOnPlateau factor(double value) {
    Settings.requireFraction("reduce on plateau: factor", value);
    return changed(copy -> copy.factor = value);
  }

  /** The same putting up with that many observations in a row that are not better. */
  public ReduceOnPlateau patience(int observations) {
    Settings.requireNotNegative("reduce on plateau: patience", observations);
    return changed(copy -> copy.patience = observations);
  }

  /** The same asking for that part of the best as improvement. */
  public ReduceOnPlateau threshold(double value) {
    Settings.requireNotNegative("reduce on plateau: threshold", value);
    return changed(
        copy -> {
          copy.threshold = value;
          copy.absolute = false;
        });
  }

  /** The same asking for that much improvement, however large the best is. */
  public ReduceOnPlateau absoluteThreshold(double value) {
    Settings.requireNotNegative("reduce on plateau: threshold", value);
    return changed(
        copy -> {
          copy.threshold = value;
          copy.absolute = true;
        });
  }

  /** The same not counting that many observations after a fall. */
  public ReduceOnPlateau cooldown(int observations) {
    Settings.requireNotNegative("reduce on plateau: cooldown", observations);
    return changed(copy -> copy.cooldown = observations);
  }

  /** The same never falling below that rate. */
  public ReduceOnPlateau smallestRate(double value) {
    Settings.requireNotNegative("reduce on plateau: smallest rate", value);
    return changed(copy -> copy.smallest = value);
  }

  /** The same for what should get larger, such as an accuracy. */
  public ReduceOnPlateau maximizing() {
    return changed(copy -> copy.maximizing = true);
  }

  /** The present rate, at any step. */
  @Override
  public double at(long step) {
    return rate;
  }

  /** Takes note of a validation's loss, or of whatever should get better. */
  public void observe(double metric) {
    // What should get larger is turned round, so that less is better.
    double value = maximizing ? -metric : metric;
    double share = maximizing ? 1 + threshold : 1 - threshold;
    if (value < (absolute ? best - threshold : best * share)) {
      best = value;
      bad = 0;
    } else {
      bad++;
    }
    if (cooling > 0) {
      cooling--;
      bad = 0;
    }
    if (bad > patience) {
      double lower = Math.max(rate * factor, smallest);
      rate = rate - lower > EPSILON ? lower : rate;
      cooling = cooldown;
      bad = 0;
    }
  }

  /** The present rate, and what it has seen. */
  public StateDict state() {
    Map<String, HostArray> values = new LinkedHashMap<>();
    values.put(RATE, scalar(rate));
    values.put(BEST, scalar(best));
    values.put(BAD, scalar(bad));
    values.put(COOLING, scalar(cooling));
    return StateDict.of(values);
  }

  private static HostArray scalar(double value) {
    return HostArray.of(new double[] {value}, Shape.scalar());
  }

  /**
   * Goes on from a saved state.
   *
   * @throws IllegalArgumentException listing everything missing and unexpected
   */
  public void restore(StateDict state) {
    Map<String, Shape> expected = new LinkedHashMap<>();
    state().arrays().forEach((name, array) -> expected.put(name, array.shape()));
    state.requireMatch("reduce on plateau", expected);
    rate = state.get(RATE).get(0);
    best = state.get(BEST).get(0);
    bad = (int) state.get(BAD).get(0);
    cooling = (int) state.get(COOLING).get(0);
  }
}
