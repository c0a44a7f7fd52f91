package io.github.trimaran.benchmarks.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import io.github.trimaran.benchmarks.cost.Cost;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The report as Markdown, from the template {@code report.md.mustache}. */
public final class ReportText {

  private static final String UNKNOWN = "-";

  private ReportText() {}

  /**
   * Writes it.
   *
   * @param charts files beside the report, by title
   */
  public static String markdown(Results results, Map<String, String> charts) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("facts", facts(results));
    model.put("quick", results.forks() < 3);
    model.put("forks", results.forks());
    model.put("targets", Target.all().stream().map(target -> target(target, results)).toList());
    model.put("groups", groups(results));
    model.put("memory", results.memory().stream().map(one -> memory(one, results)).toList());
    model.put("hasMemory", !results.memory().isEmpty());
    model.put("failures", results.failures());
    model.put("hasFailures", !results.failures().isEmpty());
    model.put(
        "charts",
        charts.entrySet().stream()
            .map(chart -> Map.of("title", chart.getKey(), "file", chart.getValue()))
            .toList());
    Mustache template = new PlainText().compile(template("report.md.mustache"));
    StringWriter out = new StringWriter();
    template.execute(out, model);
    return out.toString().replaceAll("\n{3,}", "\n\n").strip() + "\n";
  }

  static String template(String name) {
    return ReportText.class.getPackageName().replace('.', '/') + "/" + name;
  }

  /** Writes values as they are: Markdown is not HTML. */
  static final class PlainText extends DefaultMustacheFactory {
    @Override
    public void encode(String value, Writer writer) {
      try {
        writer.write(value);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<Map<String, String>> facts(Results results) {
    JsonNode root = results.facts();
    List<Map<String, String>> facts = new ArrayList<>();
    JsonNode machine = root.get("machine");
    add(
        facts,
        "trimaran",
        root.path("trimaran").asText() + ", commit " + root.path("commit").asText());
    add(facts, "date", root.path("date").asText());
    add(facts, "preset", root.path("preset").asText());
    add(
        facts,
        "machine",
        machine.path("processor").asText()
            + ", "
            + machine.path("cores").asText()
            + " cores, "
            + Format.bytes(machine.path("memory_bytes").asDouble())
            + ", "
            + machine.path("system").asText());
    add(facts, "threads", root.path("threads").asText());
    JsonNode jvm = root.get("jvm");
    add(facts, "JVM", jvm.path("name").asText() + " " + jvm.path("version").asText());
    List<String> flags = new ArrayList<>();
    jvm.path("flags").forEach(flag -> flags.add("`" + flag.asText() + "`"));
    add(facts, "flags of the measuring JVMs", String.join(" ", flags));
    List<String> versions = new ArrayList<>();
    root.path("versions")
        .properties()
        .forEach(entry -> versions.add(entry.getKey() + " " + entry.getValue().asText()));
    add(facts, "versions", String.join(", ", versions));
    Peak peak = results.peak();
    add(
        facts,
        "peak, measured",
        "float32 "
            + rate(peak.floats(), "GFLOP/s")
            + ", float64 "
            + rate(peak.doubles(), "GFLOP/s")
            + ", memory "
            + rate(peak.bandwidth(), "GB/s"));
    return facts;
  }

  private static String rate(double value, String unit) {
    return value == 0 ? "not measured" : Format.giga(value) + " " + unit;
  }

  private static void add(List<Map<String, String>> facts, String name, String value) {
    facts.add(Map.of("name", name, "value", value));
  }

  private static Map<String, String> target(Target target, Results results) {
    return Map.of(
        "what", target.what(),
        "limit", String.format(Locale.ROOT, "%.2f", target.limit()),
        "ratio", target.ratio(results).map(Format::ratio).orElse(UNKNOWN),
        "verdict",
            switch (target.verdict(results)) {
              case WON -> "won";
              case LOST -> "**lost**";
              case OPEN -> "not measured";
            });
  }

  /** A table for each class of benchmarks. */
  private static List<Map<String, Object>> groups(Results results) {
    Map<String, List<Map<String, String>>> byClass = new TreeMap<>();
    for (Measurement measured : results.measurements()) {
      String name = measured.of().benchmark();
      byClass
          .computeIfAbsent(name.substring(0, name.indexOf('.')), key -> new ArrayList<>())
          .add(row(Row.of(measured, results)));
    }
    return byClass.entrySet().stream()
        .map(entry -> Map.<String, Object>of("name", entry.getKey(), "rows", entry.getValue()))
        .toList();
  }

  private static Map<String, String> row(Row row) {
    Measurement measured = row.measured();
    Map<String, String> cells = new LinkedHashMap<>();
    String name = measured.of().benchmark();
    cells.put("what", name.substring(name.indexOf('.') + 1) + " " + setting(measured));
    cells.put("backend", measured.of().backend());
    cells.put("median", Format.digits(measured.millis().value()));
    cells.put("spread", Format.spread(measured.millis()));
    cells.put("timesCpu", row.timesCpu().map(ratio -> Format.ratio(ratio.value())).orElse(UNKNOWN));
    cells.put("mega", row.cost().map(ReportText::mega).orElse(UNKNOWN));
    cells.put("megabytes", row.cost().map(c -> Format.digits(c.bytes() / 1e6)).orElse(UNKNOWN));
    cells.put(
        "rate",
        row.cost()
            .filter(c -> c.operations() > 0)
            .map(c -> Format.giga(row.rate()))
            .orElse(UNKNOWN));
    cells.put(
        "share",
        row.share().isPresent() && row.rate() > 0
            ? Format.percent(row.share().getAsDouble())
            : UNKNOWN);
    cells.put(
        "heap",
        measured.heapBytes().isPresent()
            ? Format.bytes(measured.heapBytes().getAsDouble())
            : UNKNOWN);
    return cells;
  }

  private static String mega(Cost cost) {
    return cost.operations() == 0 ? UNKNOWN : Format.digits(cost.operations() / 1e6);
  }

  /** The parameters, without names that say nothing. */
  private static String setting(Measurement measured) {
    return String.join(
        " ",
        measured.of().parameters().entrySet().stream()
            .filter(entry -> !entry.getKey().equals("backend"))
            .filter(entry -> !entry.getValue().equals("float32"))
            .map(
                entry ->
                    entry.getKey().equals("batch") ? "batch " + entry.getValue() : entry.getValue())
            .toList());
  }

  private static Map<String, String> memory(Memory memory, Results results) {
    Map<String, String> cells = new LinkedHashMap<>();
    cells.put("backend", memory.by());
    cells.put("data", memory.data() + ", batch " + memory.batch());
    cells.put("heap", Format.bytes(memory.heap().value()));
    boolean known = memory.resident().value() > 0;
    cells.put("resident", known ? Format.bytes(memory.resident().value()) : "unknown");
    cells.put(
        "timesCpu",
        results.memory().stream()
            .filter(one -> one.by().equals("cpu") && one.data().equals(memory.data()) && known)
            .map(cpu -> Format.ratio(memory.resident().ratioTo(cpu.resident()).value()))
            .findFirst()
            .orElse(UNKNOWN));
    return cells;
  }
}
