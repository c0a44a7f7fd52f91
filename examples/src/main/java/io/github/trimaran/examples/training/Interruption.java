package io.github.trimaran.examples.training;

import io.github.trimaran.train.History;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Lets Ctrl-C end a training properly: after the step under way, with its checkpoint written and a
 * word on how to go on.
 */
final class Interruption implements AutoCloseable {

  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Runnable farewell;
  private final Thread hook;
  private boolean saved;
  private Runnable failure = () -> {};

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

  /**
   * Trains, and says in time that the checkpoint of an interrupted training could not be written.
   *
   * @param failed told why
   */
  History fit(Fitting fitting, Consumer<IOException> failed) throws IOException {
    try {
      History history = fitting.fit();
      saved = true;
      return history;
    } catch (IOException e) {
      failure = () -> failed.accept(e);
      throw e;
    }
  }

  /** A training under way. */
  @FunctionalInterface
  interface Fitting {
    History fit() throws IOException;
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is shutting down already: that is what the hook is for.
      (saved ? farewell : failure).run();
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
