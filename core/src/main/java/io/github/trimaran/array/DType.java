package io.github.trimaran.array;

/**
 * The element types of Trimaran. Operations never convert silently: use a cast.
 *
 * <pre>{@code
 * Tensor mask = labels.eq(3);                        // BOOL
 * double share = mask.to(DType.FLOAT64).mean().item();
 * }</pre>
 */
public enum DType {
  /** IEEE 754 single precision; the default of training. */
  FLOAT32(4),
  /** IEEE 754 double precision; what gradients are checked in. */
  FLOAT64(8),
  /** Signed 64-bit integers: labels and indices. */
  INT64(8),
  /** Truth values: comparisons and masks. */
  BOOL(1);

  private final int bytes;

  DType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one element in memory. */
  public int bytes() {
    return bytes;
  }

  /** Whether derivatives make sense for this type. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** Whether arithmetic makes sense for this type: everything but {@link #BOOL}. */
  public boolean isNumeric() {
    return this != BOOL;
  }

  /** The name as the command line and the files have it: {@code float32}, {@code int64}, ... */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  /**
   * The type of that name.
   *
   * @throws IllegalArgumentException if there is none, naming those there are
   */
  public static DType ofLabel(String label) {
    for (DType type : values()) {
      if (type.label().equals(label)) {
        return type;
      }
    }
    throw new IllegalArgumentException(
        "unknown dtype '" + label + "': expected float32, float64, int64 or bool");
  }

  @Override
  public String toString() {
    return label();
  }
}
