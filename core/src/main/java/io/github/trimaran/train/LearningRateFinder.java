package io.github.trimaran.train;

import io.github.trimaran.data.BatchSource;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Model;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The learning-rate range test (Smith 2017, "Cyclical learning rates for training neural networks",
 * section 3.3): some steps of training whose rate grows from very small to very large. The loss
 * first stays, then falls, then rises; a good rate is where it falls most steeply.
 *
 * <pre>{@code
 * LearningRateFinder.Curve curve = LearningRateFinder
 *     .of(model, rate -> new Adam(model.parameters(), rate))
 *     .run(Batches.shuffled(training, 50, rng));
 * Optimizer adam = new Adam(model.parameters(), curve.suggestion());
 * }</pre>
 *
 * <p>The rate of step i of n is {@code low (high / low)^(i / (n - 1))}. Losses are smoothed by a
 * running mean, {@code s = 0.95 s + 0.05 loss}, divided by {@code 1 - 0.95^(i + 1)} so that it does
 * not begin too low. The test ends early once that is over four times its least. Afterwards the
 * model has the values that it had before.
 */
public final class LearningRateFinder {

  private static final double SMOOTHING = 0.95;
  private static final double WORSE = 4;

  /**
   * One step of the test.
   *
   * @param rate it was taken with
   * @param loss of its batch, before it
   * @param smoothed the running mean of the losses
   */
  public record Point(double rate, double loss, double smoothed) {}

  /**
   * What the test found.
   *
   * @param points in order, rates rising
   */
  public record Curve(List<Point> points) {

    /** Keeps a copy. */
    public Curve {
      points = List.copyOf(points);
    }

    /**
     * The rate at which the smoothed loss falls most steeply over the logarithm of the rate, before
     * its least.
     *
     * @throws IllegalStateException if the loss never fell: the rates began too high, or there is
     *     nothing to learn
     */
    public double suggestion() {
      int least = 0;
      for (int i = 1; i < points.size(); i++) {
        least = points.get(i).smoothed() < points.get(least).smoothed() ? i : least;
      }
      int steepest = -1;
      double slope = 0;
      // Over two steps, so that the noise of one does not decide.
      for (int i = 1; i < Math.min(least + 1, points.size() - 1); i++) {
        double rise = points.get(i + 1).smoothed() - points.get(i - 1).smoothed();
        if (rise < slope) {
          slope = rise;
          steepest = i;
        }
      }
      if (steepest < 0) {
        throw new IllegalStateException(
            "learning-rate finder: the loss never fell; begin with a smaller rate");
      }
      return points.get(steepest).rate();
    }
  }

  private final Model model;
  private final Function<LearningRate, Optimizer> optimizer;
  private final Function<Optimizer, Trainer.Builder> trainer;
  private double low = 1e-7;
  private double high = 10;
  private int steps = 100;

  private LearningRateFinder(
      Model model,
      Function<LearningRate, Optimizer> optimizer,
      Function<Optimizer, Trainer.Builder> trainer) {
    this.model = model;
    this.optimizer = optimizer;
    this.trainer = trainer;
  }

  /**
   * For a model of classes.
   *
   * @param optimizer makes the optimiser that is to be used, with the rate it is given
   */
  public static LearningRateFinder of(Layer model, Function<LearningRate, Optimizer> optimizer) {
    return of(model, Supervised.classification(), optimizer);
  }

  /** For a model of any form. */
  public static <M extends Model> LearningRateFinder of(
      M model, Objective<? super M> objective, Function<LearningRate, Optimizer> optimizer) {
    return new LearningRateFinder(
        model, optimizer, made -> Trainer.builder(model, made, objective).quiet());
  }

  /** The same between these rates; first 1e-7 and 10. */
  public LearningRateFinder between(double lowest, double highest) {
    if (!(lowest > 0 && lowest < highest && Double.isFinite(highest))) {
      throw new IllegalArgumentException(
          "learning-rate finder: rates must rise from above 0, are " + lowest + " and " + highest);
    }
    LearningRateFinder copy = copy();
    copy.low = lowest;
    copy.high = highest;
    return copy;
  }

  /** The same with at most that many steps; first 100. */
  public LearningRateFinder steps(int most) {
    if (most < 3) {
      throw new IllegalArgumentException(
          "learning-rate finder: needs at least 3 steps, is " + most);
    }
    LearningRateFinder copy = copy();
    copy.steps = most;
    return copy;
  }

  private LearningRateFinder copy() {
    LearningRateFinder copy = new LearningRateFinder(model, optimizer, trainer);
    copy.low = low;
    copy.high = high;
    copy.steps = steps;
    return copy;
  }

  /** Trains on the first batches of a source, and puts the model back as it was. */
  public Curve run(BatchSource batches) {
    StateDict before = model.stateDict();
    Collector collector = new Collector();
    double factor = Math.pow(high / low, 1.0 / (steps - 1));
    try (Optimizer made = optimizer.apply(LearningRate.exponential(low, factor))) {
      int epochs = (steps - 1) / batches.perEpoch() + 1;
      trainer.apply(made).rng(Rng.seeded(0)).listener(collector).build().fit(batches, epochs);
    } catch (DivergedException e) {
      // What was asked: how high is too high.
      collector.ended = true;
    } catch (IOException e) {
      throw new IllegalStateException("learning-rate finder: " + e.getMessage(), e);
    } finally {
      model.loadStateDict(before);
    }
    return new Curve(collector.points);
  }

  private final class Collector implements Listener {

    private final List<Point> points = new ArrayList<>();
    private double mean;
    private double least = Double.POSITIVE_INFINITY;
    private boolean ended;

    @Override
    public void onStep(StepRecord step) {
      mean = SMOOTHING * mean + (1 - SMOOTHING) * step.loss();
      double smoothed = mean / (1 - Math.pow(SMOOTHING, points.size() + 1.0));
      points.add(new Point(step.learningRate(), step.loss(), smoothed));
      least = Math.min(least, smoothed);
      ended = points.size() == steps || smoothed > WORSE * least;
    }

    @Override
    public boolean wantsToStop() {
      return ended;
    }
  }
}
