package io.github.trimaran.cluster;

import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.examples.run.Console;
import java.io.IOException;

/** What {@code --cluster} finds when this module is on the class path. */
public final class SparkProgram implements Cluster.Program {

  /** For {@link java.util.ServiceLoader}. */
  public SparkProgram() {}

  @Override
  public Cluster connect(String master, Console console) throws IOException {
    return new SparkCluster(SparkConnection.open(master, console));
  }
}
