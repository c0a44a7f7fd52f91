package io.github.trimaran.backend.cpu.kernels;

import io.github.trimaran.backend.BackendUnavailableException;

/**
 * Chooses the kernels once, when the backend starts: those for the Vector API where its module is
 * present and the processor has SIMD registers of at least 128 bits, else those in plain Java.
 */
public final class KernelChoice {

  /** The system property that forces {@code vector} or {@code scalar} kernels. */
  static final String PROPERTY = "trimaran.cpu.kernels";

  private static final String MODULE = "jdk.incubator.vector";
  private static final String REMEDY = "start java with --add-modules " + MODULE;

  private KernelChoice() {}

  /**
   * The kernels that the property asks for, or the best.
   *
   * @throws BackendUnavailableException if the property asks for something else or what is not
   *     there
   */
  public static Kernels choose() {
    String wanted = System.getProperty(PROPERTY, "auto");
    return switch (wanted) {
      case "scalar" -> new ScalarKernels("asked for");
      case "vector" -> {
        if (!hasModule()) {
          throw new BackendUnavailableException(
              "cpu: " + PROPERTY + "=vector, but the module is missing: " + REMEDY);
        }
        yield loadVectorKernels();
      }
      case "auto" ->
          hasModule() ? loadVectorKernels() : new ScalarKernels("no Vector API: " + REMEDY);
      default ->
          throw new BackendUnavailableException(
              "cpu: " + PROPERTY + " must be auto, vector or scalar, is " + wanted);
    };
  }

  private static boolean hasModule() {
    return ModuleLayer.boot().findModule(MODULE).isPresent();
  }

  private static Kernels loadVectorKernels() {
    try {
      return Class.forName(KernelChoice.class.getPackageName() + ".VectorKernels")
          .asSubclass(Kernels.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new BackendUnavailableException(
          "cpu: the Vector API kernels do not load: "
              + e
              + "; -D"
              + PROPERTY
              + "=scalar avoids them",
          e);
    }
  }
}
