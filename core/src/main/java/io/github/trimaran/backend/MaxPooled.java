package io.github.trimaran.backend;

/**
 * What max pooling gives.
 *
 * @param values the maxima, {@code [N, C, OH, OW]}
 * @param indices where they lie, INT64 {@code [N, C, OH, OW]}, see {@link Backend#maxPool2dIndices}
 * @param <A> the array type
 */
public record MaxPooled<A>(A values, A indices) {}
