package io.github.trimaran.backend;

/**
 * How exactly a backend computes with FLOAT32 arrays. FLOAT64 is always computed in full.
 *
 * <pre>{@code
 * BackendOptions options = BackendOptions.defaults().withPrecision(Precision.FULL);
 * }</pre>
 */
public enum Precision {

  /** As the type says, 24 bits of mantissa. */
  FULL,

  /**
   * A backend may convolve in bfloat16, with sums in float32, and keep the images that result in
   * bfloat16 (8 bits of mantissa, the exponents of float32) through normalisation, activation and
   * pooling, as PyTorch's {@code autocast} does. Parameters, their gradients, sums and losses stay
   * float32, and all arrays are still called FLOAT32. It is a permission: where it would not be
   * faster a backend computes in full, and {@link BackendInfo#kernels} says which.
   */
  MIXED
}
