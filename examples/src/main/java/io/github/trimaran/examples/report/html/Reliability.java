package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/**
 * The reliability diagram: how often the network is right where it says that it is so sure (Guo et
 * al. 2017, figure 1). On the diagonal it would be as right as it says.
 */
final class Reliability {

  private static final int SIDE = 300;
  private static final int LEFT = 48;
  private static final int TOP = 10;
  private static final int WIDTH = LEFT + SIDE + 12;
  private static final int HEIGHT = TOP + SIDE + 44;
  private static final double BAR = SIDE / 10.0;

  private Reliability() {}

  /** Whether a run's metrics hold one that can be drawn. */
  static boolean isIn(JsonNode metrics) {
    JsonNode bins = metrics.at("/calibration/confidence");
    return bins.isArray()
        && bins.size() >= 1
        && bins.size() <= 10
        && bins.size() == metrics.at("/calibration/accuracy").size()
        && bins.size() == metrics.at("/calibration/count").size();
  }

  /** Draws it, with its numbers in a table below. */
  static Html draw(JsonNode calibration) {
    Html html = new Html();
    html.element(
        "p",
        String.format(
            Locale.ROOT,
            "What it says and how often it is right differ by %.4f on average over the images"
                + " (expected calibration error).",
            calibration.path("error").asDouble()));
    html.open("figure", "class", "chart reliability").open("div", "class", "plot");
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-label",
        "share of right answers by probability; the values are in the table below");
    axes(html);
    Grid grid = new Grid("probability", List.of("right", "images"));
    for (int i = 0; i < calibration.get("confidence").size(); i++) {
      double confidence = share(calibration.get("confidence").get(i));
      double accuracy = share(calibration.get("accuracy").get(i));
      double x = LEFT + BAR * Math.min(9, Math.floor(confidence * 10)) + 1;
      bar(html, "bar", x, accuracy);
      // The mark is where the bar should end.
      String y = place(TOP + SIDE * (1 - confidence));
      html.empty("path", "class", "said", "d", "M" + place(x) + " " + y + "h" + place(BAR - 2));
      grid.row(
          percent(confidence),
          List.of(percent(accuracy), Values.text(calibration.get("count").get(i))),
          false);
    }
    html.empty(
        "path",
        "class",
        "diagonal",
        "d",
        "M" + LEFT + " " + (TOP + SIDE) + "L" + (LEFT + SIDE) + " " + TOP);
    html.close().close();
    html.open("details").element("summary", "The values").add(grid.draw()).close();
    return html.close();
  }

  private static void bar(Html html, String style, double x, double share) {
    html.empty(
        "rect",
        "class",
        style,
        "x",
        place(x),
        "y",
        place(TOP + SIDE * (1 - share)),
        "width",
        place(BAR - 2),
        "height",
        place(SIDE * share));
  }

  private static void axes(Html html) {
    for (int i = 0; i <= 10; i += 5) {
      String y = place(TOP + SIDE * (1 - i / 10.0));
      String x = place(LEFT + SIDE * i / 10.0);
      html.empty("path", "class", "grid", "d", "M" + LEFT + " " + y + "h" + SIDE);
      String text = Values.number(i / 10.0);
      String below = place(TOP + SIDE * (1 - i / 10.0) + 4);
      html.element("text", text, "x", "" + (LEFT - 8), "y", below, "text-anchor", "end");
      html.element("text", text, "x", x, "y", "" + (TOP + SIDE + 18), "text-anchor", "middle");
    }
    html.element(
        "text",
        "probability of the answer; bars: share of right ones",
        "x",
        "" + (LEFT + SIDE / 2),
        "y",
        "" + (HEIGHT - 6),
        "text-anchor",
        "middle");
  }

  private static double share(JsonNode node) {
    return Math.max(0, Math.min(1, node.asDouble()));
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static String place(double pixels) {
    return Double.toString(Math.round(pixels * 10) / 10.0);
  }
}
