package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The body of a report: the sections of one result, or of several side by side. */
final class Report {

  private static final int MOST_RUNS = 60;
  private static final int MOST_PICTURES = 40;

  private final List<SavedResult> results;
  private final List<String> labels;
  private final int bytes;
  private final Mistakes mistakes;

  /**
   * Of one result or several.
   *
   * @param bytes that it may take
   * @throws IllegalArgumentException if they are of different commands
   */
  Report(List<SavedResult> results, int bytes) {
    SavedResult first = results.get(0);
    for (SavedResult result : results) {
      if (!result.command().equals(first.command())) {
        throw new IllegalArgumentException(
            String.format(
                "runs of different commands cannot be compared: %s is of '%s', %s of '%s'",
                first.folder(), first.command(), result.folder(), result.command()));
      }
    }
    this.results = results;
    this.labels = labels(results);
    this.bytes = bytes;
    this.mistakes = new Mistakes(withExamples(results));
  }

  private static int withExamples(List<SavedResult> results) {
    int count = 0;
    for (SavedResult result : results) {
      for (JsonNode run : result.runs()) {
        count += run.at("/metrics/examples").isObject() ? 1 : 0;
      }
    }
    return count;
  }

  /** A letter for each, and the folder's name. */
  private static List<String> labels(List<SavedResult> results) {
    if (results.size() == 1) {
      return List.of("");
    }
    List<String> labels = new ArrayList<>();
    for (SavedResult result : results) {
      int index = labels.size();
      String letter = index < 26 ? "" + (char) ('A' + index) : "R" + (index + 1);
      Path name = result.folder().getFileName();
      labels.add(letter + (name == null ? "" : " " + name));
    }
    return labels;
  }

  String title() {
    String command = Values.text(results.get(0).json().path("command"));
    return results.size() == 1
        ? command + " on " + Values.text(results.get(0).json().at("/backend/name"))
        : command + ": " + results.size() + " runs side by side";
  }

  Html body() {
    Html above = new Html().element("h1", title());
    answers(above);
    Theory.draw(texts("theory")).ifPresent(above::add);
    if (results.size() > 1) {
      // What was changed comes before what came of it.
      settings(above);
      metrics(above);
    } else {
      metrics(above);
      settings(above);
    }
    Layers.draw(byLabel(SavedResult::json)).ifPresent(above::add);
    Html below = new Html();
    provenance(below);
    profile(below);
    Html pictures = pictures(bytes - above.size() - below.size());
    return above.add(pictures).add(below);
  }

  private void answers(Html html) {
    Set<String> questions = texts("question");
    questions.forEach(question -> html.element("p", question, "class", "question"));
    for (int i = 0; i < results.size(); i++) {
      JsonNode answer = results.get(i).json().path("answer");
      if (answer.isTextual()) {
        html.open("p", "class", "answer");
        html.element("strong", results.size() == 1 ? "Answer:" : labels.get(i) + ":");
        html.text(" " + Values.text(answer)).close();
      }
    }
  }

  private Set<String> texts(String field) {
    return results.stream()
        .map(result -> result.json().path(field))
        .filter(JsonNode::isTextual)
        .map(Values::text)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** One result: its runs beside each other. Several: run by run, the results beside each other. */
  private void metrics(Html html) {
    if (results.size() == 1) {
      Map<String, JsonNode> runs = new LinkedHashMap<>();
      for (JsonNode run : results.get(0).runs()) {
        if (runs.size() < MOST_RUNS) {
          runs.put(distinct(run.get("name").textValue(), runs.keySet()), run);
        }
      }
      runs(html, runs.size() == 1 ? runs.keySet().iterator().next() : "Runs", runs, false);
      int more = results.get(0).runs().size() - runs.size();
      if (more > 0) {
        html.element("p", "and " + more + " more runs in result.json", "class", "quiet");
      }
      return;
    }
    Set<String> names = new LinkedHashSet<>();
    results.forEach(result -> result.runs().forEach(run -> names.add(run.get("name").textValue())));
    if (eachHasOneRun()) {
      String title = names.size() == 1 ? names.iterator().next() : "Runs";
      runs(html, title, byLabel(result -> result.runs().get(0)), true);
    } else {
      names.stream()
          .limit(MOST_RUNS)
          .forEach(name -> runs(html, name, byLabel(result -> result.run(name)), true));
    }
  }

  private static String distinct(String name, Set<String> taken) {
    String distinct = name;
    for (int i = 2; taken.contains(distinct); i++) {
      distinct = name + " (" + i + ")";
    }
    return distinct;
  }

  private Map<String, JsonNode> byLabel(Function<SavedResult, JsonNode> part) {
    Map<String, JsonNode> parts = new LinkedHashMap<>();
    for (int i = 0; i < results.size(); i++) {
      parts.put(labels.get(i), part.apply(results.get(i)));
    }
    return parts;
  }

  private void runs(Html html, String title, Map<String, JsonNode> runs, boolean compared) {
    html.open("section").element("h2", title);
    html.add(Histories.draw(runs));
    html.add(Metrics.draw(runs, compared));
    int index = 0;
    for (Map.Entry<String, JsonNode> run : runs.entrySet()) {
      String suffix = runs.size() == 1 ? "" : " of " + run.getKey();
      // Of several results there is one run each.
      SavedResult result = results.get(results.size() == 1 ? 0 : index);
      mistakes.add(html, suffix, run.getValue().path("metrics"), result.folder());
      index++;
    }
    html.close();
  }

  private void settings(Html html) {
    Grid grid = new Grid("", labels);
    if (results.size() > 1 && eachHasOneRun()) {
      grid.compared("run", results.stream().map(Report::onlyName).toList());
    }
    facts(grid, "/settings");
    section(html, "Settings", grid);
  }

  private boolean eachHasOneRun() {
    return results.stream().allMatch(result -> result.runs().size() == 1);
  }

  private static String onlyName(SavedResult result) {
    return Values.text(result.runs().get(0).get("name"));
  }

  private static void section(Html html, String title, Grid grid) {
    if (!grid.isEmpty()) {
      html.open("section").element("h2", title).add(grid.draw()).close();
    }
  }

  private void provenance(Html html) {
    Grid machine = new Grid("", labels);
    fact(machine, "trimaran", "/trimaran");
    fact(machine, "commit", "/commit");
    fact(machine, "seed", "/seed");
    fact(machine, "backend", "/backend/name");
    fact(machine, "device", "/backend/device");
    fact(machine, "threads", "/backend/threads");
    facts(machine, "/backend/versions");
    if (results.size() > 1) {
      machine.row("folder", results.stream().map(r -> r.folder().toString()).toList(), false);
    }
    section(html, "Machine and backend", machine);
    Grid data = new Grid("", labels);
    fact(data, "data", "/data/name");
    fact(data, "source", "/data/source");
    facts(data, "/data/files");
    section(html, "Data", data);
  }

  private void fact(Grid grid, String name, String pointer) {
    List<JsonNode> values = results.stream().map(r -> r.json().at(pointer)).toList();
    if (!values.stream().allMatch(JsonNode::isMissingNode)) {
      grid.compared(name, values.stream().map(Values::text).toList());
    }
  }

  private void facts(Grid grid, String pointer) {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(r -> r.json().at(pointer).fieldNames().forEachRemaining(names::add));
    for (String name : names) {
      grid.compared(
          name, results.stream().map(r -> Values.text(r.json().at(pointer).path(name))).toList());
    }
  }

  private void profile(Html html) {
    byLabel(SavedResult::json)
        .forEach(
            (label, json) -> {
              JsonNode profile = json.path("profile");
              if (profile.isArray() && !profile.isEmpty()) {
                html.open("section").element("h2", ("Time and memory by layer " + label).strip());
                html.add(TimeByLayer.draw(profile, json.path("parameters"))).close();
              }
            });
  }

  /** Those of one name beside each other. */
  private Html pictures(int room) {
    Set<String> names = new LinkedHashSet<>();
    results.forEach(
        result -> result.json().path("pictures").forEach(name -> names.add(name.asText())));
    List<String> shown = names.stream().limit(MOST_PICTURES / results.size() + 1).toList();
    EmbeddedPictures embedded = new EmbeddedPictures(room, shown.size() * results.size());
    Html html = new Html();
    if (shown.isEmpty()) {
      return html;
    }
    html.open("section").element("h2", "Pictures").open("div", "class", "pictures");
    for (String name : shown) {
      for (int i = 0; i < results.size(); i++) {
        if (has(results.get(i), name)) {
          String caption = (labels.get(i) + " " + name).strip();
          html.add(embedded.figure(results.get(i).folder(), name, caption));
        }
      }
    }
    return html.close().close();
  }

  private static boolean has(SavedResult result, String name) {
    for (JsonNode picture : result.json().path("pictures")) {
      if (picture.asText().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
