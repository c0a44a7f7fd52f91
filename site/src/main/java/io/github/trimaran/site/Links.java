package io.github.trimaran.site;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The links of a site: each leads to a file that is there, and to a place in it that is there. */
final class Links {

  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
  private static final Pattern PLACE = Pattern.compile("(?:id|name)=\"([^\"]*)\"");

  private final Path site;
  private final Map<Path, Set<String>> places = new HashMap<>();

  Links(Path site) {
    this.site = site;
  }

  /**
   * Follows all of them.
   *
   * @return how many there are
   * @throws IOException listing those that lead nowhere
   */
  int check() throws IOException {
    List<Path> pages;
    try (Stream<Path> files = Files.walk(site)) {
      pages = files.filter(file -> file.toString().endsWith(".html")).toList();
    }
    int links = 0;
    List<String> broken = new ArrayList<>();
    for (Path page : pages) {
      List<String> found =
          LINK.matcher(Files.readString(page)).results().map(link -> link.group(1)).toList();
      links += found.size();
      for (String link : found) {
        if (!leadsSomewhere(page, link)) {
          broken.add(site.relativize(page) + ": " + link);
        }
      }
    }
    if (!broken.isEmpty()) {
      throw new IOException("site: these links lead nowhere\n" + String.join("\n", broken));
    }
    return links;
  }

  private boolean leadsSomewhere(Path page, String link) throws IOException {
    if (link.matches("(?i)[a-z][a-z+.-]*:.*")) {
      return true; // of others: not asked, for the build needs no network
    }
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    String place = hash < 0 ? "" : link.substring(hash + 1);
    Path file =
        path.isEmpty()
            ? page
            : page.resolveSibling(URLDecoder.decode(path, StandardCharsets.UTF_8)).normalize();
    if (!Files.isRegularFile(file)) {
      return false;
    }
    // Javadoc's page of constants has a link to a package that is none.
    return place.isEmpty()
        || file.endsWith("api/constant-values.html")
        || places(file).contains(place)
        || places(file).contains(URLDecoder.decode(place, StandardCharsets.UTF_8));
  }

  private Set<String> places(Path file) throws IOException {
    Set<String> known = places.get(file);
    if (known == null) {
      known =
          PLACE
              .matcher(Files.readString(file))
              .results()
              .map(found -> found.group(1).replace("&lt;", "<").replace("&gt;", ">"))
              .collect(Collectors.toSet());
      places.put(file, known);
    }
    return known;
  }
}
