package io.github.trimaran.examples.training;

import io.github.trimaran.train.Trainer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Lets Ctrl-C end a training properly: after the step under way, with its checkpoint written. */
final class Interruption implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private Interruption(Trainer trainer) {
    hook =
        new Thread(
            () -> {
              trainer.requestStop();
              await();
            },
            "stop training");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Watches until closed. */
  static Interruption stopping(Trainer trainer) {
    return new Interruption(trainer);
  }

  private void await() {
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already: that is what the hook is for.
      return;
    }
  }
}
