package io.github.trimaran.site;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What stands around every page: the names of the others, the search, light and dark. */
final class Template {

  private static final Path GUIDE = Path.of("docs", "guide", "README.md");

  private final String frame;
  private final Map<Path, MarkdownPage> pages;
  private final List<Path> guide = new ArrayList<>();

  private Template(String frame, Map<Path, MarkdownPage> pages) {
    this.frame = frame;
    this.pages = pages;
  }

  /**
   * Around these pages, by their sources. The guide's own page says in which order its pages are.
   */
  static Template of(Map<Path, MarkdownPage> pages) throws IOException {
    Template template = new Template(Site.resource("page.html"), pages);
    Pattern link = Pattern.compile("href=\"([a-z0-9-]+)\\.html\"");
    template.guide.add(GUIDE);
    link.matcher(pages.get(GUIDE).html())
        .results()
        .map(found -> GUIDE.resolveSibling(found.group(1) + ".md"))
        .distinct()
        .forEach(template.guide::add);
    return template;
  }

  /** The whole page. */
  String fill(MarkdownPage page) {
    String root = "../".repeat(page.target().getNameCount() - 1);
    return frame
        .replace("{{title}}", escaped(page.title()))
        .replace("{{root}}", root)
        .replace("{{guide}}", list(page, root, guide))
        .replace("{{more}}", list(page, root, more()))
        .replace("{{content}}", page.html());
  }

  private List<Path> more() {
    return pages.keySet().stream()
        .filter(source -> !guide.contains(source) && !source.equals(Path.of("README.md")))
        .toList();
  }

  private String list(MarkdownPage page, String root, List<Path> sources) {
    StringBuilder items = new StringBuilder();
    for (Path source : sources) {
      String here = source.equals(page.source()) ? " aria-current=\"page\"" : "";
      items.append(
          "<li><a href=\"%s%s\"%s>%s</a></li>%n"
              .formatted(
                  root,
                  MarkdownPage.target(source).toString().replace('\\', '/'),
                  here,
                  escaped(pages.get(source).title())));
    }
    return items.toString();
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
