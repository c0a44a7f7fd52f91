package io.github.trimaran.backend;

import java.util.Map;

/**
 * Facts about a backend in use.
 *
 * <pre>{@code
 * BackendInfo info = backend.info();
 * System.out.println(info.name() + " with " + info.threads() + " threads on " + info.device());
 * }</pre>
 *
 * @param name as {@code --backend} has it: {@code cpu}, {@code nd4j}, {@code djl}
 * @param device what computes, for people: {@code "AMD EPYC, 2 cores"}
 * @param threads how many compute
 * @param kernels which kernels were chosen and why, for people: {@code "Vector API, 512 bits"}
 * @param versions of everything that the numbers may depend on, by name; in order
 */
public record BackendInfo(
    String name, String device, int threads, String kernels, Map<String, String> versions) {

  /** Keeps an ordered, immutable copy of the versions. */
  public BackendInfo {
    versions = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(versions));
  }

  /** {@code cpu on AMD EPYC, 2 cores (2 threads, Vector API, 512 bits)}. */
  @Override
  public String toString() {
    return name
        + " on "
        + device
        + " ("
        + threads
        + " thread"
        + (threads == 1 ? "" : "s")
        + ", "
        + kernels
        + ")";
  }
}
