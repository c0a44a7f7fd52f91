package io.github.trimaran.examples.training;

import io.github.trimaran.train.Trainer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C end a training properly: after the step under way, with its checkpoint written and a
 * word on how to go on.
 */
final class Interruption implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable farewell;
  private final Thread hook;

  private Interruption(Trainer trainer, Runnable farewell) {
    this.farewell = farewell;
    hook =
        new Thread(
            () -> {
              trainer.requestStop();
              await();
            },
            "stop training");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Watches until closed.
   *
   * @param farewell said when training has stopped and its checkpoint is written
   */
  static Interruption stopping(Trainer trainer, Runnable farewell) {
    return new Interruption(trainer, farewell);
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
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already: that is what the hook is for.
      farewell.run();
      done.countDown();
      awaitEnd();
    }
  }

  /** Half a training must not be measured and reported in the moment that is left. */
  private static void awaitEnd() {
    try {
      TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
