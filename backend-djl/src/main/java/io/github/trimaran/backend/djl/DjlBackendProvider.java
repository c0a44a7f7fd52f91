package io.github.trimaran.backend.djl;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.BackendUnavailableException;

/** Offers PyTorch as the backend {@code djl}. */
public final class DjlBackendProvider implements BackendProvider {

  @Override
  public String name() {
    return "djl";
  }

  @Override
  public String description() {
    return "PyTorch, through DJL (native)";
  }

  @Override
  public Backend<?> create(BackendOptions options) {
    try {
      return new DjlBackend(PyTorch.start(options));
    } catch (NoClassDefFoundError e) {
      throw new BackendUnavailableException(
          "djl: class "
              + e.getMessage().replace('/', '.')
              + " is missing; add ai.djl.pytorch:pytorch-engine and what it depends on to the class"
              + " path",
          e);
    }
  }
}
