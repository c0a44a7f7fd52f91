package io.github.trimaran.data;

/**
 * Eigenvalues and eigenvectors of a small symmetric matrix by Jacobi's rotations (Golub and Van
 * Loan, "Matrix Computations", section 8.5): simple, and accurate for all eigenvalues.
 *
 * @param values in no order
 * @param vectors column i belongs to value i; orthonormal
 */
record SymmetricEigen(double[] values, double[][] vectors) {

  private static final int MOST_SWEEPS = 100;

  /** Decomposes {@code matrix}, of which it takes a copy. */
  static SymmetricEigen of(double[][] matrix) {
    int n = matrix.length;
    double[][] a = new double[n][];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      a[i] = matrix[i].clone();
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 1e-30 * diagonal(a); sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q);
        }
      }
    }
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = a[i][i];
    }
    return new SymmetricEigen(values, v);
  }

  /** Makes {@code a[p][q]} zero. */
  private static void rotate(double[][] a, double[][] v, int p, int q) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    int n = a.length;
    for (int k = 0; k < n; k++) {
      double left = a[k][p];
      double right = a[k][q];
      a[k][p] = c * left - s * right;
      a[k][q] = s * left + c * right;
    }
    for (int k = 0; k < n; k++) {
      double upper = a[p][k];
      double lower = a[q][k];
      a[p][k] = c * upper - s * lower;
      a[q][k] = s * upper + c * lower;
      double left = v[k][p];
      double right = v[k][q];
      v[k][p] = c * left - s * right;
      v[k][q] = s * left + c * right;
    }
  }

  private static double offDiagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        sum += a[i][j] * a[i][j];
      }
    }
    return sum;
  }

  private static double diagonal(double[][] a) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i][i] * a[i][i];
    }
    return sum;
  }
}
