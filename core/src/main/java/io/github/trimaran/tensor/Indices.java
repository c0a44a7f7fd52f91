package io.github.trimaran.tensor;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The values of indices and labels. Only the backend sees them while it works: which one was wrong
 * is looked for, on the host, once it has refused one. So all backends give one error, and what is
 * right costs nothing.
 *
 * <pre>{@code
 * try {
 *   Tensor vectors = weight.indexSelect(0, tokens);
 * } catch (IndexOutOfBoundsException e) {
 *   long wrong = Indices.firstOutside(tokens, 10_000).orElseThrow(() -> e);
 *   throw new IllegalArgumentException("token " + wrong + " is none of the words", e);
 * }
 * }</pre>
 */
public final class Indices {

  private Indices() {}

  /** The first value, in row-major order, that is not from 0 to {@code bound - 1}. */
  public static OptionalLong firstOutside(Tensor indices, int bound) {
    return Arrays.stream(indices.toLongs()).filter(i -> i < 0 || i >= bound).findFirst();
  }

  /**
   * Runs what reads the indices.
   *
   * @param what they are of which operation: {@code "gather: index"}
   * @param operands whose shapes the error tells
   * @throws IndexOutOfBoundsException if one is not from 0 to {@code bound - 1}, saying which
   */
  static <T> T inRange(
      String what, Tensor indices, int bound, Supplier<T> reading, Tensor... operands) {
    try {
      return reading.get();
    } catch (IndexOutOfBoundsException e) {
      long wrong = firstOutside(indices, bound).orElseThrow(() -> e);
      IndexOutOfBoundsException error =
          new IndexOutOfBoundsException(
              what
                  + " "
                  + wrong
                  + " is "
                  + (bound == 0 ? "outside an empty axis" : "not from 0 to " + (bound - 1))
                  + " ("
                  + Op.shapes(operands)
                  + ")");
      error.initCause(e);
      throw error;
    }
  }
}
