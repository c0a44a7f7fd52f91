package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveArray;
import io.github.trimaran.naive.NaiveBackend;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ScopeTest {

  private final NaiveBackend backend = new NaiveBackend();

  private Tensor tensor() {
    return Tensor.of(backend, new double[] {1, 2, 3}, 3);
  }

  @Test
  void releasesWhatWasMadeInside() {
    try (Scope scope = Scope.open()) {
      Tensor a = tensor();
      a.add(a).exp();
      assertThat(backend.liveArrays()).isEqualTo(3);
      assertThat(scope.owns(a)).isTrue();
    }
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void handsKeptTensorsToTheScopeAround() {
    try (Scope outer = Scope.open()) {
      Tensor kept;
      try (Scope inner = Scope.open()) {
        kept = inner.keep(tensor());
        tensor();
        assertThat(inner.owns(kept)).isFalse();
        assertThat(outer.owns(kept)).isTrue();
      }
      assertThat(backend.liveArrays()).isEqualTo(1);
      assertThat(kept.toDoubles()).containsExactly(1, 2, 3);
    }
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void keepingInTheOutermostScopeGivesTheTensorToNobody() {
    Tensor kept;
    try (Scope scope = Scope.open()) {
      kept = scope.keep(tensor());
    }
    assertThat(kept.toDoubles()).containsExactly(1, 2, 3);
    kept.close();
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void keepLeavesTensorsOfOtherScopesAlone() {
    try (Scope outer = Scope.open()) {
      Tensor a = tensor();
      try (Scope inner = Scope.open()) {
        assertThat(inner.keep(a)).isSameAs(a);
      }
      assertThat(outer.owns(a)).isTrue();
      assertThat(a.isClosed()).isFalse();
    }
  }

  @Test
  void persistTakesATensorOutOfItsScope() {
    Tensor parameter;
    try (Scope scope = Scope.open()) {
      parameter = tensor().persist();
    }
    assertThat(parameter.isClosed()).isFalse();
    parameter.close();
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void tensorsThatShareAnArrayAreReleasedOnce() {
    try (Scope scope = Scope.open()) {
      Tensor a = tensor().requiresGrad();
      assertThat(a.detach().sameAs(a)).isTrue();
      a.detach().close();
      assertThat(a.isClosed()).isTrue();
    }
    assertThat(backend.liveArrays()).isZero();
  }

  @Test
  void closingAnOuterScopeClosesInnerOnes() {
    Scope outer = Scope.open();
    Scope inner = Scope.open();
    Tensor a = tensor();
    outer.close();
    assertThat(a.isClosed()).isTrue();
    assertThat(backend.liveArrays()).isZero();
    inner.close();
    outer.close();
    Tensor free = tensor();
    assertThat(backend.liveArrays()).isEqualTo(1);
    free.close();
  }

  @Test
  void survivesExceptions() {
    assertThatThrownBy(
            () -> {
              try (Scope outer = Scope.open()) {
                Scope.open();
                tensor().add(Tensor.zeros(backend, Shape.of(4), DType.FLOAT64));
              }
            })
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(backend.liveArrays()).isZero();
    assertThat(Scope.current()).isNull();
  }

  @Test
  void releasesTheRestWhenOneReleaseFails() {
    NaiveBackend failing =
        new NaiveBackend() {
          private int releases;

          @Override
          public void release(NaiveArray a) {
            super.release(a);
            if (releases++ < 2) {
              throw new IllegalStateException("release " + releases);
            }
          }
        };
    Scope scope = Scope.open();
    for (int i = 0; i < 4; i++) {
      Tensor.of(failing, new double[] {1}, 1);
    }
    assertThatThrownBy(scope::close)
        .hasMessage("release 1")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    assertThat(failing.liveArrays()).isZero();
    assertThat(Scope.current()).isNull();
  }

  @Test
  void belongsToItsThread() throws InterruptedException {
    try (Scope scope = Scope.open()) {
      Tensor mine = tensor();
      AtomicReference<Throwable> failure = new AtomicReference<>();
      Thread other =
          new Thread(
              () -> {
                try {
                  assertThat(Scope.current()).isNull();
                  scope.close();
                } catch (Throwable e) {
                  failure.set(e);
                }
              },
              "other");
      other.start();
      other.join();
      assertThat(failure.get())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("scope: opened on thread " + Thread.currentThread().getName())
          .hasMessageContaining("closed on other");
      assertThat(mine.isClosed()).isFalse();
    }
  }

  @Test
  void theGarbageCollectorIsTheLastResort() throws InterruptedException {
    for (int i = 0; i < 20; i++) {
      tensor();
    }
    Thread forgetful =
        new Thread(
            () -> {
              Scope.open();
              tensor();
            });
    forgetful.start();
    forgetful.join();
    forgetful = null;
    for (int i = 0; i < 100 && backend.liveArrays() > 0; i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertThat(backend.liveArrays()).isZero();
  }
}
