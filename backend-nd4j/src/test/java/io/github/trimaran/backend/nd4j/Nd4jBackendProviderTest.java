package io.github.trimaran.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.backend.Backends;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;

class Nd4jBackendProviderTest {

  @Test
  void isFoundByNameAndDescribesItself() {
    Backend<?> backend = Backends.get("nd4j", new BackendOptions(2, "cpu"));
    assertThat(backend.info().name()).isEqualTo("nd4j");
    assertThat(backend.info().threads()).isEqualTo(2);
    assertThat(backend.info().kernels()).contains("OpenBLAS");
    assertThat(backend.info().versions()).containsEntry("nd4j", "1.0.0-M2.1");
  }

  @Test
  void refusesAGpu() {
    assertThatThrownBy(() -> new Nd4jBackendProvider().create(new BackendOptions(1, "gpu")))
        .isInstanceOf(BackendUnavailableException.class)
        .hasMessageContaining("'gpu'");
  }

  @Test
  void withoutItsJarsItLoadsAndSaysWhatIsMissing() throws Exception {
    URL own = Nd4jBackendProvider.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader bare = new WithoutNd4j(own)) {
      BackendProvider provider =
          (BackendProvider)
              bare.loadClass(Nd4jBackendProvider.class.getName())
                  .getDeclaredConstructor()
                  .newInstance();
      assertThat(provider.name()).isEqualTo("nd4j");
      assertThatThrownBy(() -> provider.create(BackendOptions.defaults()))
          .isInstanceOf(BackendUnavailableException.class)
          .hasMessageContaining("a jar is missing")
          .hasMessageContaining("org.nd4j:nd4j-native")
          .hasMessageNotContaining("\n");
    }
  }

  /** Sees the backend and core, but nothing of ND4J. */
  private static final class WithoutNd4j extends URLClassLoader {

    private final String own = Nd4jBackendProvider.class.getPackageName() + ".";

    WithoutNd4j(URL... urls) {
      super(urls, Nd4jBackendProvider.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("org.nd4j") || name.startsWith("org.bytedeco")) {
        throw new ClassNotFoundException(name);
      }
      if (name.startsWith(own)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
      return super.loadClass(name, resolve);
    }
  }
}
