package io.github.trimaran.backend;

/**
 * One step of RMSProp (Hinton 2012, lecture 6e), PyTorch's form:
 *
 * <pre>
 * w = w - rate * decay * w
 * s = alpha * s + (1 - alpha) * g^2
 * v = momentum * v + g / (sqrt(s) + epsilon)       (no v without momentum)
 * w = w - rate * v
 * </pre>
 *
 * <pre>{@code
 * Updates.rmsProp(parameter, gradient, square, null, new RmsPropStep(1e-3, 0.99, 1e-8, 0, 0));
 * }</pre>
 *
 * @param rate the learning rate
 * @param alpha decay of the mean square
 * @param epsilon against division by 0
 * @param momentum 0 for none
 * @param decay decoupled weight decay, 0 for none
 */
public record RmsPropStep(
    double rate, double alpha, double epsilon, double momentum, double decay) {}
