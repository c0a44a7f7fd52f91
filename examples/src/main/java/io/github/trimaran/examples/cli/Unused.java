package io.github.trimaran.examples.cli;

import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes options away from commands that would not do anything with them. */
final class Unused {

  /** By command; all other common options have an effect there. */
  private static final Map<String, List<String>> OPTIONS =
      Map.of(
          "serve",
          List.of("--data", "--dtype", "--profile", "--check-against", "--quick"),
          "predict",
          List.of("--out", "--data", "--data-dir", "--seed", "--quick"));

  private Unused() {}

  static void leaveOut(CommandLine program) {
    OPTIONS.forEach(
        (command, options) -> {
          CommandSpec spec = program.getSubcommands().get(command).getCommandSpec();
          options.forEach(option -> spec.remove(spec.findOption(option)));
        });
    CommandSpec serve = program.getSubcommands().get("serve").getCommandSpec();
    OptionSpec out = serve.findOption("--out");
    serve.remove(out);
    serve.addOption(
        OptionSpec.builder(out)
            .description("Where corrections and networks go (default: out/serve).")
            .build());
  }
}
