package io.github.trimaran.conformance;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** The end of a backend: what it gives back, and what becomes of its tensors. */
final class ClosingCases<A> {

  /** Elements that every backend shares out among its threads. */
  private static final int MANY = 1 << 18;

  private static final int BACKENDS = 50;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Supplier<Backend<A>> another;

  /** On backends of their own, made by {@code another}. */
  ClosingCases(Supplier<Backend<A>> another) {
    this.another = another;
  }

  void addTo(Catalogue<A> to) {
    to.add("close", DType.FLOAT32, "gives back what is live", this::givesBack);
    to.add("close", DType.FLOAT32, "leaves no thread behind", p -> leavesNoThread());
    to.add("threads", DType.FLOAT32, "are not of the maker's group", p -> joinsNoGroup());
    to.add("isClosed", DType.FLOAT32, "once it is", p -> tellsThatItIsClosed());
    to.add("isClosed", DType.FLOAT32, "and tensors say so", this::tensorsSayThatItIsClosed);
  }

  private void givesBack(Probe<A> p) {
    Backend<A> backend = another.get();
    A array = backend.fromHost(p.values(3, 4));
    A view = backend.permute(array, 1, 0);
    backend.release(backend.matmul(array, view));
    requireLive(2, backend);
    backend.close();
    requireLive(0, backend);
    backend.release(view);
    backend.close();
    backend.release(array);
    requireLive(0, backend);
    if (backend.info().name().isEmpty()) {
      throw new AssertionError("a closed backend has forgotten its name");
    }
  }

  private static void requireLive(long expected, Backend<?> backend) {
    Comparison.requireEqual("live arrays", expected, backend.liveArrays());
  }

  private void leavesNoThread() {
    Set<Thread> before = threads();
    for (int i = 0; i < BACKENDS; i++) {
      Backend<A> backend = another.get();
      useThreads(backend);
      backend.close();
    }
    long start = System.nanoTime();
    Set<Thread> left;
    do {
      left = threads();
      left.removeAll(before);
      if (left.isEmpty()) {
        return;
      }
      LockSupport.parkNanos(1_000_000);
    } while (System.nanoTime() - start < PATIENCE_NANOS);
    throw new AssertionError(BACKENDS + " backends made and closed left the threads " + left);
  }

  private static <A> void useThreads(Backend<A> backend) {
    A a = backend.full(Shape.of(MANY), DType.FLOAT32, 1);
    A b = backend.maximum(a, a);
    backend.sgdUpdate(a, b, null, new SgdStep(1, 0, false, 0));
  }

  /** Who waits for all threads of a group, as JShell's local execution does, waits for its own. */
  private void joinsNoGroup() {
    ThreadGroup group = new ThreadGroup("guest");
    AtomicReference<Backend<A>> made = new AtomicReference<>();
    Thread maker =
        new Thread(
            group,
            () -> {
              made.set(another.get());
              useThreads(made.get());
            });
    maker.start();
    try {
      maker.join();
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted while a backend was made", e);
    }
    Thread[] left = new Thread[group.activeCount() + 1];
    int count = group.enumerate(left);
    made.get().close();
    if (count > 0) {
      throw new AssertionError("a backend put " + left[0] + " into the group of its maker");
    }
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private void tellsThatItIsClosed() {
    Backend<A> backend = another.get();
    Comparison.requireEqual("isClosed before", false, backend.isClosed());
    backend.close();
    Comparison.requireEqual("isClosed after", true, backend.isClosed());
  }

  private void tensorsSayThatItIsClosed(Probe<A> p) {
    Backend<A> backend = another.get();
    try (Scope scope = Scope.open("a case of a closed backend")) {
      Tensor x = Tensor.of(backend, p.values(2, 3)).requiresGrad();
      Tensor y = x.exp();
      backend.close();
      requireRefused(x::toHost, "which was closed");
      requireRefused(() -> x.add(y), "which was closed");
      requireRefused(() -> x.assign(y), "which was closed");
      requireRefused(() -> Tensor.of(backend, p.values(2)), "was closed");
      requireRefused(() -> Tensor.scalar(backend, 1, DType.FLOAT32), "was closed");
      y.close();
    }
  }

  private static void requireRefused(Runnable use, String reason) {
    try {
      use.run();
    } catch (IllegalStateException expected) {
      if (!expected.getMessage().contains(reason)) {
        throw new AssertionError("the error does not say why: " + expected.getMessage(), expected);
      }
      return;
    }
    throw new AssertionError("a closed backend was used without an error");
  }
}
