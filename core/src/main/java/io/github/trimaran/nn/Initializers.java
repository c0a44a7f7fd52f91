package io.github.trimaran.nn;

import io.github.trimaran.array.Shape;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * The usual first values of parameters. {@code fanIn} and {@code fanOut} are how many inputs each
 * output sees and how many outputs each input reaches: {@code D} and {@code M} for the weight
 * {@code [M, D]} of an affine map, {@code C KH KW} and {@code F KH KW} for the weight {@code [F, C,
 * KH, KW]} of a convolution.
 *
 * <pre>{@code
 * Layer conv = new Conv2d(3, 32, 7).weightInit(Initializers.heNormal());
 * }</pre>
 */
public final class Initializers {

  private Initializers() {}

  /** All 0. */
  public static Initializer zeros() {
    return constant(0);
  }

  /** All 1. */
  public static Initializer ones() {
    return constant(1);
  }

  /** All the same. */
  public static Initializer constant(double value) {
    return (shape, rng) -> fill(shape, () -> value);
  }

  /** Normal with mean 0. */
  public static Initializer normal(double std) {
    return (shape, rng) -> fill(shape, () -> std * rng.nextGaussian());
  }

  /** Normal with mean 0, drawn again where beyond two standard deviations {@code std}. */
  public static Initializer truncatedNormal(double std) {
    return (shape, rng) ->
        fill(
            shape,
            () -> {
              double value = rng.nextGaussian();
              while (Math.abs(value) > 2) {
                value = rng.nextGaussian();
              }
              return std * value;
            });
  }

  /** Uniform in {@code [-bound, bound)}. */
  public static Initializer uniform(double bound) {
    return (shape, rng) -> fill(shape, () -> rng.nextDouble(-bound, bound));
  }

  /**
   * Uniform with bound {@code sqrt(6 / (fanIn + fanOut))} (Glorot and Bengio 2010, equation 16).
   */
  public static Initializer xavierUniform() {
    return (shape, rng) ->
        uniform(Math.sqrt(6.0 / (fanIn(shape) + fanOut(shape)))).draw(shape, rng);
  }

  /** Normal with the same variance, {@code 2 / (fanIn + fanOut)}. */
  public static Initializer xavierNormal() {
    return (shape, rng) -> normal(Math.sqrt(2.0 / (fanIn(shape) + fanOut(shape)))).draw(shape, rng);
  }

  /**
   * Normal with variance {@code 2 / fanIn}, for layers before ReLU (He et al. 2015, section 2.2).
   */
  public static Initializer heNormal() {
    return (shape, rng) -> normal(Math.sqrt(2.0 / fanIn(shape))).draw(shape, rng);
  }

  /** Uniform with the same variance: bound {@code sqrt(6 / fanIn)}. */
  public static Initializer heUniform() {
    return (shape, rng) -> uniform(Math.sqrt(6.0 / fanIn(shape))).draw(shape, rng);
  }

  /**
   * PyTorch's default for weights: uniform with bound {@code 1 / sqrt(fanIn)}. (It is written there
   * as Kaiming uniform with a = sqrt(5), which comes to this.)
   */
  public static Initializer torchDefault() {
    return (shape, rng) -> uniform(1 / Math.sqrt(fanIn(shape))).draw(shape, rng);
  }

  /**
   * The identity, as far as the shape allows: output channel {@code i} starts as a copy of input
   * channel {@code i}; further output channels are as {@link #torchDefault} has them (Zagoruyko and
   * Komodakis 2017, "DiracNets"). For convolution weights of odd size.
   */
  public static Initializer dirac() {
    return (shape, rng) -> {
      double[] values = torchDefault().draw(shape, rng);
      int perFilter = shape.size() / shape.dim(0);
      int window = shape.dim(2) * shape.dim(3);
      int copied = Math.min(shape.dim(0), shape.dim(1));
      Arrays.fill(values, 0, copied * perFilter, 0);
      int centre = shape.dim(2) / 2 * shape.dim(3) + shape.dim(3) / 2;
      for (int i = 0; i < copied; i++) {
        values[i * perFilter + i * window + centre] = 1;
      }
      return values;
    };
  }

  /** How many inputs each output sees. */
  public static int fanIn(Shape weight) {
    requireWeight(weight);
    return weight.dim(1) * window(weight);
  }

  /** How many outputs each input reaches. */
  public static int fanOut(Shape weight) {
    requireWeight(weight);
    return weight.dim(0) * window(weight);
  }

  private static int window(Shape weight) {
    int window = 1;
    for (int axis = 2; axis < weight.rank(); axis++) {
      window *= weight.dim(axis);
    }
    return window;
  }

  private static void requireWeight(Shape weight) {
    if (weight.rank() < 2) {
      throw new IllegalArgumentException(
          "initialiser: only weights of two axes or more have a fan, shape is " + weight);
    }
  }

  private static double[] fill(Shape shape, DoubleSupplier next) {
    double[] values = new double[shape.size()];
    Arrays.setAll(values, i -> next.getAsDouble());
    return values;
  }
}
