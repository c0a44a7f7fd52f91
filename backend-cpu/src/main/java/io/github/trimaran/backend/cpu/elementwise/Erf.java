package io.github.trimaran.backend.cpu.elementwise;

/**
 * The error function by rational approximations (Cody 1969, "Rational Chebyshev approximations for
 * the error function", with the coefficients of his program CALERF), within two units of the last
 * place. The coefficients keep the digits that he printed, though a double holds fewer.
 */
@SuppressWarnings("FloatingPointLiteralPrecision")
final class Erf {

  /** From there on the complement is below half a unit of the last place of 1. */
  private static final double ONE = 6;

  private static final double SMALL = 0.46875;

  private static final double[] A = {
    1.85777706184603153e-1,
    3.16112374387056560,
    1.13864154151050156e2,
    3.77485237685302021e2,
    3.20937758913846947e3
  };

  private static final double[] B = {
    1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3
  };

  private static final double[] C = {
    2.15311535474403846e-8,
    5.64188496988670089e-1,
    8.88314979438837594,
    6.61191906371416295e1,
    2.98635138197400131e2,
    8.81952221241769090e2,
    1.71204761263407058e3,
    2.05107837782607147e3,
    1.23033935479799725e3
  };

  private static final double[] D = {
    1,
    1.57449261107098347e1,
    1.17693950891312499e2,
    5.37181101862009858e2,
    1.62138957456669019e3,
    3.29079923573345963e3,
    4.36261909014324716e3,
    3.43936767414372164e3,
    1.23033935480374942e3
  };

  private Erf() {}

  static double erf(double x) {
    double size = Math.abs(x);
    if (size <= SMALL) {
      double square = x * x;
      return x * polynomial(A, square) / polynomial(B, square);
    }
    if (!(size < ONE)) {
      return Math.signum(x);
    }
    double complement = Math.exp(-size * size) * polynomial(C, size) / polynomial(D, size);
    return Math.copySign(1 - complement, x);
  }

  /** By Horner's rule; the coefficient of the highest power comes first. */
  private static double polynomial(double[] coefficients, double x) {
    double sum = coefficients[0];
    for (int i = 1; i < coefficients.length; i++) {
      sum = sum * x + coefficients[i];
    }
    return sum;
  }
}
