package io.github.trimaran.tensor;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The values of indices and labels. Only the backend sees them while it works: which one was wrong,
 * and where, is looked for, on the host, once it has refused one. So all backends give one error,
 * and what is right costs nothing.
 *
 * <pre>{@code
 * try {
 *   Tensor vectors = weight.indexSelect(0, tokens);
 * } catch (IndexOutOfBoundsException e) {
 *   Indices.Outside wrong = Indices.firstOutside(tokens, 10_000).orElseThrow(() -> e);
 *   throw new IllegalArgumentException("token " + wrong + " is none of the words", e);
 * }
 * }</pre>
 */
public final class Indices {

  private Indices() {}

  /**
   * A value that is out of range; as text {@code 7 at [0, 1]}.
   *
   * @param value the index or label
   * @param position where in the indices it stands, one number an axis
   */
  public record Outside(long value, List<Integer> position) {

    @Override
    public String toString() {
      return position.isEmpty() ? Long.toString(value) : value + " at " + position;
    }
  }

  /** The first value, in row-major order, that is not from 0 to {@code bound - 1}. */
  public static Optional<Outside> firstOutside(Tensor indices, int bound) {
    long[] values = indices.toLongs();
    return IntStream.range(0, values.length)
        .filter(i -> values[i] < 0 || values[i] >= bound)
        .mapToObj(i -> new Outside(values[i], position(indices, i)))
        .findFirst();
  }

  private static List<Integer> position(Tensor indices, int element) {
    return Arrays.stream(indices.shape().position(element)).boxed().toList();
  }

  /**
   * Runs what reads the indices.
   *
   * @param what they are of which operation: {@code "gather: index"}
   * @param operands whose shapes the error tells
   * @throws IndexOutOfBoundsException if one is not from 0 to {@code bound - 1}, saying which and
   *     where
   */
  static <T> T inRange(
      String what, Tensor indices, int bound, Supplier<T> reading, Tensor... operands) {
    try {
      return reading.get();
    } catch (IndexOutOfBoundsException e) {
      Outside wrong = firstOutside(indices, bound).orElseThrow(() -> e);
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
