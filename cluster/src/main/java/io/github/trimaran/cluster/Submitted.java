package io.github.trimaran.cluster;

import io.github.trimaran.examples.cli.Main;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The program as {@code spark-submit} starts it, on the master that it was given.
 *
 * <pre>{@code
 * spark-submit --master spark://host:7077 trimaran-cluster.jar train mnist --quick
 * }</pre>
 */
public final class Submitted {

  private static final String MASTER = "spark.master";
  private static final String SUBMITTED = "spark.submit.deployMode";

  private Submitted() {}

  /** Runs one command. */
  public static void main(String... arguments) throws ReflectiveOperationException {
    Main.main(
        withMaster(Arrays.asList(arguments), System.getProperty(MASTER)).toArray(String[]::new));
  }

  /** Whether this process was started by {@code spark-submit}. */
  static boolean here() {
    return System.getProperty(SUBMITTED) != null;
  }

  /** {@code --cluster} with the master, unless it is there or the command has no such option. */
  static List<String> withMaster(List<String> arguments, String master) {
    boolean known =
        arguments.contains("train")
            || arguments.contains("predict")
            || (arguments.contains("exercise") && arguments.contains("29c"));
    boolean given = arguments.stream().anyMatch(word -> word.startsWith("--cluster"));
    List<String> all = new ArrayList<>(arguments);
    if (known && !given && master != null) {
      all.add("--cluster=" + master);
    }
    return all;
  }
}
