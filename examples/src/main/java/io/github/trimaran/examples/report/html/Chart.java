package io.github.trimaran.examples.report.html;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Curves over each other as inline SVG. It can be read as it stands, with a table of its values
 * below; the page's script adds a slider and shows the values under the pointer.
 *
 * @param title what is drawn: {@code "loss"}
 * @param unit of the horizontal axis: {@code "epoch"}
 * @param curves at most {@value #MOST_CURVES}; one has two values or more
 */
record Chart(String title, String unit, List<Curve> curves) {

  /** More curves cannot be told apart. */
  static final int MOST_CURVES = 8;

  private static final int MOST_POINTS = 300;
  private static final int MOST_DOTS = 30;
  private static final int MOST_ROWS = 25;

  private static final int WIDTH = 720;
  private static final int HEIGHT = 300;
  private static final int LEFT = 70;
  private static final int RIGHT = 705;
  private static final int TOP = 14;
  private static final int BOTTOM = 252;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Draws it as a figure. */
  Html draw() {
    int length = curves.stream().mapToInt(curve -> curve.values().size()).max().orElse(0);
    int every = (length + MOST_POINTS - 1) / MOST_POINTS;
    List<Curve> drawn = curves.stream().map(curve -> curve.thinned(every)).toList();
    Axis across = Axis.counting(length);
    Axis up = Axis.of(finite(drawn).min().orElse(0), finite(drawn).max().orElse(1));
    Positions positions = new Positions(length, every);
    Html html = new Html().open("figure", "class", "chart");
    String scale = up.logarithmic() ? ", logarithmic" : "";
    html.open("figcaption").element("strong", title).text(" by " + unit + scale);
    if (every > 1) {
      html.text("; each point is the mean of " + every + " " + unit + "s");
    }
    html.close();
    legend(html);
    html.open("div", "class", "plot");
    html.open(
        "svg",
        "viewBox",
        "0 0 " + WIDTH + " " + HEIGHT,
        "role",
        "img",
        "aria-label",
        title + " by " + unit + "; the values are in the table below",
        "data-points",
        points(drawn, across, up, positions).toString());
    grid(html, across, up);
    for (int i = 0; i < drawn.size(); i++) {
      line(html, drawn.get(i), "line line" + i, across, up, positions);
    }
    html.close().close();
    table(html, drawn, positions);
    return html.close();
  }

  /** The finite values of all curves. */
  private static DoubleStream finite(List<Curve> curves) {
    return curves.stream()
        .flatMapToDouble(curve -> curve.values().stream().mapToDouble(v -> v))
        .filter(Double::isFinite);
  }

  /** Where points lie that stand for several positions each. */
  private record Positions(int length, int every) {

    int count() {
      return (length + every - 1) / every;
    }

    /** The last position that a point stands for. */
    int last(int index) {
      return Math.min(length, (index + 1) * every);
    }

    String label(int index) {
      int first = index * every + 1;
      return first == last(index) ? "" + first : first + "–" + last(index);
    }
  }

  private void legend(Html html) {
    html.open("ul", "class", "legend");
    for (int i = 0; i < curves.size(); i++) {
      html.open("li");
      html.open("svg", "viewBox", "0 0 28 8", "aria-hidden", "true");
      html.empty("path", "class", "line line" + i, "d", "M0 4H28");
      html.close().text(curves.get(i).label()).close();
    }
    html.close();
  }

  private void grid(Html html, Axis across, Axis up) {
    for (double mark : up.marks()) {
      String y = pixel(y(up, mark));
      html.empty("path", "class", "grid", "d", "M" + LEFT + " " + y + "H" + RIGHT);
      String below = pixel(y(up, mark) + 4);
      html.element(
          "text", Values.number(mark), "x", "" + (LEFT - 8), "y", below, "text-anchor", "end");
    }
    html.empty("path", "class", "grid", "d", "M" + LEFT + " " + BOTTOM + "H" + RIGHT);
    for (double mark : across.marks()) {
      String x = pixel(x(across, mark));
      html.empty("path", "class", "grid", "d", "M" + x + " " + BOTTOM + "v5");
      html.element(
          "text", Values.number(mark), "x", x, "y", "" + (BOTTOM + 20), "text-anchor", "middle");
    }
    String middle = "" + (LEFT + RIGHT) / 2;
    html.element("text", unit, "x", middle, "y", "" + (HEIGHT - 6), "text-anchor", "middle");
  }

  private static void line(
      Html html, Curve curve, String style, Axis across, Axis up, Positions positions) {
    StringBuilder path = new StringBuilder();
    boolean gap = true;
    for (int i = 0; i < curve.values().size(); i++) {
      double value = curve.at(i);
      if (Double.isFinite(value)) {
        path.append(gap ? 'M' : 'L').append(pixel(x(across, positions.last(i))));
        path.append(' ').append(pixel(y(up, value)));
      }
      gap = !Double.isFinite(value);
    }
    html.empty("path", "class", style, "d", path.toString());
    for (int i = 0; i < curve.values().size() && positions.count() <= MOST_DOTS; i++) {
      if (Double.isFinite(curve.at(i))) {
        String x = pixel(x(across, positions.last(i)));
        String y = pixel(y(up, curve.at(i)));
        html.empty("circle", "class", style, "cx", x, "cy", y, "r", "2.5");
      }
    }
  }

  /** What the script needs: place and name of each point, and of each curve heights and texts. */
  private ObjectNode points(List<Curve> drawn, Axis across, Axis up, Positions positions) {
    ObjectNode points = JSON.createObjectNode().put("unit", unit);
    points.put("top", TOP).put("bottom", BOTTOM);
    ArrayNode labels = points.putArray("labels");
    ArrayNode xs = points.putArray("xs");
    for (int i = 0; i < positions.count(); i++) {
      labels.add(positions.label(i));
      xs.add(rounded(x(across, positions.last(i))));
    }
    ArrayNode lines = points.putArray("curves");
    for (Curve curve : drawn) {
      ObjectNode line = lines.addObject().put("label", curve.label());
      ArrayNode ys = line.putArray("ys");
      ArrayNode texts = line.putArray("texts");
      for (int i = 0; i < curve.values().size(); i++) {
        boolean there = Double.isFinite(curve.at(i));
        ys.add(there ? rounded(y(up, curve.at(i))) : 0);
        texts.add(there ? Values.number(curve.at(i)) : "");
      }
    }
    return points;
  }

  private void table(Html html, List<Curve> drawn, Positions positions) {
    int step = (positions.count() + MOST_ROWS - 1) / MOST_ROWS;
    html.open("details").element("summary", step > 1 ? "Some of the values" : "The values");
    Grid grid = new Grid(unit, drawn.stream().map(Curve::label).toList());
    for (int i = 0; i < positions.count(); i++) {
      boolean last = i == positions.count() - 1;
      if (i % step == 0 || last) {
        int index = i;
        List<String> row =
            drawn.stream()
                .map(c -> Double.isFinite(c.at(index)) ? Values.number(c.at(index)) : "")
                .toList();
        grid.row(positions.label(i), row, false);
      }
    }
    html.add(grid.draw()).close();
  }

  private static double x(Axis across, double position) {
    return LEFT + across.fraction(position) * (RIGHT - LEFT);
  }

  private static double y(Axis up, double value) {
    return BOTTOM - up.fraction(value) * (BOTTOM - TOP);
  }

  private static String pixel(double place) {
    return Double.toString(rounded(place));
  }

  private static double rounded(double place) {
    return Math.round(place * 10) / 10.0;
  }
}
