package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** One of the things that an option chooses by name: {@code ONE_CYCLE} is {@code one-cycle}. */
public interface Choice {

  /** The constant's. */
  String name();

  /** Its name on the command line and in results. */
  default String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one of that label, or an error that lists the labels there are. */
  static <T extends Choice> T named(String option, String label, T[] all) {
    return Arrays.stream(all)
        .filter(choice -> choice.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    option
                        + ": there is no '"
                        + label
                        + "'; choose one of "
                        + Arrays.stream(all)
                            .map(Choice::label)
                            .sorted()
                            .collect(Collectors.joining(", "))));
  }
}
