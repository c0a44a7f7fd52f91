package io.github.trimaran.conformance;

import java.util.Arrays;

/** Muon's Newton-Schulz iteration, with loops. */
public final class MuonOracle {

  private MuonOracle() {}

  /** A nearly orthogonal matrix: five steps as they are published. */
  public static double[][] orthogonalised(double[][] matrix) {
    return orthogonalised(matrix, 5);
  }

  public static double[][] orthogonalised(double[][] matrix, int steps) {
    double[][] x = sum(1 / norm(matrix), matrix, 0, matrix);
    for (int i = 0; i < steps; i++) {
      double[][] a = product(x, transposed(x));
      double[][] b = sum(-4.7750, a, 2.0315, product(a, a));
      x = sum(3.4445, x, 1, product(b, x));
    }
    return x;
  }

  private static double norm(double[][] x) {
    return Math.sqrt(
        Arrays.stream(x).flatMapToDouble(Arrays::stream).map(value -> value * value).sum());
  }

  private static double[][] sum(double a, double[][] x, double b, double[][] y) {
    double[][] z = new double[x.length][x[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        z[i][j] = a * x[i][j] + b * y[i][j];
      }
    }
    return z;
  }

  private static double[][] product(double[][] x, double[][] y) {
    double[][] z = new double[x.length][y[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y[0].length; j++) {
        for (int k = 0; k < y.length; k++) {
          z[i][j] += x[i][k] * y[k][j];
        }
      }
    }
    return z;
  }

  private static double[][] transposed(double[][] x) {
    double[][] y = new double[x[0].length][x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x[0].length; j++) {
        y[j][i] = x[i][j];
      }
    }
    return y;
  }
}
