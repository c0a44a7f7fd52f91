package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The cluster that the script of the documentation starts: a master and two workers. */
record ScriptedCluster(Process script, String master) implements AutoCloseable {

  /** Started with that in its environment. */
  static ScriptedCluster start(Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bin/standalone-cluster", System.getProperty("java.class.path"));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    Process script = builder.start();
    String master =
        new BufferedReader(new InputStreamReader(script.getInputStream(), StandardCharsets.UTF_8))
            .readLine();
    assertThat(master).startsWith("spark://127.0.0.1:");
    return new ScriptedCluster(script, master);
  }

  /** The script ends what it started. */
  @Override
  public void close() throws InterruptedException {
    script.destroy();
    script.waitFor();
  }
}
