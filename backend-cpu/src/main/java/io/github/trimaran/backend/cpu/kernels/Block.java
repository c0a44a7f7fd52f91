package io.github.trimaran.backend.cpu.kernels;

/**
 * A part of a matrix product {@code C = A B}: rows {@code m0 .. m1 - 1} and columns {@code n0 .. n1
 * - 1} of C, summed over {@code k0 .. k1 - 1}.
 *
 * @param a {@code [M, K]}
 * @param b {@code [K, N]}
 * @param c where to store it, {@code [M, N]}
 * @param epilogue what to do before
 * @param biasStart the entry of the bias for row, or column, 0
 * @param adds whether what C holds is the beginning of the sums
 */
public record Block(
    Matrix a,
    Matrix b,
    Matrix c,
    Epilogue epilogue,
    int biasStart,
    int m0,
    int m1,
    int n0,
    int n1,
    int k0,
    int k1,
    boolean adds) {

  int rows() {
    return m1 - m0;
  }

  int columns() {
    return n1 - n0;
  }
}
