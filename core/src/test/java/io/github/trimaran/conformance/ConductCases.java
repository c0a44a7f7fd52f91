package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Convolution;
import io.github.trimaran.tensor.CrossEntropy;
import io.github.trimaran.tensor.Pooling;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.tensor.Updates;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Training steps: repeated, on two threads at once, released by another thread, and failing. */
final class ConductCases<A> {

  private static final int STEPS = 6;

  void addTo(Catalogue<A> to) {
    to.add(
        "liveArrays",
        Catalogue.FLOATS,
        "constant from step to step of training",
        p -> {
          List<Long> live = new ArrayList<>();
          train(p.backend(), p.dtype(), 1, live);
          Comparison.requireEqual(
              "live arrays", List.of(live.get(0)), live.stream().distinct().toList());
        });
    to.add(
        "conv2d",
        Catalogue.FLOATS,
        "training twice gives the same bits",
        p ->
            Comparison.requireEqual(
                "losses and weights",
                train(p.backend(), p.dtype(), 1, new ArrayList<>()),
                train(p.backend(), p.dtype(), 1, new ArrayList<>())));
    to.add("matmul", Catalogue.FLOATS, "two threads train at once", this::twoThreads);
    to.add(
        "release",
        Catalogue.FLOATS,
        "on another thread",
        p -> {
          A a = p.backend().fromHost(p.values(3, 4));
          A view = p.backend().permute(a, 1, 0);
          onAnotherThread(
              () -> {
                p.backend().release(a);
                p.backend().release(view);
                return null;
              });
        });
    to.add(
        "release",
        Catalogue.FLOATS,
        "of everything after a failure in the middle of a step",
        p -> {
          try (Scope scope = Scope.open("a failing case")) {
            Tensor x = Tensor.of(p.backend(), p.values(4, 3)).requiresGrad();
            Tensor y = x.exp().sum(1);
            Tensor bad = Tensor.of(p.backend(), new long[] {0, 9}, 2);
            IndexCases.requireOutOfBounds(() -> y.gather(0, bad));
          }
        });
    to.add(
        "release",
        Catalogue.FLOATS,
        "of everything when any operation of a training step fails",
        this::failingSteps);
  }

  /** Every operation of a training step fails once: forward, backward and the update. */
  private void failingSteps(Probe<A> p) {
    long before = p.backend().liveArrays();
    for (int failing = 1; ; failing++) {
      try {
        train(FailingBackend.wrap(p.backend(), failing), p.dtype(), 1, 1, new ArrayList<>());
        if (failing <= 20) {
          throw new AssertionError("a training step has more operations than " + (failing - 1));
        }
        return;
      } catch (FailingBackend.Failure expected) {
        p.requireLive(before, "after operation " + failing + ": " + expected.getMessage());
      }
    }
  }

  private void twoThreads(Probe<A> p) {
    HostArray[] alone = {
      train(p.backend(), p.dtype(), 1, new ArrayList<>()),
      train(p.backend(), p.dtype(), 2, new ArrayList<>())
    };
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<HostArray>> together = new ArrayList<>();
      for (int seed = 1; seed <= 2; seed++) {
        int own = seed;
        together.add(threads.submit(() -> train(p.backend(), p.dtype(), own, new ArrayList<>())));
      }
      for (int i = 0; i < 2; i++) {
        Comparison.requireSame("beside another thread", alone[i], together.get(i).get());
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("a thread failed: " + e.getCause(), e);
    } finally {
      threads.shutdown();
    }
  }

  private static void onAnotherThread(Callable<?> task) {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      thread.submit(task).get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError("the thread failed: " + e.getCause(), e);
    } finally {
      thread.shutdown();
    }
  }

  private static HostArray train(Backend<?> backend, DType dtype, long seed, List<Long> live) {
    return train(backend, dtype, seed, STEPS, live);
  }

  /** A few steps of a small convolutional network; returns its losses. */
  private static HostArray train(
      Backend<?> backend, DType dtype, long seed, int steps, List<Long> live) {
    Rng rng = Rng.seeded(seed);
    double[] losses = new double[steps];
    try (Scope all = Scope.open("a training case")) {
      Tensor images = random(backend, dtype, rng, 5, 2, 9, 8);
      Tensor labels = Tensor.of(backend, new long[] {0, 1, 2, 1, 0}, 5);
      List<Tensor> parameters =
          List.of(
              random(backend, dtype, rng, 4, 2, 3, 3).requiresGrad(),
              random(backend, dtype, rng, 4).requiresGrad(),
              random(backend, dtype, rng, 3, 80).requiresGrad(),
              random(backend, dtype, rng, 3).requiresGrad());
      List<Tensor> velocities =
          parameters.stream().map(w -> Tensor.zeros(backend, w.shape(), dtype)).toList();
      for (int step = 0; step < steps; step++) {
        try (Scope one = Scope.open("a training step")) {
          Tensor loss = loss(images, labels, parameters);
          Gradients gradients = Gradients.of(loss, parameters);
          for (int i = 0; i < parameters.size(); i++) {
            Updates.sgd(
                parameters.get(i),
                gradients.get(parameters.get(i)),
                velocities.get(i),
                new SgdStep(0.01, 0.9, false, 0.01));
          }
          losses[step] = loss.item();
        }
        live.add(backend.liveArrays());
      }
    }
    return HostArray.of(losses, Shape.of(steps));
  }

  private static Tensor loss(Tensor images, Tensor labels, List<Tensor> w) {
    Tensor features = Convolution.conv2d(images, w.get(0), w.get(1), Conv2dGeometry.of(1, 1), true);
    Tensor pooled = Pooling.maxPool2d(features, Pool2dGeometry.of(2, 2).withCeilMode());
    Tensor logits = pooled.reshape(5, 80).linear(w.get(2), w.get(3));
    return CrossEntropy.of(logits, labels, 0.1).mean();
  }

  private static Tensor random(Backend<?> backend, DType dtype, Rng rng, int... extents) {
    HostArray values = HostArray.zeros(Shape.of(extents), dtype);
    for (int i = 0; i < values.shape().size(); i++) {
      values.set(i, rng.nextDouble(-0.5, 0.5));
    }
    return Tensor.of(backend, values);
  }
}
