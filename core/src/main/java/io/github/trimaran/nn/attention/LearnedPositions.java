package io.github.trimaran.nn.attention;

import io.github.trimaran.array.Shape;
import io.github.trimaran.nn.Form;
import io.github.trimaran.nn.Initializer;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.Variable;
import io.github.trimaran.tensor.Tensor;

/**
 * Adds a vector that is learned for each position (Gehring et al. 2017, section 3.1): {@code [T, N,
 * E] -> [T, N, E]}, or {@code [N, T, E]} after {@link #batchFirst}.
 *
 * <pre>{@code
 * Layer positions = new LearnedPositions(64, 128).batchFirst();    // up to 64 steps
 * Tensor x = positions.forward(words.forward(tokens, mode), mode);
 * }</pre>
 *
 * <p>The parameter {@code weight [S, E]} is first drawn as an {@link
 * io.github.trimaran.nn.Embedding} is: normal with mean 0 and variance 1.
 */
public final class LearnedPositions extends Layer {

  private final int positions;
  private final int width;
  private final boolean batchFirst;
  private final Initializer init;
  private final Variable weight;

  private LearnedPositions(int positions, int width, boolean batchFirst, Initializer init) {
    if (positions < 1 || width < 1) {
      throw error("positions and width must be at least 1, are " + positions + " and " + width);
    }
    this.positions = positions;
    this.width = width;
    this.batchFirst = batchFirst;
    this.init = init;
    weight = parameter("weight", Parameter.Role.WEIGHT, Shape.of(positions, width), init);
  }

  /** For sequences of up to that many positions, vectors of that width. */
  public LearnedPositions(int positions, int width) {
    this(positions, width, false, Initializers.normal(1));
  }

  /** The same for {@code [N, T, E]}. */
  public LearnedPositions batchFirst() {
    requireNotInitialised("batchFirst");
    return new LearnedPositions(positions, width, true, init);
  }

  /** The same with other first vectors. */
  public LearnedPositions weightInit(Initializer initializer) {
    requireNotInitialised("weightInit");
    return new LearnedPositions(positions, width, batchFirst, initializer);
  }

  /** {@code [S, E]}. */
  public Variable weight() {
    return weight;
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    int steps = Positions.steps(kind(), x.shape(), width, batchFirst);
    if (steps > positions) {
      throw error(
          "there are "
              + positions
              + " positions, input "
              + x.shape()
              + " has "
              + steps
              + " steps; shorten it, or make more positions");
    }
    return Positions.added(x, weight.tensor().narrow(0, 0, steps), batchFirst);
  }

  @Override
  protected String describe() {
    return positions + ", " + width + (batchFirst ? ", batch first" : "");
  }

  @Override
  public Form form() {
    return Form.of("positions", positions)
        .with("width", width)
        .with("batch_first", batchFirst, false);
  }
}
