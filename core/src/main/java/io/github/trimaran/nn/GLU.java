package io.github.trimaran.nn;

import io.github.trimaran.tensor.Tensor;

/**
 * The gated linear unit: half of an axis, gated by the other half, {@code a sigmoid(b)} (Dauphin et
 * al. 2017). The axis is half as long behind it.
 *
 * <pre>{@code
 * Layer gated = new Sequential(new Linear(32, 128), new GLU());   // [N, 32] -> [N, 64]
 * }</pre>
 */
public final class GLU extends AlongAxis {

  /** Along the last axis. */
  public GLU() {
    this(-1);
  }

  /** Along that axis; a negative one counts from the last. */
  public GLU(int axis) {
    super(axis);
  }

  @Override
  protected Tensor compute(Tensor x, Mode mode) {
    int along = x.shape().axis(kind(), axis);
    int extent = x.shape().dim(along);
    if (extent % 2 != 0) {
      throw error("axis " + axis + " must be of even extent to be halved, input is " + x.shape());
    }
    Tensor gate = x.narrow(along, extent / 2, extent / 2).sigmoid();
    return x.narrow(along, 0, extent / 2).mul(gate);
  }
}
