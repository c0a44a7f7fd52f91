package io.github.trimaran.examples.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A page of Markdown as a sequence of code: blocks of Java, and what tables show in a last column
 * that is headed {@code Trimaran}.
 *
 * @param name of its file, from the top of the repository
 * @param blocks in order
 */
record Page(String name, List<Block> blocks) {

  private static final Pattern HEAD = Pattern.compile("^\\|.*\\| Trimaran \\|$");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /**
   * Java, with what it prints.
   *
   * @param line where it stands
   * @param code the Java
   * @param output the text block right after it; null if there is none
   */
  record Block(int line, String code, String output) {}

  /** Whether a block has that text. */
  boolean shows(String code) {
    return blocks.stream().anyMatch(block -> block.code().contains(code));
  }

  /** Reads a page, from the folder of this module. */
  static Page read(String name) throws IOException {
    return new Page(name, blocks(Files.readAllLines(Path.of("..", name))));
  }

  /** The blocks of a text. */
  static List<Block> blocks(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    boolean inTable = false;
    boolean justCode = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      inTable = line.startsWith("|") && (inTable || HEAD.matcher(line).matches());
      if (line.startsWith("```")) {
        int end = i + 1;
        while (!lines.get(end).equals("```")) {
          end++;
        }
        String text = String.join("\n", lines.subList(i + 1, end)) + "\n";
        if (line.equals("```java")) {
          blocks.add(new Block(i + 1, text, null));
        } else if (line.equals("```text") && justCode) {
          Block above = blocks.remove(blocks.size() - 1);
          blocks.add(new Block(above.line(), above.code(), text));
        }
        justCode = line.equals("```java");
        i = end;
      } else if (inTable) {
        int cell = line.lastIndexOf('|', line.length() - 2);
        for (MatchResult code : CODE.matcher(line.substring(cell)).results().toList()) {
          blocks.add(new Block(i + 1, code.group(1) + "\n", null));
        }
      } else if (!line.isBlank()) {
        justCode = false;
      }
    }
    return blocks;
  }
}
