package io.github.trimaran.examples.cli;

import picocli.CommandLine.Option;

/** Which backend a shell's or a notebook's variable {@code backend} is. */
final class ShellBackend {

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "${env:TRIMARAN_BACKEND:-cpu}",
      description = "What 'backend' computes with: cpu, nd4j or djl (default: ${DEFAULT-VALUE}).")
  private String backend;

  String backend() {
    return backend;
  }
}
