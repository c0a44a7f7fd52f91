package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;

/**
 * Some images with their labels.
 *
 * @param images float32 {@code [B, C, H, W]}, normalised and augmented
 * @param labels int64 {@code [B]}
 */
public record Batch(HostArray images, HostArray labels) {

  /** The number of images, B. */
  public int size() {
    return labels.shape().dim(0);
  }
}
