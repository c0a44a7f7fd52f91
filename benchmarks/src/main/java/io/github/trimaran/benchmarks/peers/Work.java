package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;

/** A piece of work that is measured: done, and waited for, when {@link #run} returns. */
@FunctionalInterface
public interface Work {

  /** Does it once. The result depends on the work, so that nobody can leave it out. */
  Object run();

  /**
   * Starts one of our backends.
   *
   * @param name {@code cpu}, {@code cpu-scalar} (its kernels without the Vector API), {@code nd4j},
   *     {@code djl}
   */
  static Backend<?> start(String name) {
    if (name.equals("cpu-scalar")) {
      System.setProperty("trimaran.cpu.kernels", "scalar");
      return Backends.get("cpu");
    }
    if (name.startsWith("peer-")) {
      throw new IllegalArgumentException("this benchmark has no peer '" + name + "'");
    }
    return Backends.get(name);
  }

  /** Peers compute in float32. */
  static void checkDType(String by, DType dtype) {
    if (by.startsWith("peer-") && dtype != DType.FLOAT32) {
      throw new IllegalArgumentException(by + ": peers compute in float32, not " + dtype.label());
    }
  }
}
