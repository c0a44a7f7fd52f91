package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;

/**
 * Some images with their labels.
 *
 * @param images float32 {@code [B, C, H, W]}, normalised and augmented
 * @param labels int64 {@code [B]}
 * @param targets what a loss compares outputs with: the labels, or each class's share of an image,
 *     float32 {@code [B, K]}
 */
public record Batch(HostArray images, HostArray labels, HostArray targets) {

  /** Images that belong to one class each. */
  public Batch(HostArray images, HostArray labels) {
    this(images, labels, labels);
  }

  /** The number of images, B. */
  public int size() {
    return labels.shape().dim(0);
  }
}
