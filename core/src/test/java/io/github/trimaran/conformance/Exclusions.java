package io.github.trimaran.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a backend is known not to do, each with its reason. An excluded case runs all the same, and
 * fails if it passes: an exclusion that is no longer true must go.
 */
public final class Exclusions {

  private record Exclusion(String prefix, String reason) {}

  private final List<Exclusion> exclusions = new ArrayList<>();

  private Exclusions() {}

  /** None: what every backend should aim at. */
  public static Exclusions none() {
    return new Exclusions();
  }

  /**
   * Excludes the cases whose id starts with {@code prefix}: {@code "pow/float32/special"}.
   *
   * @return this
   * @throws IllegalArgumentException if no reason is given
   */
  public Exclusions exclude(String prefix, String reason) {
    if (prefix.isBlank() || reason.isBlank()) {
      throw new IllegalArgumentException("exclusion: needs a prefix and a written reason");
    }
    exclusions.add(new Exclusion(prefix, reason));
    return this;
  }

  /** Why a case is excluded, if it is. */
  public Optional<String> reason(ConformanceCase candidate) {
    return exclusions.stream()
        .filter(exclusion -> candidate.id().startsWith(exclusion.prefix()))
        .map(Exclusion::reason)
        .findFirst();
  }

  /** The prefixes that no case has: left over from cases renamed or removed. */
  public List<String> unused(List<ConformanceCase> cases) {
    return exclusions.stream()
        .map(Exclusion::prefix)
        .filter(prefix -> cases.stream().noneMatch(c -> c.id().startsWith(prefix)))
        .toList();
  }
}
