package io.github.trimaran.examples.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.io.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the kernel's file lies, as Jupyter's documentation says, and what it holds. */
class KernelSpecTest {

  private static final Path HOME = Path.of("home");

  @TempDir Path folder;

  @Test
  void liesWhereJupyterLooks() {
    assertThat(KernelSpec.folder(Map.of(), HOME, "Linux"))
        .isEqualTo(Path.of("home", ".local", "share", "jupyter"));
    assertThat(KernelSpec.folder(Map.of("XDG_DATA_HOME", "data"), HOME, "Linux"))
        .isEqualTo(Path.of("data", "jupyter"));
    assertThat(KernelSpec.folder(Map.of(), HOME, "Mac OS X"))
        .isEqualTo(Path.of("home", "Library", "Jupyter"));
    assertThat(KernelSpec.folder(Map.of("APPDATA", "roaming"), HOME, "Windows 11"))
        .isEqualTo(Path.of("roaming", "jupyter"));
    assertThat(KernelSpec.folder(Map.of("JUPYTER_DATA_DIR", "own"), HOME, "Linux"))
        .isEqualTo(Path.of("own"));
  }

  @Test
  void holdsTheCommand() throws Exception {
    Path file = KernelSpec.write(folder, List.of("java", "{connection_file}"));
    assertThat(file)
        .isEqualTo(folder.resolve("kernels").resolve("trimaran").resolve("kernel.json"));
    assertThat(Json.parseObject(Files.readAllBytes(file)).array("argv"))
        .isEqualTo(List.of("java", "{connection_file}"));
  }
}
