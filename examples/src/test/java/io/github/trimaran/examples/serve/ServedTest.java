package io.github.trimaran.examples.serve;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of one server that runs as long as they do. */
abstract class ServedTest {

  @TempDir static Path folder;
  static Served served;

  @BeforeAll
  static void serve() throws IOException {
    served = Served.start(folder.resolve("serve"));
  }

  @AfterAll
  static void stop() {
    served.close();
  }
}
