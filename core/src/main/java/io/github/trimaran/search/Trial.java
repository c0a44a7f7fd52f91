package io.github.trimaran.search;

import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A candidate that was tried with some budget.
 *
 * <pre>{@code
 * Trial best = Halving.best(log.trials(), 1).get(0);
 * System.out.println(best.score() + " with " + best.values());
 * }</pre>
 *
 * @param candidate its number, from 1, in the order of drawing
 * @param rung from 0
 * @param budget it had
 * @param values that were tried
 * @param score the higher the better
 * @param seconds it took
 * @param history scores on the way; may be empty
 */
public record Trial(
    int candidate,
    int rung,
    int budget,
    Values values,
    double score,
    double seconds,
    List<Double> history) {

  /** Keeps a copy of the history. */
  public Trial {
    history = List.copyOf(history);
  }

  Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("candidate", candidate);
    json.put("rung", rung);
    json.put("budget", budget);
    json.put("values", values.byName());
    json.put("score", score);
    json.put("seconds", seconds);
    json.put("history", history);
    return json;
  }

  static Trial fromJson(JsonObject json) throws JsonException {
    Map<String, Object> values = new LinkedHashMap<>();
    JsonObject stored = json.object("values");
    for (String name : stored.names()) {
      values.put(name, stored.value(name));
    }
    List<Double> history = new ArrayList<>();
    for (double score : json.numbers("history")) {
      history.add(score);
    }
    return new Trial(
        json.int32("candidate"),
        json.int32("rung"),
        json.int32("budget"),
        new Values(values),
        json.number("score"),
        json.number("seconds"),
        history);
  }
}
