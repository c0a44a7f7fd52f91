package io.github.trimaran.backend;

/**
 * Which layer of a recurrent network {@link FusedOperations#recurrent} is to compute.
 *
 * <pre>{@code
 * Recurrence both = new Recurrence(Recurrence.Cell.LSTM, "ifgo", Recurrence.Way.BOTH, true);
 * }</pre>
 *
 * <p>A step takes the input x and the state h, and c of an LSTM. Each gate k has its own rows of
 * the weights and biases; with {@code u_k = W_k x + a_k} and {@code v_k = R_k h + b_k}:
 *
 * <pre>
 * TANH   h' = tanh(u_h + v_h)
 * RELU   h' = max(u_h + v_h, 0)
 * GRU    r = sigmoid(u_r + v_r)     z likewise
 *        n = tanh(u_n + r v_n)
 *        h' = (1 - z) n + z h
 * LSTM   i = sigmoid(u_i + v_i)     f, o likewise
 *        g = tanh(u_g + v_g)
 *        c' = f c + i g
 *        h' = o tanh(c')
 * </pre>
 *
 * @param cell what a step does
 * @param gates the letters of the gates in the order of their rows in the weights
 * @param way from which end it starts
 * @param biased whether there are biases
 */
public record Recurrence(Cell cell, String gates, Way way, boolean biased) {

  /** What a step does. */
  public enum Cell {
    /** One gate and a hyperbolic tangent. */
    TANH,
    /** One gate and a ReLU. */
    RELU,
    /** Gated recurrent units. */
    GRU,
    /** Long short-term memory. */
    LSTM
  }

  /** From which end it starts. */
  public enum Way {
    /** From the first step on. */
    FORWARD,
    /** From the last step back. */
    BACKWARD,
    /** Both, with weights of its own for each: forward first. */
    BOTH
  }

  /** How many ways it goes. */
  public int directions() {
    return way == Way.BOTH ? 2 : 1;
  }

  /** How many arrays a state has. */
  public int states() {
    return cell == Cell.LSTM ? 2 : 1;
  }

  /** How many arrays of weights each direction has. */
  public int weights() {
    return biased ? 4 : 2;
  }
}
