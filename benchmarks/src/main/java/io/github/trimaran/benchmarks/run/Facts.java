package io.github.trimaran.benchmarks.run;

import ai.djl.engine.Engine;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.github.trimaran.examples.cli.Version;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;

/** What a result depends on besides the code: the machine, the JVM, the libraries, the commit. */
final class Facts {

  private Facts() {}

  static ObjectNode all() {
    ObjectNode facts = new ObjectMapper().createObjectNode();
    facts.put("trimaran", Version.current());
    facts.put("commit", commit());
    facts.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    ObjectNode machine = facts.putObject("machine");
    machine.put("processor", processor());
    machine.put("cores", Runtime.getRuntime().availableProcessors());
    machine.put("memory_bytes", memory());
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    ObjectNode jvm = facts.putObject("jvm");
    jvm.put("version", System.getProperty("java.runtime.version"));
    jvm.put("name", System.getProperty("java.vm.name"));
    jvm.put("vendor", System.getProperty("java.vendor"));
    ForkFlags.all().forEach(jvm.putArray("flags")::add);
    facts.put("threads", Runtime.getRuntime().availableProcessors());
    ObjectNode versions = facts.putObject("versions");
    versions.put("jmh", version("org.openjdk.jmh/jmh-core"));
    versions.put("djl", Engine.getDjlVersion());
    versions.put("pytorch", property("native/lib/pytorch.properties"));
    versions.put("nd4j", version("org.nd4j/nd4j-api"));
    versions.put("openblas", version("org.bytedeco/openblas"));
    versions.put("dl4j", version("org.deeplearning4j/deeplearning4j-nn"));
    return facts;
  }

  private static String version(String artifact) {
    return property("META-INF/maven/" + artifact + "/pom.properties");
  }

  private static String property(String resource) {
    try (InputStream stream = Facts.class.getClassLoader().getResourceAsStream(resource)) {
      Properties properties = new Properties();
      if (stream != null) {
        properties.load(stream);
      }
      return properties.getProperty("version", "unknown");
    } catch (IOException e) {
      return "unknown";
    }
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    } catch (IOException e) {
      return System.getProperty("os.arch");
    }
  }

  private static long memory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  /** The commit these classes were built from, as far as Git knows; "+" if files were changed. */
  private static String commit() {
    try {
      Path classes =
          Path.of(Facts.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      String directory = (Files.isDirectory(classes) ? classes : classes.getParent()).toString();
      String hash = output(List.of("git", "-C", directory, "rev-parse", "--short=12", "HEAD"));
      if (hash.isEmpty()) {
        return "unknown";
      }
      String changed =
          output(List.of("git", "-C", directory, "status", "--porcelain", "--untracked-files=no"));
      return changed.isEmpty() ? hash : hash + "+";
    } catch (IOException | URISyntaxException e) {
      return "unknown";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "unknown";
    }
  }

  private static String output(List<String> command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return process.waitFor() == 0 ? text.strip() : "";
  }
}
