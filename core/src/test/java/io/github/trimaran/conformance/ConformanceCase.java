package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;

/**
 * One thing that a backend must do.
 *
 * @param method the backend method it is about: {@code conv2d}
 * @param dtype of the floats, or of the values moved
 * @param name the situation: {@code stride 2, remainder 1}
 * @param body throws what an assertion throws, or {@link org.opentest4j.TestAbortedException} if
 *     the backend does not fuse the operation
 */
public record ConformanceCase(String method, DType dtype, String name, Runnable body) {

  /** {@code conv2d/float32/stride 2, remainder 1}. */
  public String id() {
    return method + "/" + dtype + "/" + name;
  }
}
