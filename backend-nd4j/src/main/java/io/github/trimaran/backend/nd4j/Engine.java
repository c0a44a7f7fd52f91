package io.github.trimaran.backend.nd4j;

import io.github.trimaran.backend.BackendInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas_nolapack;
import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.cpu.nativecpu.bindings.Nd4jCpu;
import org.nd4j.linalg.factory.Nd4j;

/** Starts ND4J, quietly, and says what was started. */
final class Engine {

  private Engine() {}

  static Nd4jBackend start(int threads) {
    if (System.getProperty(ND4JSystemProperties.LOG_INITIALIZATION) == null) {
      System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
    }
    // We divide the work and run the parts on our own threads: ND4J and OpenBLAS get one a call.
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    openblas_nolapack.blas_set_num_threads(1);
    // The library's path names the build: linux-x86_64-onednn.
    boolean oneDnn = String.valueOf(Loader.load(Nd4jCpu.class)).contains("onednn");
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("nd4j", version(Nd4jCpu.class, "org.nd4j/nd4j-native"));
    versions.put("openblas", version(openblas_nolapack.class, "org.bytedeco/openblas"));
    versions.put("java", System.getProperty("java.version"));
    String kernels = oneDnn ? "oneDNN, OpenBLAS" : "OpenBLAS; this build of libnd4j has no oneDNN";
    String device = "cpu, " + System.getProperty("os.arch");
    return new Nd4jBackend(new BackendInfo("nd4j", device, threads, kernels, versions), oneDnn);
  }

  /** The version of a Maven artifact, from its jar. */
  private static String version(Class<?> type, String artifact) {
    String path = "/META-INF/maven/" + artifact + "/pom.properties";
    try (InputStream stream = type.getResourceAsStream(path)) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      throw new UncheckedIOException("nd4j: cannot read " + path, e);
    }
  }
}
