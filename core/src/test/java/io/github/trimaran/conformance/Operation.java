package io.github.trimaran.conformance;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * One operation in the three ways the suite knows it. Each gives one or more results.
 *
 * @param backend through the backend interface, no results where the backend does not fuse it; null
 *     for operations that only tensors have
 * @param tensor through tensors; null where tensors have no such operation
 * @param oracle by its definition
 * @param tolerance how exact the first two must be
 */
record Operation<A>(
    BiFunction<Backend<A>, List<A>, List<A>> backend,
    Through tensor,
    Oracle oracle,
    Tolerance tolerance) {

  /** The operation on tensors. */
  @FunctionalInterface
  interface Through {
    List<Tensor> apply(List<Tensor> operands);
  }

  /** The operation by its definition. */
  @FunctionalInterface
  interface Oracle {
    List<Grid> apply(List<Grid> operands);
  }

  /** A backend method of a list of operands. */
  @FunctionalInterface
  interface Method<A> {
    A apply(Backend<A> backend, List<A> operands);
  }

  /** A fused method of a list of operands. */
  @FunctionalInterface
  interface FusedMethod<A> {
    Optional<A> apply(Backend<A> backend, List<A> operands);
  }

  /** An operation on tensors with one result. */
  @FunctionalInterface
  interface OnTensors {
    Tensor apply(List<Tensor> operands);
  }

  /** A definition with one result. */
  @FunctionalInterface
  interface Definition {
    Grid apply(List<Grid> operands);
  }

  /** A primitive: one result. */
  static <A> Operation<A> primitive(
      Method<A> backend, OnTensors tensor, Definition oracle, Tolerance tolerance) {
    return new Operation<>(
        (b, x) -> List.of(backend.apply(b, x)), through(tensor), defined(oracle), tolerance);
  }

  /** A fused operation of one result. */
  static <A> Operation<A> fused(
      FusedMethod<A> backend, OnTensors tensor, Definition oracle, Tolerance tolerance) {
    return new Operation<>(
        (b, x) -> backend.apply(b, x).map(List::of).orElse(List.of()),
        through(tensor),
        defined(oracle),
        tolerance);
  }

  /** An operation that tensors compose of others: backends know nothing of it. */
  static <A> Operation<A> composed(OnTensors tensor, Definition oracle, Tolerance tolerance) {
    return new Operation<>(null, through(tensor), defined(oracle), tolerance);
  }

  private static Through through(OnTensors tensor) {
    return tensor == null ? null : x -> List.of(tensor.apply(x));
  }

  private static Oracle defined(Definition oracle) {
    return x -> List.of(oracle.apply(x));
  }
}
