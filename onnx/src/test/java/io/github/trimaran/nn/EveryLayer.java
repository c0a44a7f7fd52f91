package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import java.util.List;

/** The layers of core's own tests, for those of this module. */
public final class EveryLayer {

  /** A layer with settings, and an input for it. */
  public record Sample(String name, HostArray input, boolean training) {}

  private EveryLayer() {}

  /** All of them. */
  public static List<Sample> all() {
    return LayerCases.ALL.stream()
        .map(one -> new Sample(one.name(), one.inputValues().to(DType.FLOAT32), one.training()))
        .toList();
  }

  /** The layer of that name, with weights. */
  public static Layer on(String name, Backend<?> backend) {
    return LayerCases.ALL.stream()
        .filter(one -> one.name().equals(name))
        .findFirst()
        .orElseThrow()
        .on(backend, DType.FLOAT32);
  }
}
