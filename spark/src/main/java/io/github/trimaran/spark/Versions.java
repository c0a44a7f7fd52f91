package io.github.trimaran.spark;

import io.github.trimaran.backend.Backend;
import java.io.IOException;
import java.io.Serializable;
import org.apache.spark.SparkContext;

/**
 * What a driver or an executor computes with. Both must have the same: numbers could differ, or
 * classes not fit, and what then fails says nothing of the reason. {@link SparkWorkers}, {@link
 * SparkTrials} and {@link SparkPredictor} ask executors by themselves.
 *
 * <pre>{@code
 * System.out.println(Versions.here());
 * }</pre>
 *
 * @param library of this library, as its jar has it
 * @param spark of Spark
 */
public record Versions(String library, String spark) implements Serializable {

  /** Spark keeps what it offers within a main version. */
  private static final String BUILT_FOR = "4.";

  /** Those of this JVM. */
  public static Versions here() {
    return new Versions(ofLibrary(), org.apache.spark.package$.MODULE$.SPARK_VERSION());
  }

  /** Those of the driver, if it has a Spark that this library works on. */
  static Versions ofDriver(SparkContext context) throws IOException {
    Versions own = new Versions(ofLibrary(), context.version());
    own.requireBuiltFor();
    return own;
  }

  void requireBuiltFor() throws IOException {
    if (!spark.startsWith(BUILT_FOR)) {
      throw new IOException(
          "versions: Trimaran "
              + library
              + " is built for Spark 4 with Scala 2.13, this is Spark "
              + spark
              + "; start it with Spark 4");
    }
  }

  /** In a task: requires that this executor has the driver's. */
  void requireHere() throws IOException {
    Versions own = here();
    if (!own.equals(this)) {
      throw new IOException(
          "versions: the driver has "
              + this
              + ", an executor has "
              + own
              + "; put the same jars on the class paths of both");
    }
  }

  /** "unpacked" where classes are in no jar. */
  private static String ofLibrary() {
    String version = Backend.class.getPackage().getImplementationVersion();
    return version == null ? "unpacked" : version;
  }

  @Override
  public String toString() {
    return "Trimaran " + library + " on Spark " + spark;
  }
}
