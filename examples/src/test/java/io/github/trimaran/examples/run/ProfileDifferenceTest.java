package io.github.trimaran.examples.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.diagnostics.Profile.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A second piece of work is not charged with the first one's time. */
class ProfileDifferenceTest {

  @Test
  void countsWhatCameSince() {
    List<Entry> before = List.of(new Entry("add", "fc", 3, 30, 12), new Entry("exp", "", 1, 9, 4));
    List<Entry> now =
        List.of(
            new Entry("add", "fc", 5, 37, 20),
            new Entry("exp", "", 1, 9, 4),
            new Entry("add", "", 2, 8, 16));
    assertThat(ProfileDifference.between(before, now))
        .containsExactly(new Entry("add", "", 2, 8, 16), new Entry("add", "fc", 2, 7, 8));
  }
}
