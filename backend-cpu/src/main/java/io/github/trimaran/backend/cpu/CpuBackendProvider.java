package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.BackendUnavailableException;

/** Registers the pure-Java backend as {@code cpu}. */
public final class CpuBackendProvider implements BackendProvider {

  /** For {@link java.util.ServiceLoader}. */
  public CpuBackendProvider() {}

  @Override
  public String name() {
    return "cpu";
  }

  @Override
  public String description() {
    return "pure Java, no native code";
  }

  @Override
  public Backend<?> create(BackendOptions options) {
    if (!options.device().equals("cpu")) {
      throw new BackendUnavailableException(
          "backend 'cpu' has no device '"
              + options.device()
              + "'; use --device cpu or another backend");
    }
    return new CpuBackend(options);
  }
}
