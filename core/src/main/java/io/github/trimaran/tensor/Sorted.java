package io.github.trimaran.tensor;

/**
 * Values in order, and where they came from:
 *
 * <pre>{@code
 * Sorted best = logits.topK(5, -1);
 * Tensor scores = best.values();
 * Tensor classes = best.indices();
 * }</pre>
 *
 * @param values along the axis they were sorted by; gradients go back to where each came from
 * @param indices INT64, of the same shape: the places along that axis
 */
public record Sorted(Tensor values, Tensor indices) {}
