package io.github.trimaran.examples.training;

import io.github.trimaran.examples.run.InputException;
import java.util.Map;

/** Things chosen by name on the command line. */
final class Choices {

  private Choices() {}

  /** What has that name, or an error that lists the names there are. */
  static <T> T named(String option, String name, Map<String, T> choices) {
    T choice = choices.get(name);
    if (choice == null) {
      throw new InputException(
          option
              + ": there is no '"
              + name
              + "'; choose one of "
              + String.join(", ", choices.keySet().stream().sorted().toList()));
    }
    return choice;
  }
}
