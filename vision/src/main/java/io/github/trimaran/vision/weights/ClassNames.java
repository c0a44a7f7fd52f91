package io.github.trimaran.vision.weights;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Finds classes by what people call them.
 *
 * <pre>{@code
 * int tabby = ClassNames.find(names, "tabby"); // of "tabby, tabby cat"
 * }</pre>
 */
public final class ClassNames {

  private static final int SHOWN = 8;

  private ClassNames() {}

  /** The first of several names of a class: {@code "tabby"} of {@code "tabby, tabby cat"}. */
  public static String first(String names) {
    return names.split(",", 2)[0].strip();
  }

  /**
   * The class of that number or name.
   *
   * @throws IllegalArgumentException if there is none or several, saying what there is
   */
  public static int find(List<String> classes, String wanted) {
    if (wanted.matches("[0-9]{1,9}")) {
      int index = Integer.parseInt(wanted);
      if (index >= classes.size()) {
        throw new IllegalArgumentException(
            "no class " + index + "; there are " + classes.size() + ", from 0");
      }
      return index;
    }
    String name = wanted.strip().toLowerCase(Locale.ROOT);
    List<Integer> whole = new ArrayList<>();
    List<Integer> partly = new ArrayList<>();
    for (int i = 0; i < classes.size(); i++) {
      String each = classes.get(i).toLowerCase(Locale.ROOT);
      if (Arrays.stream(each.split(",")).anyMatch(one -> one.strip().equals(name))) {
        whole.add(i);
      } else if (Arrays.asList(each.split("[^\\p{L}\\p{N}]+")).contains(name)) {
        partly.add(i);
      }
    }
    List<Integer> found = whole.isEmpty() ? partly : whole;
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "no class is called '"
              + wanted
              + "'; give a number from 0 to "
              + (classes.size() - 1)
              + " or a name such as "
              + first(classes.get(1)));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "'" + wanted + "' means several classes; give one of " + shown(classes, found));
    }
    return found.get(0);
  }

  private static String shown(List<String> classes, List<Integer> found) {
    String some =
        found.stream()
            .limit(SHOWN)
            .map(i -> i + " (" + first(classes.get(i)) + ")")
            .collect(Collectors.joining(", "));
    return found.size() > SHOWN ? some + ", ..." : some;
  }
}
