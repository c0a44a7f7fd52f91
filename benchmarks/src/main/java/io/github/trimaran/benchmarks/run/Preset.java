package io.github.trimaran.benchmarks.run;

/** How long and how often things are measured. */
public enum Preset {
  /** A first look, under five minutes: one fork, few cases. Its ratios prove nothing. */
  QUICK(1, 2, 300, 3, 400, 1),
  /** What the targets are judged by: three forks. */
  DEFAULT(3, 2, 1000, 3, 1000, 3),
  /** Everything, hours. */
  FULL(3, 3, 1000, 5, 1000, 5);

  private final int forks;
  private final int warmups;
  private final int warmupMillis;
  private final int iterations;
  private final int millis;
  private final int starts;

  Preset(int forks, int warmups, int warmupMillis, int iterations, int millis, int starts) {
    this.forks = forks;
    this.warmups = warmups;
    this.warmupMillis = warmupMillis;
    this.iterations = iterations;
    this.millis = millis;
    this.starts = starts;
  }

  /** JVMs that measure each case. */
  public int forks() {
    return forks;
  }

  /** JVMs that measure a start, for each measures it once. */
  public int starts() {
    return starts;
  }

  /** Iterations before the first that counts. */
  public int warmups() {
    return warmups;
  }

  /** How long each of those takes. */
  public int warmupMillis() {
    return warmupMillis;
  }

  /** Iterations that count. */
  public int iterations() {
    return iterations;
  }

  /** How long each of those takes. */
  public int millis() {
    return millis;
  }

  /** About how long a case takes, in seconds: the JVMs' and engines' starts take two each. */
  public double secondsEach() {
    return forks * (2.5 + (warmups * warmupMillis + iterations * millis) / 1e3);
  }
}
