package io.github.trimaran.backend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.naive.NaiveBackend;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackendsTest {

  /** One provider. */
  public static final class First implements BackendProvider {
    @Override
    public String name() {
      return "first";
    }

    @Override
    public String description() {
      return "plain loops";
    }

    @Override
    public Backend<?> create(BackendOptions options) {
      return new NaiveBackend();
    }
  }

  /** Another, that cannot run here. */
  public static final class Second implements BackendProvider {
    @Override
    public String name() {
      return "second";
    }

    @Override
    public String description() {
      return "needs what is not there";
    }

    @Override
    public Backend<?> create(BackendOptions options) {
      throw new BackendUnavailableException("second: no native library for this platform");
    }
  }

  @TempDir Path folder;

  private final ClassLoader original = Thread.currentThread().getContextClassLoader();
  private final String property = System.getProperty(Backends.PROPERTY);

  @AfterEach
  void restore() {
    Thread.currentThread().setContextClassLoader(original);
    if (property == null) {
      System.clearProperty(Backends.PROPERTY);
    } else {
      System.setProperty(Backends.PROPERTY, property);
    }
  }

  private void register(String... classes) throws IOException {
    Path file = folder.resolve("META-INF/services/" + BackendProvider.class.getName());
    Files.createDirectories(file.getParent());
    Files.write(file, java.util.List.of(classes));
    ClassLoader loader =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader());
    Thread.currentThread().setContextClassLoader(loader);
  }

  @Test
  void findsABackendByName() throws IOException {
    register(First.class.getName(), Second.class.getName());
    assertThat(Backends.get("first")).isInstanceOf(NaiveBackend.class);
    assertThat(Backends.providers())
        .extracting(BackendProvider::name)
        .containsExactly("first", "second");
  }

  @Test
  void anUnknownNameListsWhatIsThere() throws IOException {
    register(Second.class.getName(), First.class.getName());
    assertThatThrownBy(() -> Backends.get("third"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("backend 'third' is not on the class path")
        .hasMessageContaining("there is first, second")
        .hasMessageContaining("io.github.trimaran:trimaran-third");
  }

  @Test
  void withNoneThereIsNone() throws IOException {
    register();
    assertThatThrownBy(() -> Backends.get("cpu")).hasMessageContaining("there is none");
    assertThatThrownBy(Backends::get).hasMessageContaining("there is none");
  }

  @Test
  void neverFallsBackToAnother() throws IOException {
    register(First.class.getName(), Second.class.getName());
    assertThatThrownBy(() -> Backends.get("second"))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessage("second: no native library for this platform");
  }

  @Test
  void theDefaultIsNamedOrTheOnlyOne() throws IOException {
    register(First.class.getName(), Second.class.getName());
    System.clearProperty(Backends.PROPERTY);
    if (System.getenv(Backends.VARIABLE) == null) {
      assertThatThrownBy(Backends::get)
          .hasMessageContaining("choose a backend with -Dtrimaran.backend=NAME")
          .hasMessageContaining("first, second");
    }
    System.setProperty(Backends.PROPERTY, "first");
    assertThat(Backends.get()).isInstanceOf(NaiveBackend.class);
    System.setProperty(Backends.PROPERTY, "third");
    assertThatThrownBy(Backends::get).hasMessageContaining("'third'");
  }

  @Test
  void aBrokenRegistrationDoesNotHideTheOthers() throws IOException {
    register("no.such.Provider", First.class.getName());
    assertThat(Backends.providers()).extracting(BackendProvider::name).containsExactly("first");
  }

  @Test
  void optionsAreChecked() {
    assertThatThrownBy(() -> new BackendOptions(0, "cpu"))
        .hasMessage("threads: must be at least 1, is 0");
    assertThat(BackendOptions.defaults().withThreads(3).threads()).isEqualTo(3);
    BackendOptions mixed = BackendOptions.defaults().withPrecision(Precision.MIXED).withThreads(3);
    assertThat(mixed.precision()).isEqualTo(Precision.MIXED);
    assertThat(new BackendOptions(1, "cpu").precision()).isEqualTo(Precision.FULL);
  }

  @Test
  void infoKeepsItsVersionsInOrder() {
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("java", "17");
    versions.put("a", "1");
    BackendInfo info = new BackendInfo("x", "y", 1, "z", versions);
    versions.clear();
    assertThat(info.versions().keySet()).containsExactly("java", "a");
  }
}
