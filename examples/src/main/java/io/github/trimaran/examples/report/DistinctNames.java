package io.github.trimaran.examples.report;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/**
 * Tells apart what would be called the same, so that no result takes another's place:
 *
 * <pre>{@code
 * DistinctNames names = new DistinctNames();
 * names.of("saliency-cat", ".png"); // saliency-cat.png
 * names.of("saliency-cat", ".png"); // saliency-cat-2.png
 * }</pre>
 */
public final class DistinctNames {

  private final Set<String> given = new HashSet<>();

  /** Without any name given yet. */
  public DistinctNames() {}

  /** The file's name; the path as it is written where another file has the same name. */
  public static String of(Path file, List<Path> all) {
    boolean alone =
        all.stream()
            .filter(other -> Objects.equals(other.getFileName(), file.getFileName()))
            .allMatch(other -> other.equals(file));
    return (alone ? file.getFileName() : file).toString();
  }

  /**
   * Stem and ending, with a number between them if that name was given before: in capitals or not,
   * for some file systems take both for the same.
   */
  public String of(String stem, String ending) {
    String name = stem + ending;
    for (int number = 2; !given.add(name.toLowerCase(Locale.ROOT)); number++) {
      name = stem + "-" + number + ending;
    }
    return name;
  }
}
