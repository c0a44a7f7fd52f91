package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Test images that a result keeps on one sheet, each with its class, what the network said and how
 * sure it was. The page holds the sheet once; an image is a place on it.
 */
final class Examples {

  private static final int MOST = 1_000;
  private static final int MOST_MISTAKES = 12;

  private final String id;
  private final String sheet;
  private final int columns;
  private final int rows;
  private final List<Example> all;
  private final List<String> classes;

  /** One image. */
  private record Example(int place, int label, int predicted, double probability) {}

  private Examples(
      String id, String sheet, JsonNode json, List<Example> all, List<String> classes) {
    this.id = id;
    this.sheet = sheet;
    this.columns = json.get("columns").intValue();
    this.rows = json.get("rows").intValue();
    this.all = all;
    this.classes = classes;
  }

  /**
   * The examples of a run, if it has some that can be shown.
   *
   * @param id that no other run of the page has
   * @param pictures embeds the sheet
   */
  static Optional<Examples> of(
      String id, JsonNode metrics, Path folder, EmbeddedPictures pictures) {
    JsonNode json = metrics.path("examples");
    JsonNode cells = json.path("cells");
    boolean whole =
        isCount(json.path("columns"))
            && isCount(json.path("rows"))
            && json.path("sheet").isTextual()
            && cells.isArray()
            && !cells.isEmpty()
            && cells.size() <= MOST;
    if (!whole) {
      return Optional.empty();
    }
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < metrics.path("confusion").size(); i++) {
      classes.add(Confusion.name(metrics, i));
    }
    List<Example> all = new ArrayList<>();
    for (JsonNode cell : cells) {
      int label = cell.path(0).asInt(-1);
      int predicted = cell.path(1).asInt(-1);
      if (Math.min(label, predicted) < 0 || Math.max(label, predicted) >= classes.size()) {
        return Optional.empty();
      }
      all.add(new Example(all.size(), label, predicted, cell.path(2).asDouble()));
    }
    try {
      String sheet = pictures.address(folder, json.get("sheet").textValue());
      return Optional.of(new Examples(id, sheet, json, all, classes));
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isCount(JsonNode node) {
    return node.isInt() && node.intValue() >= 1 && node.intValue() <= MOST;
  }

  /** Where a cell of the matrix leads; empty if no image of it was kept. */
  Optional<String> address(int label, int predicted) {
    return all.stream().anyMatch(one -> one.label() == label && one.predicted() == predicted)
        ? Optional.of("#" + name(label, predicted))
        : Optional.empty();
  }

  private String name(int label, int predicted) {
    return id + "-" + label + "-" + predicted;
  }

  /** What shows the images of a cell when the page is led there, one after another. */
  Html cells() {
    Html html = new Html();
    for (int label = 0; label < classes.size(); label++) {
      for (int predicted = 0; predicted < classes.size(); predicted++) {
        if (address(label, predicted).isPresent()) {
          html.add(cell(label, predicted));
        }
      }
    }
    return html;
  }

  private Html cell(int label, int predicted) {
    List<Example> here =
        all.stream().filter(one -> one.label() == label && one.predicted() == predicted).toList();
    String title =
        label == predicted
            ? "Images of " + classes.get(label) + " that it knew, the least sure first"
            : classes.get(label) + " taken for " + classes.get(predicted) + ", the surest first";
    Html html = new Html().open("div", "class", "cell", "id", name(label, predicted));
    return html.element("h4", title).add(tiles(here, false)).close();
  }

  /** The mistakes that the network was surest of. */
  Html mistakes() {
    List<Example> surest =
        all.stream()
            .filter(one -> one.label() != one.predicted())
            .sorted((a, b) -> Double.compare(b.probability(), a.probability()))
            .limit(MOST_MISTAKES)
            .toList();
    return surest.isEmpty() ? new Html().element("p", "There is none.") : tiles(surest, true);
  }

  private Html tiles(List<Example> shown, boolean named) {
    Html html = new Html().open("div", "class", "tiles");
    for (Example one : shown) {
      String what = classes.get(one.label()) + " taken for " + classes.get(one.predicted());
      String sure = String.format(Locale.ROOT, "%.1f %%", 100 * one.probability());
      html.open("figure");
      // Not an empty element: in HTML a span ends with its end tag only.
      html.element(
          "span", "", "class", "tile", "role", "img", "aria-label", what, "style", place(one));
      html.element("figcaption", named ? what + ", " + sure : sure).close();
    }
    return html.close();
  }

  /** In shares, so that it does not matter how large the sheet is. */
  private String place(Example one) {
    double x = columns == 1 ? 0 : 100.0 * (one.place() % columns) / (columns - 1);
    double y = rows == 1 ? 0 : 100.0 * Math.floorDiv(one.place(), columns) / (rows - 1);
    return String.format(
        Locale.ROOT,
        "background-size:%d%% %d%%;background-position:%.4f%% %.4f%%",
        100 * columns,
        100 * rows,
        x,
        y);
  }

  /** What all of this stands in, so that the page holds the sheet once. */
  String style() {
    return "--sheet:url(" + sheet + ")";
  }
}
