package io.github.trimaran.examples.run;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Choosing some of several named things, such as exercises. */
public final class Selection {

  private Selection() {}

  /**
   * Those of these names, in the order of the names; {@code all} stands for all.
   *
   * @param kind what they are, for the error: {@code "exercise"}
   * @throws IllegalArgumentException if there is none of a name, listing those there are
   */
  public static <T> List<T> of(
      String kind, List<T> all, Function<T, String> name, List<String> wanted) {
    if (wanted.contains("all")) {
      return all;
    }
    return wanted.stream().distinct().map(each -> named(kind, all, name, each)).toList();
  }

  private static <T> T named(String kind, List<T> all, Function<T, String> name, String wanted) {
    return all.stream()
        .filter(candidate -> name.apply(candidate).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "no "
                        + kind
                        + " '"
                        + wanted
                        + "'; there are "
                        + names(all, name)
                        + ", or all"));
  }

  /** Their names, for people. */
  public static <T> String names(List<T> all, Function<T, String> name) {
    return all.stream().map(name).collect(Collectors.joining(", "));
  }
}
