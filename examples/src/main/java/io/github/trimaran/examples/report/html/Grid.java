package io.github.trimaran.examples.report.html;

import java.util.ArrayList;
import java.util.List;

/** A table of texts with a heading for each row and, if there are several, each column. */
final class Grid {

  /** With more columns a table is turned over: it may be long, but not wide. */
  private static final int MOST_COLUMNS = 6;

  private static final int MOST_ROWS = 300;

  private record Row(String heading, List<String> cells, boolean differs) {}

  private final String corner;
  private final List<String> columns;
  private final List<Row> rows = new ArrayList<>();

  /**
   * A table without rows yet.
   *
   * @param corner the heading of the headings
   * @param columns their headings; one that is empty is not shown
   */
  Grid(String corner, List<String> columns) {
    this.corner = corner;
    this.columns = columns;
  }

  /** Adds a row; one that differs is marked. */
  Grid row(String heading, List<String> cells, boolean differs) {
    rows.add(new Row(heading, cells, differs));
    return this;
  }

  /** Adds a row, marked if not all of its cells are equal. */
  Grid compared(String heading, List<String> cells) {
    return row(heading, cells, cells.stream().distinct().count() > 1);
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  /** As a table that scrolls by itself where it is too wide for the page. */
  Html draw() {
    if (columns.size() > MOST_COLUMNS && rows.size() < columns.size()) {
      return turned().draw();
    }
    Html html = scrolling().open("table");
    if (!columns.equals(List.of(""))) {
      html.open("thead").open("tr").element("th", corner, "scope", "col");
      columns.forEach(column -> html.element("th", column, "scope", "col"));
      html.close().close();
    }
    html.open("tbody");
    for (Row row : rows.subList(0, Math.min(rows.size(), MOST_ROWS))) {
      html.open("tr", "class", row.differs() ? "differs" : "same");
      html.open("th", "scope", "row").text(row.heading());
      if (row.differs()) {
        html.text(" ").element("span", "differs", "class", "mark");
      }
      html.close();
      row.cells().forEach(cell -> cell(html, cell));
      html.close();
    }
    html.close().close().close();
    if (rows.size() > MOST_ROWS) {
      html.element("p", "and " + (rows.size() - MOST_ROWS) + " more rows", "class", "quiet");
    }
    return html;
  }

  /** Whoever has no pointer scrolls with keys, and for that goes to what scrolls. */
  private Html scrolling() {
    return columns.size() > 1
        ? new Html().open("div", "class", "scroll", "tabindex", "0")
        : new Html().open("div", "class", "scroll");
  }

  private static void cell(Html html, String text) {
    if (text.contains("\n")) {
      html.open("td").element("pre", text).close();
    } else {
      html.element("td", text);
    }
  }

  /** Rows for columns. Marks get lost: who compares so many sees it in the cells. */
  private Grid turned() {
    Grid turned = new Grid(corner, rows.stream().map(Row::heading).toList());
    for (int column = 0; column < columns.size(); column++) {
      int at = column;
      turned.row(columns.get(at), rows.stream().map(row -> row.cells().get(at)).toList(), false);
    }
    return turned;
  }
}
