package io.github.trimaran.backend;

/**
 * What batch normalisation gives.
 *
 * @param output {@code [N, C, H, W]}
 * @param mean of the batch, {@code [C]}
 * @param variance of the batch, biased, {@code [C]}
 * @param <A> the array type
 */
public record BatchNormed<A>(A output, A mean, A variance) {}
