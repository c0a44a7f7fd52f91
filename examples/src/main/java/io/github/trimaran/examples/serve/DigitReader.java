package io.github.trimaran.examples.serve;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.examples.training.SavedModel;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;

/** The network that answers now; another may take its place while questions go on. */
final class DigitReader implements AutoCloseable {

  private final Backend<?> backend;
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);
  private DigitNetwork current;

  DigitReader(SavedModel saved, Backend<?> backend) {
    this.backend = backend;
    current = new DigitNetwork(saved, backend);
  }

  Backend<?> backend() {
    return backend;
  }

  /** Asks the network of now, which stays open meanwhile. */
  <T> T ask(Function<DigitNetwork, T> question) {
    Lock reading = lock.readLock();
    reading.lock();
    try {
      return question.apply(current);
    } finally {
      reading.unlock();
    }
  }

  /** Lets another network answer from now on. */
  void use(SavedModel saved) {
    DigitNetwork next = new DigitNetwork(saved, backend);
    DigitNetwork last;
    lock.writeLock().lock();
    try {
      last = current;
      current = next;
    } finally {
      lock.writeLock().unlock();
    }
    last.close();
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      current.close();
    } finally {
      lock.writeLock().unlock();
    }
  }
}
