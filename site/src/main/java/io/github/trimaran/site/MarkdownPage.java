package io.github.trimaran.site;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.heading.anchor.HeadingAnchorExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Heading;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.text.TextContentRenderer;

/** One page of Markdown. Its links to other pages lead to what those become. */
final class MarkdownPage {

  private static final List<Extension> EXTENSIONS =
      List.of(TablesExtension.create(), HeadingAnchorExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer HTML =
      HtmlRenderer.builder().extensions(EXTENSIONS).nodeRendererFactory(CodeBlocks::new).build();
  private static final TextContentRenderer TEXT =
      TextContentRenderer.builder().extensions(EXTENSIONS).build();

  private final Path source;
  private final String title;
  private final String html;
  private final String text;
  private final List<Path> files = new ArrayList<>();

  /** Of that text, as if it were the file. */
  MarkdownPage(Path repository, Path source, String markdown) {
    this.source = source;
    Node document = PARSER.parse(markdown);
    this.title = title(document);
    document.accept(new Relink(repository));
    this.html = HTML.render(document);
    this.text = TEXT.render(document);
  }

  static MarkdownPage read(Path repository, Path source) throws IOException {
    return new MarkdownPage(repository, source, Files.readString(repository.resolve(source)));
  }

  private static String title(Node document) {
    for (Node node = document.getFirstChild(); node != null; node = node.getNext()) {
      if (node instanceof Heading) {
        return TEXT.render(node).strip();
      }
    }
    return "Trimaran";
  }

  /** Where a page of that source lies on the site. */
  static Path target(Path source) {
    String name = source.getFileName().toString();
    String html = name.equals("README.md") ? "index.html" : name.replaceFirst("\\.md$", ".html");
    return source.resolveSibling(html);
  }

  Path source() {
    return source;
  }

  Path target() {
    return target(source);
  }

  String title() {
    return title;
  }

  String html() {
    return html;
  }

  /** Without marks, for the search. */
  String text() {
    return text;
  }

  /** What it shows or links to that is no page: pictures and sources. */
  List<Path> files(Path repository) {
    return files.stream().filter(file -> Files.isRegularFile(repository.resolve(file))).toList();
  }

  /** Leads links to the pages that their files become. */
  private final class Relink extends AbstractVisitor {

    private final Path repository;

    Relink(Path repository) {
      this.repository = repository;
    }

    @Override
    public void visit(Link link) {
      link.setDestination(relinked(link.getDestination()));
      visitChildren(link);
    }

    @Override
    public void visit(Image image) {
      image.setDestination(relinked(image.getDestination()));
    }

    private String relinked(String destination) {
      if (destination.contains(":") || destination.startsWith("#")) {
        return destination;
      }
      int hash = destination.indexOf('#');
      String path = hash < 0 ? destination : destination.substring(0, hash);
      String anchor = hash < 0 ? "" : destination.substring(hash);
      Path file = Path.of("/").resolve(source).resolveSibling(path).normalize();
      Path inside = Path.of("/").relativize(file);
      if (path.endsWith(".md")) {
        return path.replaceFirst("README\\.md$", "index.html").replaceFirst("\\.md$", ".html")
            + anchor;
      }
      if (Files.isRegularFile(repository.resolve(inside).resolve("README.md"))) {
        return path + "/index.html" + anchor;
      }
      if (Files.isDirectory(repository.resolve(inside))) {
        // A folder of pages without one of its own: the list of pages has them all.
        return path + "/index.html";
      }
      files.add(inside);
      return destination;
    }
  }
}
