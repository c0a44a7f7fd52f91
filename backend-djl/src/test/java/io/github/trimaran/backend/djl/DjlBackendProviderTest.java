package io.github.trimaran.backend.djl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.backend.Backends;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Selection, facts, and what is said where the engine cannot run. */
class DjlBackendProviderTest {

  /** Asks for the backend in a process of its own and prints the error. */
  static final class Ask {

    private Ask() {}

    /** Asks. */
    public static void main(String[] arguments) {
      try {
        Backends.get("djl");
        System.out.println("started");
      } catch (BackendUnavailableException e) {
        System.out.println("unavailable: " + e.getMessage());
      }
    }
  }

  @Test
  void saysWhatItRunsOn() {
    BackendInfo info = Backends.get("djl", new BackendOptions(2, "cpu")).info();
    assertThat(info.name()).isEqualTo("djl");
    assertThat(info.threads()).isEqualTo(2);
    assertThat(info.versions()).containsKeys("djl", "pytorch", "jni");
    assertThat(info.kernels()).contains("PyTorch");
  }

  @Test
  void refusesDevicesThatAreNotThere() {
    DjlBackendProvider provider = new DjlBackendProvider();
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> provider.create(new BackendOptions(1, "tpu")))
        .withMessage("djl: unknown device 'tpu'; there is cpu, and gpu where PyTorch finds one");
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> provider.create(new BackendOptions(1, "gpu")))
        .withMessageContaining("djl: PyTorch finds no GPU");
  }

  @Test
  void saysThatTheJarsAreAbsent(@TempDir Path cache) throws Exception {
    assertThat(ask(cache, jar -> !jar.contains("djl" + File.separator + "api")))
        .contains("unavailable: djl: class ai.djl.")
        .contains("add ai.djl.pytorch:pytorch-engine")
        .hasLineCount(1);
  }

  @Test
  void saysThatTheNativesAreAbsent(@TempDir Path cache) throws Exception {
    assertThat(ask(cache, jar -> !jar.contains("pytorch-native")))
        .contains("unavailable: djl: PyTorch's natives for")
        .contains("add ai.djl.pytorch:pytorch-native-cpu")
        .hasLineCount(1);
  }

  @Test
  void saysThatTheNativesCannotBeUnpacked(@TempDir Path cache) throws Exception {
    Path file = Files.createFile(cache.resolve("file"));
    assertThat(ask(file.resolve("cache"), jar -> true))
        .contains("unavailable: djl: PyTorch's natives cannot be unpacked (" + file)
        .contains("DJL_CACHE_DIR")
        .hasLineCount(1);
  }

  /** OpenMP itself tells what it was given, and so that it came before PyTorch was loaded. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void waitingThreadsSleepSoonUnlessTheUserSaysOtherwise() throws Exception {
    assertThat(environment(Map.of())).contains("GOMP_SPINCOUNT = '1000'");
    assertThat(environment(Map.of("GOMP_SPINCOUNT", "7"))).contains("GOMP_SPINCOUNT = '7'");
    assertThat(environment(Map.of("OMP_WAIT_POLICY", "ACTIVE")))
        .doesNotContain("GOMP_SPINCOUNT = '1000'")
        .contains("OMP_WAIT_POLICY = 'ACTIVE'");
  }

  /** What OpenMP says of its settings in a process with these variables. */
  private static String environment(Map<String, String> variables) throws Exception {
    ProcessBuilder builder = asking(List.of(), jar -> true);
    builder.environment().keySet().removeAll(List.of("GOMP_SPINCOUNT", "OMP_WAIT_POLICY"));
    builder.environment().putAll(variables);
    builder.environment().put("OMP_DISPLAY_ENV", "VERBOSE");
    return output(builder);
  }

  private static String ask(Path cache, Predicate<String> kept)
      throws IOException, InterruptedException {
    return output(asking(List.of("-DDJL_CACHE_DIR=" + cache, "-DENGINE_CACHE_DIR=" + cache), kept));
  }

  private static ProcessBuilder asking(List<String> options, Predicate<String> kept) {
    String path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    String classPath =
        Arrays.stream(path.split(File.pathSeparator))
            .filter(kept)
            .collect(Collectors.joining(File.pathSeparator));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED"); // or the JVM adds lines of its own
    }
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, Ask.class.getName()));
    return new ProcessBuilder(command).redirectErrorStream(true);
  }

  private static String output(ProcessBuilder builder) throws IOException, InterruptedException {
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output.strip();
  }
}
