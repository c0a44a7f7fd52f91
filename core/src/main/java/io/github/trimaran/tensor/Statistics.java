package io.github.trimaran.tensor;

import java.util.Arrays;

/** Reductions composed of sums: mean, spread and norms. */
final class Statistics {

  private Statistics() {}

  /** NaN where there is nothing. */
  static Tensor mean(Tensor a, boolean keepDims, int... axes) {
    Op.requireFloating("mean", a);
    int[] over = Reduce.axesOrAll("mean", a, axes);
    return Reduce.sum(a, keepDims, over).div(count(a, over));
  }

  /** The sum of squared distances from the mean, divided by {@code count - correction}. */
  static Tensor variance(String name, Tensor a, double correction, boolean keepDims, int... axes) {
    Op.requireFloating(name, a);
    int[] over = Reduce.axesOrAll(name, a, axes);
    Tensor distance = a.sub(closeMean(a, over));
    double divisor = Math.max(count(a, over) - correction, 0);
    return Reduce.sum(distance.mul(distance), keepDims, over).div(divisor);
  }

  /**
   * The mean with extents of 1, its rounding made good: what elements lie from it is small, so that
   * their mean is far more exact. The mean of equal numbers is that number, and their variance 0.
   */
  static Tensor closeMean(Tensor a, int... axes) {
    Tensor mean = mean(a, true, axes);
    return mean.add(mean(a.detach().sub(mean.detach()), true, axes));
  }

  /** Where nothing varies, the derivative is 0, as in PyTorch. */
  static Tensor std(Tensor a, double correction, boolean keepDims, int... axes) {
    return root(variance("std", a, correction, keepDims, axes));
  }

  /**
   * {@code (sum |x|^p)^(1/p)}; at the limits of p, the largest, the smallest and the number of
   * values other than 0.
   */
  static Tensor norm(Tensor a, double p, boolean keepDims, int... axes) {
    Op.requireFloating("norm", a);
    Reduce.axesOrAll("norm", a, axes);
    if (p == 2) {
      return root(Reduce.sum(a.mul(a), keepDims, axes));
    } else if (p == 1) {
      return Reduce.sum(a.abs(), keepDims, axes);
    } else if (p == 0) {
      return Reduce.sum(a.ne(0).to(a.dtype()), keepDims, axes);
    } else if (p == Double.POSITIVE_INFINITY) {
      return Reduce.max("norm", a.abs(), keepDims, axes);
    } else if (p == Double.NEGATIVE_INFINITY) {
      return Reduce.min("norm", a.abs(), keepDims, axes);
    }
    return powerNorm(a, p, keepDims, axes);
  }

  /** Its derivative, {@code sign(x) (|x| / norm)^(p - 1)}, is 0 where x is, as in PyTorch. */
  private static Tensor powerNorm(Tensor a, double p, boolean keepDims, int... axes) {
    Op.requireHolds("norm", a.dtype(), p);
    Op.requireHolds("norm", a.dtype(), 1 / p);
    Tensor value = Reduce.sum(a.detach().abs().pow(p), keepDims, axes).pow(1 / p);
    Rule rule =
        Rule.byResult(
            (g, y) -> {
              Tensor norm = Reduce.kept(y, a, axes);
              Tensor ratio = a.abs().div(Tensor.where(norm.eq(0), Tensor.onesLike(norm), norm));
              Tensor share = Tensor.where(a.eq(0), Tensor.onesLike(a), ratio).pow(p - 1);
              return Reduce.kept(g, a, axes).mul(share).mul(a.sign());
            });
    return Op.composed("norm", value, rule, a);
  }

  /** The square root whose derivative at 0 is 0: the value is a length that has no direction. */
  private static Tensor root(Tensor a) {
    Rule rule =
        Rule.byResult(
            (g, y) -> {
              Tensor zero = y.eq(0);
              Tensor divisor = Tensor.where(zero, Tensor.onesLike(y), y);
              return Tensor.where(zero, Tensor.zerosLike(g), g.div(divisor).mul(0.5));
            });
    return Op.composed("sqrt", a.detach().sqrt(), rule, a);
  }

  private static double count(Tensor a, int... over) {
    return Arrays.stream(over).mapToDouble(a.shape()::dim).reduce(1, (m, n) -> m * n);
  }
}
