package io.github.trimaran.examples.run;

import picocli.CommandLine.Option;

/** The option of commands whose work other computers can do. */
public final class ClusterOptions {

  /** Its master; null to work here. */
  @Option(
      names = "--cluster",
      paramLabel = "MASTER",
      description =
          "Work on a cluster of Apache Spark: spark://HOST:PORT, or local[N] for N threads here; see"
              + " docs/guide/scaling.md.")
  public String master;
}
