package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class SparkFailuresTest {

  /** What Spark says in many lines, or in words of its own. */
  @Test
  void reasonsAreTold() {
    assertThat(
            SparkFailures.reason(
                new IllegalStateException(
                    "Cannot call methods on a stopped SparkContext.\nThis stopped ...")))
        .isEqualTo(
            "the master has ended this program, as it does where executors cannot start; look into"
                + " the workers' logs");
    assertThat(
            SparkFailures.reason(
                new IllegalStateException(
                    "Job aborted: java.io.IOException: No space left on device\n\tat x")))
        .startsWith("No space left on device where Spark keeps")
        .contains("spark.local.dir");
    assertThat(SparkFailures.reason(new NoSuchMethodError("x()")))
        .isEqualTo("it has another version of Spark or of this program (x())");
  }

  @Test
  void whatIsOursIsToldAsItIs() {
    IOException ours = new FileNotFoundException("a.st: there is no such file");
    Exception thrown = new IllegalStateException("Job aborted", new UncheckedIOException(ours));
    assertThat(SparkFailures.inOneLine("workers", thrown)).isSameAs(ours);
    assertThat(SparkFailures.inOneLine("workers", new IllegalStateException("Job aborted\n\tat x")))
        .hasMessage("workers: Spark could not do it: Job aborted");
  }
}
