package io.github.trimaran.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.backend.Precision;
import java.nio.file.FileSystemException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The running engine, as one backend uses it.
 *
 * @param device where its arrays live
 * @param threads how many compute; PyTorch knows one number for the whole process, the last one set
 * @param features what PyTorch was built with: {@code MKL}, {@code MKLDNN}, {@code OPENMP}, ...
 * @param version PyTorch's
 * @param mixed whether convolutions are in bfloat16: asked for, and fast here
 */
record PyTorch(Device device, int threads, Set<String> features, String version, boolean mixed) {

  // Gradients are recorded above the backend, so PyTorch's recording stays off. Both settings are
  // of threads. Without its optimiser TorchScript runs the same way from the first call on.
  private static final ThreadLocal<Boolean> PREPARED =
      ThreadLocal.withInitial(
          () -> {
            JniUtils.setGradMode(false);
            JniUtils.setGraphExecutorOptimize(false);
            return true;
          });

  /**
   * Starts PyTorch, once in a process.
   *
   * @throws BackendUnavailableException if it does not start, or has not the device asked for
   */
  static PyTorch start(BackendOptions options) {
    setUnlessSet("ai.djl.offline", "true");
    setUnlessSet("OPT_OUT_TRACKING", "true");
    setUnlessSet("ai.djl.pytorch.num_interop_threads", "1");
    // Of slf4j's own logger; a user of another one has it configured.
    setUnlessSet("org.slf4j.simpleLogger.log.ai.djl", "error");
    OpenMp.sleepSoon();
    Engine engine = load();
    Device device = device(engine, options.device());
    JniUtils.setNumThreads(options.threads());
    Set<String> features = JniUtils.getFeatures();
    boolean mixed =
        options.precision() == Precision.MIXED && hasOneDnn(device, features) && Bfloat16.isFast();
    return new PyTorch(device, options.threads(), features, engine.getVersion(), mixed);
  }

  private static void setUnlessSet(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private static Engine load() {
    try {
      return Engine.getEngine("PyTorch");
    } catch (EngineException | LinkageError | IllegalStateException | IllegalArgumentException e) {
      throw new BackendUnavailableException("djl: " + reason(e), e);
    }
  }

  private static String reason(Throwable failure) {
    String platform =
        (System.getProperty("os.name") + " " + System.getProperty("os.arch"))
            .toLowerCase(Locale.ROOT);
    if (PyTorch.class.getResource("/native/lib/pytorch.properties") == null) {
      return "PyTorch's natives for "
          + platform
          + " are not on the class path; add ai.djl.pytorch:pytorch-native-cpu with the classifier"
          + " linux-x86_64, linux-aarch64, osx-aarch64 or win-x86_64";
    }
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    String message = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    if (cause instanceof FileSystemException) {
      return "PyTorch's natives cannot be unpacked ("
          + message
          + "); let DJL_CACHE_DIR name a folder that can be written, with 500 MB left";
    }
    return "PyTorch's natives do not load on " + platform + ": " + message;
  }

  private static Device device(Engine engine, String name) {
    if (name.equals("cpu")) {
      return Device.cpu();
    }
    if (!name.equals("gpu")) {
      throw new BackendUnavailableException(
          "djl: unknown device '" + name + "'; there is cpu, and gpu where PyTorch finds one");
    }
    if (engine.getGpuCount() == 0) {
      throw new BackendUnavailableException(
          "djl: PyTorch finds no GPU: it needs an NVIDIA card with its driver, and a libtorch with"
              + " CUDA (see docs/guide/gpu.md); use the device cpu");
    }
    return Device.gpu();
  }

  /** Prepares the thread that calls in; cheap after its first time. */
  static void enter() {
    PREPARED.get();
  }

  /** Whether matrix products and convolutions can go to oneDNN. */
  boolean hasOneDnn() {
    return hasOneDnn(device, features);
  }

  private static boolean hasOneDnn(Device device, Set<String> features) {
    return device.equals(Device.cpu()) && features.contains("MKLDNN");
  }

  /** A manager for the arrays of one backend. */
  PtNDManager newManager() {
    return (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(device);
  }

  BackendInfo info() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", version);
    versions.put("jni", version + "-" + Engine.getDjlVersion());
    versions.put("java", System.getProperty("java.version"));
    String where = device.isGpu() ? "GPU " + device.getDeviceId() : "CPU";
    String kernels = "PyTorch with " + String.join(", ", features.stream().sorted().toList());
    if (mixed) {
      kernels += "; convolutions in bfloat16";
    }
    return new BackendInfo("djl", where, threads, kernels, versions);
  }
}
