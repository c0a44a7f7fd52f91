package io.github.trimaran.examples.cli;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The commit that this program was built from, where it runs in a clone of the repository. */
final class Commit {

  private static final int PATIENCE_SECONDS = 5;

  private Commit() {}

  /** Its hash, {@code -dirty} where files were changed since; empty where that is not known. */
  static String current() {
    try {
      Path classes =
          Path.of(Commit.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      // examples/target/classes, or a jar beside it.
      Path repository = classes.resolve("../../..").normalize();
      return Files.exists(repository.resolve(".git")) ? describe(repository) : "";
    } catch (IOException | URISyntaxException | RuntimeException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  private static String describe(Path repository) throws IOException, InterruptedException {
    Process git =
        new ProcessBuilder("git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*")
            .directory(repository.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    git.getOutputStream().close();
    String answer = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!git.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      git.destroy();
      return "";
    }
    return git.exitValue() == 0 ? answer.strip() : "";
  }
}
