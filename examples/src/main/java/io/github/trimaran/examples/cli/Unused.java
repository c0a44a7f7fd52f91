package io.github.trimaran.examples.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes options away from commands, or from their help, that would not do anything with them. */
final class Unused {

  /** By command; all other common options have an effect there. */
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "serve",
          List.of("--data", "--dtype", "--profile", "--check-against", "--quick"),
          "predict",
          List.of("--out", "--data", "--data-dir", "--seed", "--quick"));

  /** By command: what it refuses with a word on what to do instead, and so does not offer. */
  private static final Map<String, List<String>> REFUSED =
      Map.of("ablate", List.of("--num-test", "--save", "--resume", "--init"));

  private Unused() {}

  static void leaveOut(CommandLine program) {
    OPTIONS.forEach(
        (command, options) -> {
          CommandSpec spec = program.getSubcommands().get(command).getCommandSpec();
          options.forEach(option -> spec.remove(spec.findOption(option)));
        });
    REFUSED.forEach(
        (command, options) -> {
          CommandSpec spec = program.getSubcommands().get(command).getCommandSpec();
          for (String option : options) {
            replace(spec, OptionSpec.builder(spec.findOption(option)).hidden(true).build());
          }
        });
    CommandSpec serve = program.getSubcommands().get("serve").getCommandSpec();
    replace(
        serve,
        OptionSpec.builder(serve.findOption("--out"))
            .description("Where corrections and networks go (default: out/serve).")
            .build());
  }

  private static void replace(CommandSpec spec, OptionSpec option) {
    spec.remove(spec.findOption(option.longestName()));
    spec.addOption(option);
  }
}
