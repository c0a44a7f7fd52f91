package io.github.trimaran.benchmarks;

import java.util.stream.Stream;

/** The runnable jar: {@code java -jar benchmarks.jar [OPTIONS]} is {@code trimaran benchmark}. */
public final class Main {

  private Main() {}

  /** Runs the command and exits with its code. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    io.github.trimaran.examples.cli.Main.main(
        Stream.concat(Stream.of("benchmark"), Stream.of(arguments)).toArray(String[]::new));
  }
}
