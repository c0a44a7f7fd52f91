package io.github.trimaran.backend.cpu.kernels;

/**
 * A matrix somewhere in a Java array:
 *
 * <pre>address(row, column) = offset + rows.at(row) + columns.at(column)</pre>
 *
 * <p>Every plain, transposed, sliced, flipped or broadcast matrix has this form, and so has the
 * im2col matrix of a convolution, whose elements overlap in the image.
 *
 * @param data a {@code float[]} or {@code double[]}
 * @param offset the address of element (0, 0), less both tables' first entries
 * @param rows what the row contributes
 * @param columns what the column contributes
 */
public record Matrix(Object data, int offset, Offsets rows, Offsets columns) {

  /** A row-major matrix without gaps. */
  public static Matrix dense(Object data, int offset, int rows, int columns) {
    return new Matrix(data, offset, Offsets.linear(rows, columns), Offsets.linear(columns, 1));
  }

  /** The matrix with rows and columns exchanged; nothing moves. */
  public Matrix transposed() {
    return new Matrix(data, offset, columns, rows);
  }

  /** The same matrix further on in the Java array. */
  public Matrix shifted(int distance) {
    return distance == 0 ? this : new Matrix(data, offset + distance, rows, columns);
  }

  /** The number of rows. */
  public int height() {
    return rows.size();
  }

  /** The number of columns. */
  public int width() {
    return columns.size();
  }

  /** The address of an element. */
  int address(int row, int column) {
    return offset + rows.at(row) + columns.at(column);
  }
}
