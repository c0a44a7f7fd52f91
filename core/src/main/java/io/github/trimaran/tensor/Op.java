package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * How an operation makes its result: checks of its operands, and recording of its derivative rule.
 */
final class Op {

  private Op() {}

  /** A result that no gradient flows through. */
  static Tensor constant(Backend<Object> backend, Object array, Shape shape, DType dtype) {
    return new Tensor(backend, array, shape, dtype, null);
  }

  /** A result, recorded if an operand needs gradients and this thread records. */
  static Tensor record(
      String name, Object array, Shape shape, DType dtype, Rule rule, Tensor... operands) {
    return fused(name, array, shape, dtype, rule, null, operands);
  }

  /**
   * The same for a fused operation; {@code composition} computes its result by recorded primitives.
   */
  static Tensor fused(
      String name,
      Object array,
      Shape shape,
      DType dtype,
      Rule rule,
      Supplier<Tensor> composition,
      Tensor... operands) {
    Backend<Object> backend = operands[0].backend();
    GradFn gradFn = gradFn(name, shape, dtype, rule, composition, operands);
    Tensor output = new Tensor(backend, array, shape, dtype, gradFn, operands);
    return gradFn == null ? output : gradFn.made(output);
  }

  /** A result of {@code a}'s dtype whose array may share the memory of {@code a}'s. */
  static Tensor view(String name, Object array, Shape shape, Rule rule, Tensor a) {
    GradFn gradFn = gradFn(name, shape, a.dtype(), rule, null, a);
    Tensor output = new Tensor(a, array, shape, gradFn);
    return gradFn == null ? output : gradFn.made(output);
  }

  /** What an operation gives that does nothing: the same value, but a tensor of its own. */
  static Tensor alias(Tensor a) {
    return new Tensor(a, a.backend().reshape(a.array(), a.shape()), a.shape(), a.gradFn());
  }

  /** A result, as a tensor of its own where nothing was done with an operand. */
  static Tensor distinct(Tensor result, Tensor... operands) {
    return Arrays.stream(operands).anyMatch(result::sameAs) ? alias(result) : result;
  }

  /** A value made of other operations, differentiated by a rule of its own instead of theirs. */
  static Tensor composed(String name, Tensor value, Rule rule, Tensor... operands) {
    return composed(name, value, rule, null, operands);
  }

  /** The same with a rule that cannot be differentiated again, but what is composed can. */
  static Tensor composed(
      String name, Tensor value, Rule rule, Supplier<Tensor> composition, Tensor... operands) {
    Tensor own = distinct(value, operands);
    GradFn gradFn = gradFn(name, own.shape(), own.dtype(), rule, composition, operands);
    Tensor output = new Tensor(own, gradFn, operands);
    return gradFn == null ? output : gradFn.made(output);
  }

  private static GradFn gradFn(
      String name,
      Shape shape,
      DType dtype,
      Rule rule,
      Supplier<Tensor> composition,
      Tensor... operands) {
    if (!dtype.isFloating() || !GradMode.isRecording()) {
      return null;
    }
    GradFn[] inputs = new GradFn[operands.length];
    boolean any = false;
    for (int i = 0; i < operands.length; i++) {
      inputs[i] = operands[i].gradFn();
      any |= inputs[i] != null;
    }
    return any ? new GradFn(name, shape, dtype, inputs, rule, composition) : null;
  }

  /** Whether what is computed of these will be recorded. */
  static boolean isRecorded(Collection<Tensor> operands) {
    return GradMode.isRecording() && operands.stream().anyMatch(one -> one.gradFn() != null);
  }

  /** A number as an operand beside {@code a}: 0-d, of its dtype and on its backend. */
  static Tensor number(String name, Tensor a, double c) {
    requireNumeric(name, a);
    requireHolds(name, a.dtype(), c);
    return Tensor.scalar(a.backend(), c, a.dtype());
  }

  static void requireFloating(String name, Tensor a) {
    if (!a.dtype().isFloating()) {
      throw new IllegalArgumentException(
          name + ": needs float32 or float64, is " + a.dtype() + " (" + a.shape() + ")");
    }
  }

  static void requireNumeric(String name, Tensor a) {
    if (!a.dtype().isNumeric()) {
      throw new IllegalArgumentException(
          name + ": needs numbers, is " + a.dtype() + " (" + a.shape() + "); cast it first");
    }
  }

  /**
   * Requires that a dtype can hold a number, rounded where it is a float: an integer has no
   * fraction, and what is finite stays so. Truth values take any number.
   */
  static void requireHolds(String name, DType dtype, double number) {
    boolean holds =
        switch (dtype) {
          case FLOAT32 -> Float.isFinite((float) number) || !Double.isFinite(number);
          case INT64 -> number == Math.rint(number) && number >= -0x1p63 && number < 0x1p63;
          case FLOAT64, BOOL -> true;
        };
    if (!holds) {
      throw new IllegalArgumentException(
          name
              + ": "
              + dtype
              + " cannot hold "
              + number
              + "; cast the tensor to "
              + (dtype == DType.INT64 ? "a float type" : "float64")
              + " first");
    }
  }

  static void requireDType(String name, String role, Tensor a, DType dtype) {
    if (a.dtype() != dtype) {
      throw new IllegalArgumentException(
          name + ": " + role + " must be " + dtype + ", is " + a.dtype() + " (" + a.shape() + ")");
    }
  }

  /** The operands' common dtype. */
  static DType commonDType(String name, Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new IllegalArgumentException(
          name
              + ": dtypes "
              + a.dtype()
              + " and "
              + b.dtype()
              + " differ (shapes "
              + a.shape()
              + " and "
              + b.shape()
              + "); cast one of them");
    }
    requireSameBackend(name, a, b);
    return a.dtype();
  }

  static void requireSameBackend(String name, Tensor a, Tensor b) {
    if (a.backend() == b.backend()) {
      return;
    }
    String left = a.backend().info().name();
    String right = b.backend().info().name();
    // Two of one name: a model that is written as ONNX runs on a backend that records it, and meets
    // constants that were made on the one it records for.
    throw new IllegalArgumentException(
        left.equals(right)
            ? name
                + ": operands are on two different backends, both named "
                + left
                + "; make constants on the backend of the input: Tensor.of(x.backend(), ...)"
            : name
                + ": operands are on different backends, "
                + left
                + " and "
                + right
                + "; move one to the backend of the other: a.to(b.backend())");
  }

  static IllegalArgumentException error(String name, String reason, Tensor... operands) {
    return new IllegalArgumentException(name + ": " + reason + " (" + shapes(operands) + ")");
  }

  static String shapes(Tensor... operands) {
    return Arrays.stream(operands).map(a -> a.shape().toString()).collect(Collectors.joining(", "));
  }
}
