package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.BackendUnavailableException;

/** Finds and starts the backend {@code nd4j}. This class refers to none of ND4J's. */
public final class Nd4jBackendProvider implements BackendProvider {

  /** For {@link java.util.ServiceLoader}. */
  public Nd4jBackendProvider() {}

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public String description() {
    return "ND4J's native library on the CPU: oneDNN convolutions, OpenBLAS products";
  }

  @Override
  public Backend<?> create(BackendOptions options) {
    if (!options.device().equals("cpu")) {
      throw new BackendUnavailableException(
          "backend nd4j runs on the device cpu only, not '"
              + options.device()
              + "': its library for CUDA is not part of this project");
    }
    try {
      return Engine.start(options.threads());
    } catch (LinkageError | RuntimeException e) {
      throw new BackendUnavailableException("backend nd4j cannot run here: " + reason(e), e);
    }
  }

  /** One line: what is missing, and the way out where we know it. */
  private static String reason(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String platform = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    if (root instanceof ClassNotFoundException || root instanceof NoClassDefFoundError) {
      return "a jar is missing (no class " + root.getMessage() + "); add org.nd4j:nd4j-native";
    }
    if (root instanceof UnsatisfiedLinkError || failure instanceof LinkageError) {
      return "its native library does not load on "
          + platform
          + " (there are libraries for Linux, Windows and macOS on x86_64 only): "
          + firstLine(root);
    }
    return firstLine(root) + " (on " + platform + ")";
  }

  private static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    int end = message.indexOf('\n');
    String line = end < 0 ? message : message.substring(0, end).strip();
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : line;
  }
}
