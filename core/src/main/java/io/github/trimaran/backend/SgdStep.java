package io.github.trimaran.backend;

/**
 * One step of stochastic gradient descent, PyTorch's form:
 *
 * <pre>
 * w = w - rate * decay * w              (decoupled weight decay)
 * v = momentum * v + g                  (no v without momentum: v = g)
 * w = w - rate * (nesterov ? g + momentum * v : v)
 * </pre>
 *
 * <pre>{@code
 * Updates.sgd(parameter, gradient, velocity, new SgdStep(0.1, 0.9, true, 5e-4));
 * }</pre>
 *
 * @param rate the learning rate
 * @param momentum 0 for none
 * @param nesterov whether to look ahead
 * @param decay decoupled weight decay, 0 for none
 */
public record SgdStep(double rate, double momentum, boolean nesterov, double decay) {}
