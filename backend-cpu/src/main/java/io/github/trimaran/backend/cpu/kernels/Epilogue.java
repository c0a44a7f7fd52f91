package io.github.trimaran.backend.cpu.kernels;

/**
 * What is done with an element of a product before it is stored.
 *
 * @param bias a {@code float[]} or {@code double[]} to add, or null
 * @param perRow whether the bias is indexed by row (of the batch's matrices one after the other),
 *     else by column
 * @param relu whether negative results become 0
 */
public record Epilogue(Object bias, boolean perRow, boolean relu) {

  /** Stores the product as it is. */
  public static final Epilogue NONE = new Epilogue(null, false, false);

  /** The same for the transposed product. */
  public Epilogue transposed() {
    return bias == null ? this : new Epilogue(bias, !perRow, relu);
  }
}
