package io.github.trimaran.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DataFolderTest {

  @Test
  void whatIsGivenComesFirstThenTheVariableThenTheCache() {
    Map<String, String> set = Map.of("TRIMARAN_DATA", "/named");
    assertThat(root(Path.of("given"), set, "Linux")).isEqualTo(Path.of("given"));
    assertThat(root(null, set, "Linux")).isEqualTo(Path.of("/named"));
    assertThat(root(null, Map.of("TRIMARAN_DATA", " "), "Linux"))
        .isEqualTo(Path.of("/ada/.cache/trimaran"));
  }

  @Test
  void everySystemHasItsOwnCacheFolder() {
    assertThat(root(null, Map.of("XDG_CACHE_HOME", "/caches"), "Linux"))
        .isEqualTo(Path.of("/caches/trimaran"));
    assertThat(root(null, Map.of("XDG_CACHE_HOME", "relative"), "Linux"))
        .isEqualTo(Path.of("/ada/.cache/trimaran"));
    assertThat(root(null, Map.of(), "Mac OS X")).isEqualTo(Path.of("/ada/Library/Caches/trimaran"));
    assertThat(root(null, Map.of(), "Windows 11"))
        .isEqualTo(Path.of("/ada/AppData/Local/trimaran"));
    assertThat(root(null, Map.of("LOCALAPPDATA", "/local"), "Windows 11"))
        .isEqualTo(Path.of("/local/trimaran"));
  }

  private static Path root(Path given, Map<String, String> environment, String system) {
    return DataFolder.of(given, environment, "/ada", system).root();
  }
}
