package io.github.trimaran.examples.report.html;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is behind a question: paragraphs, of which those that are indented are formulas. */
final class Theory {

  private static final Pattern EMPTY_LINES = Pattern.compile("\n\n+");
  private static final String INDENTED = "    ";

  private Theory() {}

  /** Draws it; empty if there is none. Runs of one command have the same. */
  static Optional<Html> draw(Collection<String> texts) {
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    Html html = new Html().open("section", "class", "theory").element("h2", "Theory");
    for (String text : texts) {
      for (String paragraph : EMPTY_LINES.splitAsStream(text).toList()) {
        boolean formula = paragraph.startsWith(INDENTED);
        html.element(
            formula ? "pre" : "p",
            formula ? paragraph.stripIndent() : paragraph.replace('\n', ' '));
      }
    }
    return Optional.of(html.close());
  }
}
