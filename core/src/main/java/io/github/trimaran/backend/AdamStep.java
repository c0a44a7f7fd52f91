package io.github.trimaran.backend;

/**
 * One step of Adam (Kingma and Ba 2015, algorithm 1) or AdamW (Loshchilov and Hutter 2019):
 *
 * <pre>
 * w = w - rate * decay * w
 * m = beta1 * m + (1 - beta1) * g
 * s = beta2 * s + (1 - beta2) * g^2
 * w = w - rate * (m / correction1) / (sqrt(s / correction2) + epsilon)
 * </pre>
 *
 * <pre>{@code
 * AdamStep first = new AdamStep(1e-3, 0.9, 0.999, 1e-8, 0, 1 - 0.9, 1 - 0.999);
 * Updates.adam(parameter, gradient, mean, square, first);
 * }</pre>
 *
 * @param rate the learning rate
 * @param beta1 decay of the mean
 * @param beta2 decay of the mean square
 * @param epsilon against division by 0
 * @param decay decoupled weight decay, 0 for none
 * @param correction1 {@code 1 - beta1^t} at step t, from 1
 * @param correction2 {@code 1 - beta2^t}
 */
public record AdamStep(
    double rate,
    double beta1,
    double beta2,
    double epsilon,
    double decay,
    double correction1,
    double correction2) {}
