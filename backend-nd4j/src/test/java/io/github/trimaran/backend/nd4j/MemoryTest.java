package io.github.trimaran.backend.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.BackendOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Native memory is given back when its last array is released, and not before. */
class MemoryTest {

  private final Nd4jBackend backend =
      (Nd4jBackend) new Nd4jBackendProvider().create(new BackendOptions(2, "cpu"));

  private Nd4jArray array(float... values) {
    return backend.fromHost(HostArray.of(values, Shape.of(values.length)));
  }

  @Test
  void viewsOutliveTheirOriginalInAnyOrder() {
    Nd4jArray original = array(1, 2, 3, 4, 5, 6);
    Nd4jArray view = backend.reshape(original, Shape.of(2, 3));
    Nd4jArray second = backend.reshape(view, Shape.of(3, 2));
    assertThat(backend.liveArrays()).isEqualTo(3);
    backend.release(original);
    Nd4jArray other = array(9, 9, 9, 9, 9, 9);
    assertThat(backend.toHost(view).floats()).containsExactly(1, 2, 3, 4, 5, 6);
    backend.release(view);
    assertThat(backend.toHost(second).floats()).containsExactly(1, 2, 3, 4, 5, 6);
    backend.release(second);
    backend.release(other);
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void releasingTwiceIsAnErrorAndHarmsNoOtherArray() {
    Nd4jArray gone = array(1, 2);
    Nd4jArray view = backend.reshape(gone, Shape.of(2, 1));
    backend.release(gone);
    assertThatThrownBy(() -> backend.release(gone)).hasMessageContaining("released twice");
    assertThat(backend.toHost(view).floats()).containsExactly(1, 2);
    backend.release(view);
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void anOperationThatFailsLeavesNothing() {
    Nd4jArray a = array(1, 2, 3);
    Nd4jArray wrong = backend.fromHost(HostArray.of(new long[] {0, 3, 1}, Shape.of(3)));
    long before = backend.liveArrays();
    assertThatThrownBy(() -> backend.gather(a, 0, wrong))
        .isInstanceOf(IndexOutOfBoundsException.class)
        .hasMessageContaining("index 3")
        .hasMessageContaining("extent of 3");
    assertThatThrownBy(() -> backend.scatterAdd(a, 0, wrong, 2))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> backend.scatterAdd(a, 0, wrong, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    Nd4jArray logits = backend.reshape(a, Shape.of(1, 3));
    Nd4jArray label = backend.fromHost(HostArray.of(new long[] {-1}, Shape.of(1)));
    assertThatThrownBy(() -> backend.softmaxCrossEntropy(logits, label, 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(backend.liveArrays()).isEqualTo(before + 2);
    List.of(a, wrong, logits, label).forEach(backend::release);
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void emptyArraysHaveNoMemoryAndAreCounted() {
    Nd4jArray empty = backend.full(Shape.of(0, 3), DType.FLOAT32, 1);
    assertThat(backend.footprint()).isZero();
    assertThat(backend.liveArrays()).isEqualTo(1);
    backend.release(empty);
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void whatIsKeptStaysWithinWhatWasOnceUsed() {
    long largest = 0;
    for (int size = 1_000_000; size < 30_000_000; size += 1_000_000) {
      Nd4jArray array = backend.full(Shape.of(size), DType.FLOAT32, 1);
      largest = 4L * size;
      backend.release(array);
    }
    assertThat(backend.footprint()).isLessThan(2 * largest + (64L << 20));
  }

  @Test
  void residentMemoryStopsGrowing() throws Exception {
    Assumptions.assumeTrue(Files.exists(GrowthProbe.STATUS), "no " + GrowthProbe.STATUS);
    // Its own JVM with a heap of fixed size: what grows is native.
    Process probe =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx64m",
                "-XX:+AlwaysPreTouch",
                "-cp",
                System.getProperty("java.class.path"),
                GrowthProbe.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    List<Long> pages =
        new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .map(Long::parseLong)
            .toList();
    assertThat(probe.waitFor()).isZero();
    assertThat(pages).hasSize(2);
    assertThat((double) pages.get(1)).isLessThan(1.05 * pages.get(0));
  }
}
