package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the script of the documentation says when there will be no cluster. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Tag("one-jdk")
class StandaloneScriptTest {

  @TempDir private Path folder;

  private String run(String java, String classPath) throws IOException, InterruptedException {
    Path program = Files.createDirectories(folder.resolve("bin")).resolve("java");
    Files.writeString(program, "#!/bin/sh\n" + java);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder builder = new ProcessBuilder("bin/standalone-cluster", classPath, "1");
    builder.environment().put("JAVA_HOME", folder.toString());
    Process script = builder.redirectErrorStream(true).start();
    String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(script.waitFor()).isEqualTo(2);
    return said;
  }

  @Test
  void classPathsWithoutSparkAreRefused() throws Exception {
    assertThat(run("exit 1", "application.jar"))
        .isEqualTo(
            "standalone-cluster: CLASSPATH has no spark-core among its jars; see"
                + " docs/guide/scaling.md\n");
  }

  /** A master that waits, and workers that miss a class: no address is given. */
  @Test
  void workersThatDoNotStartAreTold() throws Exception {
    String java =
        """
        case "$*" in
          *master.Master*) echo 'Starting Spark master at spark://127.0.0.1:1'; exec sleep 60 ;;
          *) echo NoClassDefFoundError; exit 1 ;;
        esac
        """;
    assertThat(run(java, "/jars/spark-core_2.13-4.2.0.jar"))
        .isEqualTo(
            "NoClassDefFoundError\n"
                + "standalone-cluster: worker 1 did not start; does CLASSPATH hold all that Spark"
                + " needs?\n");
  }
}
