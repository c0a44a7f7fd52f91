package io.github.trimaran.examples.cli;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.BackendProvider;
import io.github.trimaran.backend.BackendUnavailableException;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.examples.run.Engine;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the backends: usable or why not, and what they run on. */
@Command(
    name = "backends",
    description = "Show each backend: usable or why not, versions, device, threads, start-up time.",
    mixinStandardHelpOptions = true)
final class BackendsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "How many threads compute (default: all cores).")
  private Integer threads;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    BackendOptions options = BackendOptions.defaults();
    if (threads != null) {
      Engine.requireThreads(threads);
      options = options.withThreads(threads);
    }
    List<BackendProvider> providers = Backends.providers();
    for (BackendProvider provider : providers) {
      show(out, provider, options);
    }
    for (String name : Engine.NAMES) {
      if (providers.stream().noneMatch(provider -> provider.name().equals(name))) {
        out.printf("%-5s not here: fetched at the first use of --backend %s%n", name, name);
      }
    }
    return 0;
  }

  private static void show(PrintWriter out, BackendProvider provider, BackendOptions options) {
    long start = System.nanoTime();
    try (Backend<?> backend = provider.create(options)) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      BackendInfo info = backend.info();
      out.printf(Locale.ROOT, "%-5s usable: %s%n", provider.name(), provider.description());
      out.printf(Locale.ROOT, "      device    %s%n", info.device());
      out.printf(Locale.ROOT, "      threads   %d%n", info.threads());
      out.printf(Locale.ROOT, "      kernels   %s%n", info.kernels());
      info.versions().forEach((name, version) -> out.printf("      %-9s %s%n", name, version));
      out.printf(Locale.ROOT, "      start-up  %d ms%n", millis);
    } catch (BackendUnavailableException e) {
      out.printf("%-5s not usable: %s%n", provider.name(), e.getMessage());
    }
  }
}
