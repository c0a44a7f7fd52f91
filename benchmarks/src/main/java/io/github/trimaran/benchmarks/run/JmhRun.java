package io.github.trimaran.benchmarks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.benchmarks.probe.ProbeBenchmark;
import io.github.trimaran.benchmarks.suite.BackendBenchmark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs single cases with JMH; what JMH says goes into a log. */
final class JmhRun {

  private final Preset preset;
  private final Path log;
  private final ObjectMapper json = new ObjectMapper();

  JmhRun(Preset preset, Path log) {
    this.preset = preset;
    this.log = log;
  }

  /**
   * JMH's own record of a case; empty if it failed.
   *
   * @throws IOException if JMH cannot run at all
   */
  List<JsonNode> run(Case one) throws IOException {
    String name = BackendBenchmark.class.getPackageName() + "." + one.benchmark();
    ChainedOptionsBuilder options = options(Pattern.quote(name));
    one.parameters().forEach(options::param);
    if (one.benchmark().startsWith("Startup.")) {
      options.forks(preset.starts()).warmupIterations(0).measurementIterations(1);
    } else {
      options.addProfiler(GCProfiler.class);
    }
    return execute(options);
  }

  /** JMH's records of the probes. */
  List<JsonNode> probe() throws IOException {
    return execute(options(Pattern.quote(ProbeBenchmark.class.getName()) + "\\..*"));
  }

  private ChainedOptionsBuilder options(String benchmark) {
    return new OptionsBuilder()
        .include("^" + benchmark + "$")
        .forks(preset.forks())
        .warmupIterations(preset.warmups())
        .warmupTime(TimeValue.milliseconds(preset.warmupMillis()))
        .measurementIterations(preset.iterations())
        .measurementTime(TimeValue.milliseconds(preset.millis()))
        .jvmArgs(ForkFlags.all().toArray(new String[0]))
        .jvmArgsAppend();
  }

  private List<JsonNode> execute(ChainedOptionsBuilder options) throws IOException {
    Collection<RunResult> results;
    try (PrintStream to =
        new PrintStream(
            Files.newOutputStream(log, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
            true,
            StandardCharsets.UTF_8)) {
      OutputFormat format = OutputFormatFactory.createFormatInstance(to, VerboseMode.NORMAL);
      results = new Runner(options.build(), format).run();
    } catch (RunnerException e) {
      throw new IOException("JMH does not run: " + e.getMessage(), e);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(results);
    }
    List<JsonNode> records = new ArrayList<>();
    json.readTree(bytes.toByteArray()).forEach(records::add);
    return records;
  }
}
