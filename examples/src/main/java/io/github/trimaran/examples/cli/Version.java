package io.github.trimaran.examples.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, from the jar or, run from classes, from the build's resource. */
public final class Version implements IVersionProvider {

  /** For example {@code 0.1.0}. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "0.1.0" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {
      "trimaran " + current(),
      "Java " + System.getProperty("java.version") + " (" + System.getProperty("java.vm.name") + ")"
    };
  }
}
