package io.github.trimaran.benchmarks.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.trimaran.benchmarks.probe.ProbeBenchmark;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * One run of the benchmarks: the probes, the cases one after the other, the memory. Results are
 * written after each, so that a run that is cut short has what it measured.
 */
public final class Session {

  /** The file of the results. */
  public static final String RESULTS = "results.json";

  private static final String LOG = "jmh.log";
  private static final String MEMORY_LOG = "memory.log";
  private static final List<String> MEMORY =
      List.of("none", "cpu", "nd4j", "djl", "peer-djl", "peer-djl-hand", "peer-nd4j", "peer-dl4j");

  private static final List<String> QUICK_MEMORY = List.of("none", "cpu", "peer-djl");

  private static final List<String> RESIDUAL_MEMORY = List.of("cpu", "peer-djl");

  private final ObjectMapper json = new ObjectMapper();
  private final Preset preset;
  private final Pattern filter;
  private final Path folder;
  private final Console console;
  private final ObjectNode results;
  private final ArrayNode records;
  private final ArrayNode memory;
  private final ArrayNode failures;

  /** A run that writes into a folder. */
  public Session(Preset preset, String filter, Path folder, Console console) {
    this.preset = preset;
    this.filter = Pattern.compile(filter);
    this.folder = folder;
    this.console = console;
    results = Facts.all();
    results.put("preset", preset.name().toLowerCase(Locale.ROOT));
    results.put("filter", filter);
    failures = results.putArray("failures");
    memory = results.putArray("memory");
    records = results.putArray("jmh");
  }

  /** Whose memory is measured, as cases. */
  public static List<Case> memoryCases(Preset preset, Pattern filter) {
    Stream<Case> basic =
        (preset == Preset.QUICK ? QUICK_MEMORY : MEMORY)
            .stream().map(by -> Case.of("Memory.steps", by, "data", "cifar", "batch", "50"));
    Stream<Case> residual =
        (preset == Preset.QUICK ? List.<String>of() : RESIDUAL_MEMORY)
            .stream().map(by -> Case.of("Memory.steps", by, "data", "resnet18-32", "batch", "32"));
    return Stream.concat(basic, residual).filter(one -> filter.matcher(one.id()).find()).toList();
  }

  /** Measures the suite. */
  public void run(List<Case> cases) throws IOException, InterruptedException {
    run(cases, memoryCases(preset, filter), true);
  }

  /** Measures these cases, and nothing beside them. */
  public void runAlone(List<Case> cases) throws IOException, InterruptedException {
    run(cases, List.of(), false);
  }

  private void run(List<Case> cases, List<Case> memoryCases, boolean probed)
      throws IOException, InterruptedException {
    double seconds =
        (cases.size() + (probed ? 3 : 0)) * preset.secondsEach()
            + memoryCases.size() * preset.forks() * 5.0;
    console.say(
        String.format(
            Locale.ROOT,
            "%d cases, about %.0f minutes; a quiet machine gives quiet numbers",
            cases.size() + memoryCases.size(),
            Math.ceil(seconds / 60)));
    for (String log : List.of(LOG, MEMORY_LOG)) {
      Files.deleteIfExists(folder.resolve(log));
    }
    JmhRun jmh = new JmhRun(preset, folder.resolve(LOG));
    if (probed) {
      probe(jmh);
    }
    int count = 0;
    for (Case one : cases) {
      console.say(String.format(Locale.ROOT, "[%d/%d] %s", ++count, cases.size(), one.id()));
      measure(jmh, one);
    }
    for (Case one : memoryCases) {
      measureMemory(one);
    }
  }

  private void probe(JmhRun jmh) throws IOException {
    if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isEmpty()) {
      console.say("No Vector API in this JVM: the machine's peak is not measured");
      return;
    }
    console.say("The machine's peak");
    List<JsonNode> found = jmh.probe();
    found.forEach(records::add);
    if (found.size() < 3) {
      failures.add(ProbeBenchmark.class.getSimpleName() + ": see " + LOG);
    }
    write();
  }

  private void measure(JmhRun jmh, Case one) throws IOException {
    List<JsonNode> found = jmh.run(one);
    found.forEach(records::add);
    if (found.isEmpty()) {
      console.say("    failed, see " + folder.resolve(LOG));
      failures.add(one.id() + ": see " + LOG);
    }
    for (JsonNode record : found) {
      JsonNode metric = record.get("primaryMetric");
      double median = metric.path("scorePercentiles").path("50.0").asDouble();
      console.say(String.format(Locale.ROOT, "    %.4g ms", median));
    }
    write();
  }

  private void measureMemory(Case one) throws IOException, InterruptedException {
    console.say("Memory of training steps: " + one.id());
    ObjectNode record = json.createObjectNode();
    record.put("backend", one.backend());
    String data = one.parameters().get("data");
    int batch = Integer.parseInt(one.parameters().get("batch"));
    record.put("data", data);
    record.put("batch", batch);
    ArrayNode processes = record.putArray("processes");
    try {
      for (int i = 0; i < preset.forks(); i++) {
        processes.add(MemoryRun.measure(one.backend(), data, batch, folder.resolve(MEMORY_LOG)));
      }
      memory.add(record);
    } catch (IOException e) {
      failures.add(one.id() + ": " + e.getMessage() + ", see " + MEMORY_LOG);
    }
    write();
  }

  private void write() throws IOException {
    AtomicFiles.write(
        folder.resolve(RESULTS), json.writerWithDefaultPrettyPrinter().writeValueAsString(results));
  }
}
