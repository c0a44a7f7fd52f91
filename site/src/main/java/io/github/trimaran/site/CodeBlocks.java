package io.github.trimaran.site;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Node;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlWriter;

/** Blocks of code, Java with its words in colours. */
final class CodeBlocks implements NodeRenderer {

  private static final Pattern JAVA =
      Pattern.compile(
          "(?<comment>//[^\\n]*)|(?<string>\"(?:\\\\.|[^\"\\\\\\n])*\")"
              + "|(?<number>\\b\\d[\\d_.]*(?:e-?\\d+)?[fL]?\\b)"
              + "|(?<keyword>\\b(?:abstract|catch|class|double|extends|final|float|for|if|implements"
              + "|import|int|long|new|null|private|protected|public|return|static|super|this|throws"
              + "|true|try|void|false|byte)\\b)|(?<annotation>@\\w+)");

  private static final String[] KINDS = {"comment", "string", "number", "keyword", "annotation"};

  private final HtmlWriter html;

  CodeBlocks(HtmlNodeRendererContext context) {
    html = context.getWriter();
  }

  @Override
  public Set<Class<? extends Node>> getNodeTypes() {
    return Set.of(FencedCodeBlock.class);
  }

  @Override
  public void render(Node node) {
    FencedCodeBlock block = (FencedCodeBlock) node;
    String kind = block.getInfo() == null ? "" : block.getInfo().strip();
    html.line();
    html.tag("pre", Map.of("class", kind.isEmpty() ? "plain" : kind));
    html.tag("code");
    if (kind.equals("java")) {
      html.raw(coloured(block.getLiteral()));
    } else {
      html.text(block.getLiteral());
    }
    html.tag("/code");
    html.tag("/pre");
    html.line();
  }

  /** Java as HTML, in spans named after what they hold. */
  static String coloured(String code) {
    StringBuilder spans = new StringBuilder();
    Matcher found = JAVA.matcher(code);
    int end = 0;
    while (found.find()) {
      spans.append(Template.escaped(code.substring(end, found.start())));
      for (String kind : KINDS) {
        if (found.group(kind) != null) {
          spans.append("<span class=\"").append(kind).append("\">");
        }
      }
      spans.append(Template.escaped(found.group())).append("</span>");
      end = found.end();
    }
    return spans.append(Template.escaped(code.substring(end))).toString();
  }
}
