package io.github.trimaran.benchmarks.report;

import com.github.mustachejava.DefaultMustacheFactory;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.Image;
import org.commonmark.node.Node;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/** The report as one page that needs no other file. */
public final class ReportPage {

  private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

  private ReportPage() {}

  /**
   * Renders Markdown.
   *
   * @param folder where its pictures are; they become part of the page
   */
  public static String html(String markdown, Path folder) {
    Node document = Parser.builder().extensions(EXTENSIONS).build().parse(markdown);
    String body =
        HtmlRenderer.builder()
            .extensions(EXTENSIONS)
            .escapeHtml(true)
            .attributeProviderFactory(
                context ->
                    (node, tag, attributes) -> {
                      if (node instanceof Image image) {
                        attributes.put("src", inline(folder.resolve(image.getDestination())));
                      }
                    })
            .build()
            .render(document);
    StringWriter out = new StringWriter();
    new DefaultMustacheFactory()
        .compile(ReportText.template("report.html.mustache"))
        .execute(out, Map.of("body", body));
    return out.toString();
  }

  private static String inline(Path picture) {
    try {
      return "data:image/png;base64,"
          + Base64.getEncoder().encodeToString(Files.readAllBytes(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
