package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code ./trimaran} says before it builds anything, and where a built clone may lie. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final List<String> MODULES =
      List.of("core", "vision", "onnx", "backend-cpu", "examples");

  @TempDir Path folder;
  private Path script;

  private record Answer(int exitCode, String text) {}

  @BeforeEach
  void find() {
    script = Path.of("..", "trimaran").toAbsolutePath().normalize();
    assumeTrue(Files.isExecutable(script), "no launcher beside this module");
  }

  private static Answer run(Path launcher, Map<String, String> environment)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", launcher.toString(), "--help").redirectErrorStream(true);
    return run(builder, environment);
  }

  private static Answer run(ProcessBuilder builder, Map<String, String> environment)
      throws IOException, InterruptedException {
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  @Test
  void flagsThatTheJvmRefusesAreShown() throws Exception {
    Answer answer = run(script, Map.of("TRIMARAN_JAVA_OPTS", "-XX:NoSuchFlag"));
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text())
        .contains("NoSuchFlag")
        .contains("the JVM does not start with TRIMARAN_JAVA_OPTS='-XX:NoSuchFlag'");
  }

  @Test
  void aFolderWithAColonInItsNameIsRefusedWithTheReason() throws Exception {
    Path clone = Files.createDirectory(folder.resolve("a:b"));
    Answer answer = run(Files.copy(script, clone.resolve("trimaran")), Map.of());
    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.text()).contains("a:b").contains("class path by colons").contains("move it");
  }

  @ParameterizedTest
  @CsvSource({
    "train mnist, examples, launcher, ''",
    "train mnist --backend djl, examples, launcher-djl, -Dengine.djl",
    "train mnist --cluster local[2], cluster, launcher-cluster, ''",
    "train mnist --cluster local[2] --backend djl, cluster, launcher-cluster-djl, -Dengine.djl",
    "predict --backend=nd4j --cluster=local[2] 1.png, cluster, launcher-cluster-nd4j, -Dengine.nd4j",
    "exercise 29c --backend all --cluster x, cluster, launcher-cluster-nd4j-djl, -Dengine.nd4j -Dengine.djl",
    "benchmark, benchmarks, launcher-benchmark, -Dengine.nd4j -Dengine.djl",
    "data list --backend djl, examples, launcher, ''"
  })
  void buildsWhatTheCommandNeeds(String words, String leaf, String name, String engines)
      throws Exception {
    Path clone = Files.createDirectory(folder.resolve("unbuilt"));
    Files.copy(script, clone.resolve("trimaran"));
    Path mvn = Files.createDirectory(folder.resolve("bin")).resolve("mvn");
    Files.writeString(mvn, "#!/bin/sh\nprintf '%s\\n' \"$*\"\nexit 1\n");
    assumeTrue(mvn.toFile().setExecutable(true), "no executables can be made here");
    List<String> command = new ArrayList<>(List.of("sh", clone.resolve("trimaran").toString()));
    command.addAll(List.of(words.split(" ")));
    Answer answer =
        run(
            new ProcessBuilder(command).redirectErrorStream(true),
            Map.of("PATH", mvn.getParent() + File.pathSeparator + System.getenv("PATH")));
    assertThat(answer.exitCode()).as(answer.text()).isEqualTo(1);
    assertThat(answer.text())
        .contains(
            "-Dlauncher.classpath=" + name + ".classpath " + engines,
            "-pl " + leaf + " -am process-classes");
    assertThat(answer.text().split("-Dengine", -1).length - 1)
        .isEqualTo(engines.isEmpty() ? 0 : engines.split(" ").length);
  }

  /** A clone that is built: the launcher, and links to what this build has made. */
  private Path clone(String name) throws IOException {
    Path clone = Files.createDirectory(folder.resolve(name));
    for (String module : MODULES) {
      Path classes = script.resolveSibling(module).resolve("target").resolve("classes");
      assumeTrue(Files.isDirectory(classes), "no built classes of " + module);
      Path target = Files.createDirectories(clone.resolve(module).resolve("target"));
      Files.createSymbolicLink(target.resolve("classes"), classes);
    }
    String jars =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(part -> part.endsWith(".jar"))
            .collect(Collectors.joining(File.pathSeparator));
    Path target = clone.resolve("examples").resolve("target");
    Files.writeString(target.resolve("launcher.classpath"), jars);
    Files.createFile(target.resolve("launcher.stamp"));
    Files.createFile(archive(clone)); // empty: it says that none can be made
    Files.copy(script, clone.resolve("trimaran"), StandardCopyOption.COPY_ATTRIBUTES);
    return clone;
  }

  /** The archive of the classes in a clone that was started, for this JVM. */
  private static Path archive(Path clone) {
    int version = Runtime.version().feature();
    return clone.resolve("examples").resolve("target").resolve("launcher-" + version + ".jsa");
  }

  private static void requireHelp(Answer answer) {
    assertThat(answer.exitCode()).as(answer.text()).isZero();
    assertThat(answer.text()).startsWith("Usage: trimaran").contains("exercise");
  }

  @Test
  void aFolderMayHaveSpacesAndSignsInItsName() throws Exception {
    Path clone = clone("my clone's $HOME (1) & more");
    requireHelp(run(clone.resolve("trimaran"), Map.of()));
  }

  @Test
  void linksOnThePathLeadToTheClone() throws Exception {
    Path clone = clone("clone");
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("first"), Path.of("..", "clone", "trimaran"));
    Files.createSymbolicLink(bin.resolve("tri"), bin.resolve("first"));
    ProcessBuilder shell = new ProcessBuilder("sh", "-c", "tri --help");
    shell.directory(folder.toFile()).redirectErrorStream(true);
    requireHelp(run(shell, Map.of("PATH", bin + ":" + System.getenv("PATH"))));
    assertThat(clone.resolve("examples").resolve("target").resolve("launcher.jvm")).exists();
  }

  /** A folder in the place of the file: not even root can write it. */
  @Test
  void aCloneThatCannotBeWrittenToRuns() throws Exception {
    Path clone = clone("read-only");
    Files.createDirectory(clone.resolve("examples").resolve("target").resolve("launcher.jvm"));
    requireHelp(run(clone.resolve("trimaran"), Map.of()));
  }

  @Test
  void theNextStartTakesTheClassesFromAnArchiveThatFits() throws Exception {
    Path clone = clone("shared");
    Files.delete(archive(clone));
    requireHelp(run(clone.resolve("trimaran"), Map.of()));
    assertThat(archive(clone)).isNotEmptyFile();
    assertThat(placesOfClasses(clone)).isNotEmpty().allMatch(s -> s.contains("shared objects"));

    Path other = clone("other");
    Path target = archive(other).getParent();
    Files.copy(archive(clone), archive(other), StandardCopyOption.REPLACE_EXISTING);
    for (String module : MODULES) {
      Path jar = archive(clone).resolveSibling("launcher-" + module + ".jar");
      Files.copy(jar, target.resolve(jar.getFileName()));
    }
    assertThat(placesOfClasses(other)).isNotEmpty().allMatch(s -> s.contains("other"));
  }

  /** Where the JVM says that it had a class of the program from. */
  private List<String> placesOfClasses(Path clone) throws Exception {
    Path loaded = folder.resolve("loaded-" + clone.getFileName());
    String log = "-Xlog:class+load:file=" + loaded;
    requireHelp(run(clone.resolve("trimaran"), Map.of("TRIMARAN_JAVA_OPTS", log)));
    return Files.readAllLines(loaded).stream()
        .filter(line -> line.contains("examples.cli.CompareCommand source:"))
        .toList();
  }

  @Test
  void whereNoArchiveCanBeMadeTheProgramRuns() throws Exception {
    Path clone = clone("no archive");
    Files.delete(archive(clone));
    Files.createDirectories(
        archive(clone).resolveSibling("launcher-core.jar").resolve("in/the/way"));
    requireHelp(run(clone.resolve("trimaran"), Map.of()));
    assertThat(archive(clone)).isEmptyFile();
    requireHelp(run(clone.resolve("trimaran"), Map.of()));
  }
}
