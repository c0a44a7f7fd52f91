package io.github.trimaran.backend;

/**
 * The gradients of batch normalisation.
 *
 * @param input {@code [N, C, H, W]}
 * @param gamma {@code [C]}
 * @param beta {@code [C]}
 * @param <A> the array type
 */
public record BatchNormGrads<A>(A input, A gamma, A beta) {}
