package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Recurrence;
import java.util.ArrayList;
import java.util.List;

/** A layer of a recurrent network by its equations, a number at a time. */
final class RecurrentOracle {

  private final Grid input;
  private final List<Grid> weights;
  private final List<Grid> states;
  private final Grid lengths;
  private final Recurrence layer;
  private final int hidden;

  RecurrentOracle(
      Grid input, List<Grid> weights, List<Grid> states, Grid lengths, Recurrence layer) {
    this.input = input;
    this.weights = weights;
    this.states = states;
    this.lengths = lengths;
    this.layer = layer;
    this.hidden = weights.get(1).dim(1);
  }

  /** All h, then the last states. */
  List<Grid> results() {
    int steps = input.dim(0);
    int batch = input.dim(1);
    int ways = layer.directions();
    DType dtype = input.dtype();
    Shape each = Shape.of(ways, batch, hidden);
    Grid output =
        new Grid(Shape.of(steps, ways, batch, hidden), dtype, new double[steps * each.size()]);
    List<Grid> last = new ArrayList<>();
    for (int part = 0; part < layer.states(); part++) {
      last.add(new Grid(each, dtype, states.get(part).values().clone()));
    }
    for (int way = 0; way < ways; way++) {
      boolean backward = way == 1 || layer.way() == Recurrence.Way.BACKWARD;
      for (int n = 0; n < batch; n++) {
        int length = lengths == null ? steps : (int) lengths.at(n);
        for (int i = 0; i < length; i++) {
          int t = backward ? length - 1 - i : i;
          double[] h = new double[hidden];
          double[] c = new double[hidden];
          for (int k = 0; k < hidden; k++) {
            step(way, t, n, k, last, h, c);
          }
          int at = (way * batch + n) * hidden;
          System.arraycopy(h, 0, last.get(0).values(), at, hidden);
          System.arraycopy(h, 0, output.values(), t * each.size() + at, hidden);
          if (layer.states() == 2) {
            System.arraycopy(c, 0, last.get(1).values(), at, hidden);
          }
        }
      }
    }
    List<Grid> results = new ArrayList<>(List.of(output));
    results.addAll(last);
    return results;
  }

  /** The k-th numbers of the next h and c. */
  private void step(int way, int t, int n, int k, List<Grid> last, double[] h, double[] c) {
    double before = last.get(0).at(way, n, k);
    switch (layer.cell()) {
      case TANH -> h[k] = Math.tanh(sum('h', way, t, n, k, last));
      case RELU -> h[k] = Math.max(sum('h', way, t, n, k, last), 0);
      case GRU -> {
        double r = FusedOracles.sigmoid(sum('r', way, t, n, k, last));
        double z = FusedOracles.sigmoid(sum('z', way, t, n, k, last));
        double ofState = ofState('n', way, n, k, last);
        h[k] = (1 - z) * Math.tanh(ofInput('n', way, t, n, k) + r * ofState) + z * before;
      }
      case LSTM -> {
        double i = FusedOracles.sigmoid(sum('i', way, t, n, k, last));
        double f = FusedOracles.sigmoid(sum('f', way, t, n, k, last));
        double g = Math.tanh(sum('g', way, t, n, k, last));
        double o = FusedOracles.sigmoid(sum('o', way, t, n, k, last));
        c[k] = f * last.get(1).at(way, n, k) + i * g;
        h[k] = o * Math.tanh(c[k]);
      }
    }
  }

  private double sum(char gate, int way, int t, int n, int k, List<Grid> last) {
    return ofInput(gate, way, t, n, k) + ofState(gate, way, n, k, last);
  }

  private Grid weight(int way, int which) {
    return weights.get(way * layer.weights() + which);
  }

  private double ofInput(char gate, int way, int t, int n, int k) {
    int row = layer.gates().indexOf(gate) * hidden + k;
    double sum = layer.biased() ? weight(way, 2).at(row) : 0;
    for (int d = 0; d < input.dim(2); d++) {
      sum += weight(way, 0).at(row, d) * input.at(t, n, d);
    }
    return sum;
  }

  private double ofState(char gate, int way, int n, int k, List<Grid> last) {
    int row = layer.gates().indexOf(gate) * hidden + k;
    double sum = layer.biased() ? weight(way, 3).at(row) : 0;
    for (int j = 0; j < hidden; j++) {
      sum += weight(way, 1).at(row, j) * last.get(0).at(way, n, j);
    }
    return sum;
  }
}
