package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.Tensor;

/**
 * {@code x} above 0 and {@code weight x} from 0 down, with a slope that is learnt (He et al. 2015,
 * equation 1): any shape for one slope, {@code [N, C, ...]} for one a channel.
 *
 * <pre>{@code
 * Layer one = new PReLU();
 * Layer byChannel = new PReLU(16).firstSlope(0.1);
 * }</pre>
 *
 * <p>Parameter {@code weight [1]} or {@code [C]}, first 0.25.
 */
public final class PReLU extends Layer {

  private final int slopes;
  private final double first;
  private final Variable weight;

  private PReLU(int slopes, double first) {
    if (slopes < 1) {
      throw error("slopes must be at least 1, are " + slopes);
    }
    this.slopes = slopes;
    this.first = first;
    // Like a bias it is not to be drawn towards 0 (He et al. 2015, section 2.1).
    weight =
        parameter("weight", Parameter.Role.BIAS, Shape.of(slopes), Initializers.constant(first));
  }

  /** One slope for all channels. */
  public PReLU() {
    this(1);
  }

  /** A slope for each of that many channels. */
  public PReLU(int channels) {
    this(channels, 0.25);
  }

  /** The same with another first slope. */
  public PReLU firstSlope(double slope) {
    requireNotInitialised("the first slope");
    return new PReLU(slopes, slope);
  }

  /** The slopes. */
  public Variable weight() {
    return weight;
  }

  @Override
  protected String describe() {
    return slopes + (first == 0.25 ? "" : ", first slope " + first);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    Tensor slope = weight.tensor();
    if (slopes > 1) {
      Normalized.requireChannels(this, x, slopes);
      slope = Normalized.perChannel(weight, x);
    }
    return Tensor.where(x.greater(0), x, x.mul(slope));
  }

  @Override
  public Form form() {
    return Form.of("slopes", slopes);
  }
}
