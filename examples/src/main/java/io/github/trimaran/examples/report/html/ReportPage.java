package io.github.trimaran.examples.report.html;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file that needs nothing else: what results hold, to look at in a browser. Its own policy
 * forbids it to ask anybody for anything, and to run any script but the one that comes with it.
 *
 * <pre>{@code
 * ReportPage.of(List.of(SavedResult.read(Path.of("out/exercise-29a-cpu")))).write(Path.of("report.html"));
 * }</pre>
 */
public final class ReportPage {

  /** The file's name beside {@code result.json}. */
  public static final String NAME = "report.html";

  /** What the file stays under. */
  static final int MOST_BYTES = 2_000_000;

  private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

  private final String page;

  private ReportPage(String page) {
    this.page = page;
  }

  /**
   * The report of a result, or the comparison of several.
   *
   * @param results one or more of the same command
   * @throws IllegalArgumentException if they are of different commands, or too much for one page
   */
  public static ReportPage of(List<SavedResult> results) throws IOException {
    String style = resource("style.css");
    String script = resource("charts.js");
    int frame = style.length() + script.length() + 4_000;
    Report report = new Report(results, MOST_BYTES - frame);
    Map<String, String> parts =
        Map.of(
            "title", Html.escaped(report.title()),
            "style", style,
            "script", script,
            "digest", digest(script),
            "body", report.body().markup());
    String page = filled(resource("page.html"), parts);
    if (page.getBytes(StandardCharsets.UTF_8).length >= MOST_BYTES) {
      throw new IllegalArgumentException(
          results.get(0).folder() + ": the result holds too much for a report of 2 MB");
    }
    return new ReportPage(page);
  }

  /** The whole file. */
  public String html() {
    return page;
  }

  /** Writes it, whole or not at all. */
  public void write(Path file) throws IOException {
    AtomicFiles.write(file, page);
  }

  /** One pass: what is filled in is not looked into again. */
  private static String filled(String template, Map<String, String> parts) {
    return PLACE
        .matcher(template)
        .replaceAll((MatchResult place) -> Matcher.quoteReplacement(parts.get(place.group(1))));
  }

  private static String digest(String script) {
    try {
      byte[] bytes = script.getBytes(StandardCharsets.UTF_8);
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = ReportPage.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IOException("this build lacks the report's file " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
