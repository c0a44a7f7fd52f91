package io.github.trimaran.benchmarks.cost;

/**
 * What a piece of work takes at least.
 *
 * @param operations floating-point operations; a multiply-add counts two
 * @param bytes read from and written to memory if every operand moves once
 */
public record Cost(double operations, double bytes) {

  /** Both together. */
  public Cost plus(Cost other) {
    return new Cost(operations + other.operations, bytes + other.bytes);
  }

  /** That many times. */
  public Cost times(double count) {
    return new Cost(count * operations, count * bytes);
  }

  /** Operations for each byte. */
  public double intensity() {
    return operations / bytes;
  }

  /**
   * The product {@code [m, k] x [k, n]}: {@code 2 m k n} operations.
   *
   * @param width bytes of an element
   */
  public static Cost product(double m, double k, double n, int width) {
    return new Cost(2 * m * k * n, width * (m * k + k * n + m * n));
  }

  /** One pass over arrays of that many elements, reading and writing so many of them. */
  public static Cost pass(double elements, int operations, int arrays, int width) {
    return new Cost(operations * elements, arrays * elements * width);
  }
}
