package io.github.trimaran.site;

import java.util.Collection;
import java.util.stream.Collectors;

/** All words of all pages as a script: a page opened from the file system may not fetch data. */
final class SearchIndex {

  private SearchIndex() {}

  static String of(Collection<MarkdownPage> pages) {
    return pages.stream()
        .map(
            page ->
                "{\"title\":%s,\"url\":%s,\"text\":%s}"
                    .formatted(
                        quoted(page.title()),
                        quoted(page.target().toString().replace('\\', '/')),
                        quoted(page.text().replaceAll("\\s+", " "))))
        .collect(Collectors.joining(",\n", "window.PAGES = [\n", "\n];\n"));
  }

  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("<", "\\u003c") + '"';
  }
}
