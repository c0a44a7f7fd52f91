package io.github.trimaran.examples.run;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a search. One not given is null: the exercise's own choice. */
public final class SearchOptions {

  /** Where trials are made. */
  @Mixin public ClusterOptions cluster = new ClusterOptions();

  /** How candidates get their budgets. */
  public enum Method {
    /** All start with little, the best go on with more. */
    HALVING,
    /** All get the same. */
    RANDOM
  }

  /** Null for the default. */
  @Option(
      names = "--search",
      paramLabel = "halving|random",
      description = "Exercise 29c: successive halving, or the same budget for all.")
  public Method search;

  /** How many settings are drawn; null for the default. */
  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "Exercise 29c: how many settings to try.")
  public Integer trials;

  /** How many are tried at once; null for what threads and memory allow. */
  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Exercise 29c: settings tried at once (default: as threads and memory allow). Changes"
              + " nothing but the time.")
  public Integer jobs;
}
