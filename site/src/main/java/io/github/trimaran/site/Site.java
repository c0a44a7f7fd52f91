package io.github.trimaran.site;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes a site of static pages: the guide, all other documentation, and the javadoc. It needs no
 * server: open {@code index.html}.
 *
 * <pre>{@code
 * Site.main("path/of/the/repository", "target/site");
 * }</pre>
 *
 * <p>The pages lie as their sources do, {@code docs/guide/data.md} becomes {@code
 * docs/guide/data.html}; {@code README.md} becomes the {@code index.html} of its folder. A link
 * that leads nowhere fails the build.
 */
public final class Site {

  private static final List<String> ASSETS = List.of("site.css", "site.js", "api.css");

  private final Path repository;
  private final Path target;

  private Site(Path repository, Path target) {
    this.repository = repository;
    this.target = target;
  }

  /** Takes the folder of the repository and the folder to write to. */
  public static void main(String... arguments) throws IOException {
    new Site(Path.of(arguments[0]), Path.of(arguments[1])).build();
  }

  private void build() throws IOException {
    Map<Path, MarkdownPage> pages = new TreeMap<>();
    for (Path source : sources()) {
      pages.put(source, MarkdownPage.read(repository, source));
    }
    addListsOfFolders(pages);
    Template template = Template.of(pages);
    for (MarkdownPage page : pages.values()) {
      write(page.target(), template.fill(page));
      for (Path file : page.files(repository)) {
        copy(file);
      }
    }
    for (String asset : ASSETS) {
      write(Path.of("assets", asset), resource(asset));
    }
    write(Path.of("assets", "search-index.js"), SearchIndex.of(pages.values()));
    ApiDocs.write(repository, target.resolve("api"));
    int links = new Links(target).check();
    System.out.printf(
        "site: %d pages, javadoc, %d links checked: %s%n",
        pages.size(), links, target.resolve("index.html"));
  }

  /** A folder without a page of its own gets one that lists the others. */
  private void addListsOfFolders(Map<Path, MarkdownPage> pages) {
    Map<Path, StringBuilder> lists = new TreeMap<>();
    pages.forEach(
        (source, page) -> {
          if (source.getParent() != null) {
            lists
                .computeIfAbsent(
                    source.resolveSibling("README.md"),
                    own -> new StringBuilder("# " + source.getParent().getFileName() + "\n\n"))
                .append("- [%s](%s)%n".formatted(page.title(), source.getFileName()));
          }
        });
    lists.forEach(
        (source, list) ->
            pages.computeIfAbsent(
                source, own -> new MarkdownPage(repository, own, list.toString())));
  }

  private List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> top = Files.list(repository);
        Stream<Path> docs = Files.walk(repository.resolve("docs"))) {
      Stream.concat(top, docs)
          .filter(file -> file.toString().endsWith(".md"))
          .map(repository::relativize)
          .forEach(found::add);
    }
    return found;
  }

  private void copy(Path file) throws IOException {
    Path to = target.resolve(file);
    Files.createDirectories(to.getParent());
    Files.write(to, Files.readAllBytes(repository.resolve(file)));
  }

  private void write(Path file, String text) throws IOException {
    Path to = target.resolve(file);
    Files.createDirectories(to.getParent());
    Files.writeString(to, text);
  }

  static String resource(String name) throws IOException {
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
