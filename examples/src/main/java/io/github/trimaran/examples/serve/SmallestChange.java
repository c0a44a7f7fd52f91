package io.github.trimaran.examples.serve;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.Arrays;
import java.util.Optional;

/**
 * The smallest change of a picture that turns a network's answer: DeepFool (Moosavi-Dezfooli, Fawzi
 * and Frossard 2016, algorithm 2) with pixels kept between 0 and 255. Each step goes to the nearest
 * border between the answer k and another class j as if scores were linear,
 *
 * <pre>
 * x += (s_k - s_j) / |w|^2 * w,   w = grad s_j - grad s_k
 * </pre>
 *
 * and in the end straight back as far as the answer stays turned, in whole grey levels.
 */
final class SmallestChange {

  private static final int MOST_STEPS = 50;

  /** A little beyond the border, for borders are not straight. */
  private static final double OVERSHOOT = 1.02;

  private static final int ROUNDS = 3;
  private static final float WHITE = 255;

  private final Layer network;
  private final Shape image;
  private final int classes;
  private final float[] low;
  private final float[] high;

  /**
   * For a network.
   *
   * @param image {@code [C, H, W]}
   */
  SmallestChange(Layer network, Normalization normalization, Shape image, int classes) {
    this.network = network;
    this.image = image;
    this.classes = classes;
    low = new float[image.size()];
    high = new float[image.size()];
    Arrays.fill(high, WHITE);
    normalization.apply(low, 0, image);
    normalization.apply(high, 0, image);
  }

  /**
   * A picture that the network takes for something else.
   *
   * @param pixels whole numbers from 0 to 255, of the image's shape
   * @param from class of the picture given
   * @param to class of this one
   * @param distance the root of the summed squares of the changes, in pixels from black to white
   */
  record Found(HostArray pixels, int from, int to, double distance) {}

  /** The change for pixels from 0 to 255; empty if 50 steps do not turn the answer. */
  Optional<Found> of(HostArray pixels) {
    double[] start = rounded(pixels.toDoubles());
    double[] at = start.clone();
    int from = -1;
    for (int step = 0; step < MOST_STEPS; step++) {
      Slopes slopes = slopes(at);
      int answer = best(slopes.scores);
      from = step == 0 ? answer : from;
      if (answer != from) {
        return Optional.of(backTowards(start, at, from));
      }
      if (!move(at, slopes, from)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Scores {@code [classes]} and their gradients by pixel, {@code [classes][pixels]}. */
  private record Slopes(double[] scores, double[][] gradients) {}

  private Slopes slopes(double[] at) {
    double[][] same = new double[classes][];
    Arrays.fill(same, at);
    try (Scope scope = Scope.open("the slopes of all scores");
        GradMode on = GradMode.enable()) {
      Tensor x = input(same).requiresGrad();
      Tensor scores = network.forward(x);
      // The k-th of the equal pictures gives the slopes of the k-th score.
      Tensor own = Tensor.eye(network.backend(), classes, network.dtype());
      HostArray slopes = Gradients.of(scores.mul(own).sum(), x).get(x).toHost();
      double[][] gradients = new double[classes][at.length];
      for (int k = 0; k < classes; k++) {
        for (int i = 0; i < at.length; i++) {
          gradients[k][i] = slopes.get(k * at.length + i) * (high[i] - low[i]) / WHITE;
        }
      }
      return new Slopes(scores.toHost().row(0).toDoubles(), gradients);
    }
  }

  /** One step; whether there was any way to go. */
  private static boolean move(double[] at, Slopes slopes, int from) {
    double nearest = Double.POSITIVE_INFINITY;
    double[] way = null;
    for (int j = 0; j < slopes.scores.length; j++) {
      double[] w = new double[at.length];
      double squares = 0;
      for (int i = 0; i < w.length; i++) {
        w[i] = slopes.gradients[j][i] - slopes.gradients[from][i];
        if ((at[i] <= 0 && w[i] < 0) || (at[i] >= WHITE && w[i] > 0)) {
          w[i] = 0;
        }
        squares += w[i] * w[i];
      }
      double gap = slopes.scores[from] - slopes.scores[j];
      if (j != from && squares > 0 && gap / Math.sqrt(squares) < nearest) {
        nearest = gap / Math.sqrt(squares);
        double length = OVERSHOOT * (gap + 1e-3) / squares;
        way = Arrays.stream(w).map(slope -> length * slope).toArray();
      }
    }
    for (int i = 0; way != null && i < at.length; i++) {
      at[i] = Math.max(0, Math.min(WHITE, at[i] + way[i]));
    }
    return way != null;
  }

  /** The nearest to the start on the straight line, in whole grey levels. */
  private Found backTowards(double[] start, double[] turned, int from) {
    double kept = 0;
    double width = 1;
    Found found = null;
    // Rounded to grey levels the turned picture may turn back: then a little further.
    for (double reach = 1; found == null && reach < 4; reach *= 1.1) {
      double[] end = between(start, turned, reach);
      int[] answers = answers(new double[][] {end});
      if (answers[0] != from) {
        found = found(start, end, from, answers[0]);
        width = reach;
      }
    }
    if (found == null) {
      throw new IllegalStateException("the answer turns only between two grey levels");
    }
    for (int round = 0; round < ROUNDS; round++) {
      double[][] tried = new double[classes][];
      for (int i = 0; i < classes; i++) {
        tried[i] = between(start, turned, kept + width * (i + 1) / classes);
      }
      int[] answers = answers(tried);
      int first = 0;
      while (first < classes - 1 && answers[first] == from) {
        first++;
      }
      if (answers[first] != from) {
        found = found(start, tried[first], from, answers[first]);
      }
      kept += width * first / classes;
      width /= classes;
    }
    return found;
  }

  private Found found(double[] start, double[] end, int from, int to) {
    double squares = 0;
    float[] pixels = new float[end.length];
    for (int i = 0; i < end.length; i++) {
      pixels[i] = (float) end[i];
      squares += (end[i] - start[i]) * (end[i] - start[i]);
    }
    return new Found(HostArray.of(pixels, image), from, to, Math.sqrt(squares) / WHITE);
  }

  private int[] answers(double[][] pictures) {
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("answers on the way back")) {
      HostArray scores = network.forward(input(pictures)).toHost();
      int[] answers = new int[pictures.length];
      for (int i = 0; i < answers.length; i++) {
        answers[i] = best(scores.row(i).toDoubles());
      }
      return answers;
    }
  }

  private Tensor input(double[][] pictures) {
    int size = image.size();
    float[] values = new float[pictures.length * size];
    for (int n = 0; n < pictures.length; n++) {
      for (int i = 0; i < size; i++) {
        values[n * size + i] = (float) (low[i] + pictures[n][i] / WHITE * (high[i] - low[i]));
      }
    }
    Shape shape = Shape.of(pictures.length, image.dim(0), image.dim(1), image.dim(2));
    return Tensor.of(network.backend(), HostArray.of(values, shape).to(network.dtype()));
  }

  private static double[] between(double[] start, double[] end, double share) {
    double[] between = new double[start.length];
    for (int i = 0; i < between.length; i++) {
      between[i] = start[i] + share * (end[i] - start[i]);
    }
    return rounded(between);
  }

  private static double[] rounded(double[] pixels) {
    double[] rounded = new double[pixels.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = Math.max(0, Math.min(WHITE, Math.rint(pixels[i])));
    }
    return rounded;
  }

  private static int best(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }
}
