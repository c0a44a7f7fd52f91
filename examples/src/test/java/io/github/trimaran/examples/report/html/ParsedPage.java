package io.github.trimaran.examples.report.html;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * A report as an XML parser reads it: it fails at whatever is not closed or escaped. Script and
 * style are looked at apart, for in HTML theirs is another syntax.
 */
record ParsedPage(Document document, String style, String script) {

  private static final Pattern STYLE = Pattern.compile("(?s)(<style>)(.*?)(</style>)");
  private static final Pattern SCRIPT = Pattern.compile("(?s)(<script>)(.*?)(</script>)");

  static ParsedPage of(String html) throws Exception {
    Matcher style = STYLE.matcher(html);
    Matcher script = SCRIPT.matcher(html);
    if (!style.find() || !script.find()) {
      throw new AssertionError("no style or no script");
    }
    String markup = STYLE.matcher(html).replaceFirst("$1$3");
    markup = SCRIPT.matcher(markup).replaceFirst("$1$3");
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(markup)));
    return new ParsedPage(document, style.group(2), script.group(2));
  }

  List<Element> elements(String tag) {
    NodeList found = document.getElementsByTagName(tag);
    List<Element> elements = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }

  List<String> text(String tag) {
    return elements(tag).stream().map(Element::getTextContent).toList();
  }

  /** The texts of each table's row, with a space between cells. */
  List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (Element row : elements("tr")) {
      List<String> cells = new ArrayList<>();
      NodeList children = row.getChildNodes();
      for (int i = 0; i < children.getLength(); i++) {
        cells.add(children.item(i).getTextContent());
      }
      rows.add(String.join(" ", cells).stripTrailing());
    }
    return rows;
  }

  /** The values of an attribute where it is there. */
  List<String> attributes(String tag, String name) {
    return elements(tag).stream()
        .filter(element -> element.hasAttribute(name))
        .map(element -> element.getAttribute(name))
        .toList();
  }

  /** The names of all attributes. */
  List<String> everyAttribute() {
    List<String> names = new ArrayList<>();
    for (Element element : elements("*")) {
      NamedNodeMap attributes = element.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        names.add(attributes.item(i).getNodeName());
      }
    }
    return names;
  }
}
