package io.github.trimaran.examples.run;

import io.github.trimaran.diagnostics.Profile;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a profile counted between two looks at it: one engine may do several pieces of work. */
final class ProfileDifference {

  private ProfileDifference() {}

  /** The entries that grew, by how much, the longest first. */
  static List<Profile.Entry> between(List<Profile.Entry> before, List<Profile.Entry> now) {
    Map<List<String>, Profile.Entry> known = new HashMap<>();
    before.forEach(entry -> known.put(key(entry), entry));
    return now.stream()
        .map(entry -> since(known.get(key(entry)), entry))
        .filter(entry -> entry.calls() > 0)
        .sorted(Comparator.comparingLong(Profile.Entry::nanos).reversed())
        .toList();
  }

  private static List<String> key(Profile.Entry entry) {
    return List.of(entry.operation(), entry.layer());
  }

  private static Profile.Entry since(Profile.Entry before, Profile.Entry now) {
    return before == null
        ? now
        : new Profile.Entry(
            now.operation(),
            now.layer(),
            now.calls() - before.calls(),
            now.nanos() - before.nanos(),
            now.bytes() - before.bytes());
  }
}
