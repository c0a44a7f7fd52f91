package io.github.trimaran.benchmarks.run;

import java.lang.module.ModuleFinder;
import java.util.ArrayList;
import java.util.List;

/** The flags of every JVM that measures: those of the launcher. */
final class ForkFlags {

  private ForkFlags() {}

  static List<String> all() {
    List<String> flags = new ArrayList<>();
    flags.add("-XX:+UseParallelGC");
    flags.add("-XX:MaxRAMPercentage=60");
    flags.add("-XX:InitialRAMPercentage=1");
    flags.add("-XX:MinHeapFreeRatio=20");
    flags.add("-XX:MaxHeapFreeRatio=40");
    flags.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    if (ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent()) {
      flags.add("--add-modules=jdk.incubator.vector");
    }
    int version = Runtime.version().feature();
    if (version >= 22) {
      flags.add("--enable-native-access=ALL-UNNAMED");
    }
    if (version >= 23) {
      flags.add("--sun-misc-unsafe-memory-access=allow");
    }
    return flags;
  }
}
