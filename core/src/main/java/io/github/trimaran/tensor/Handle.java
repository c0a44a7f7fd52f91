package io.github.trimaran.tensor;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One backend array and the arena that is to release it. Tensors that share an array share its
 * handle. Views have handles of their own, which count each other: an array is changed in place
 * only where no other shares its memory.
 */
final class Handle {

  private static final Cleaner CLEANER = Cleaner.create();

  private final Resource resource;
  private Arena owner;
  private boolean watched;

  /** Of an array with memory of its own. */
  Handle(Backend<Object> backend, Object array) {
    this.resource = new Resource(backend, array, new AtomicInteger());
  }

  /** Of an array that may share memory with another. */
  Handle(Handle base, Object array) {
    this.resource = new Resource(base.resource.backend, array, base.resource.sharers);
  }

  /** Gives it memory of its own if it may share it, before a change in place. */
  void own(DType dtype) {
    resource.own(dtype);
  }

  /**
   * The array, for an operation to read.
   *
   * @throws IllegalStateException if it was released, naming where, or its backend was closed
   */
  Object array(Tensor tensor) {
    String where = resource.released;
    if (where != null) {
      throw new IllegalStateException("tensor " + tensor.describe() + " was released by " + where);
    }
    if (resource.backend.isClosed()) {
      throw new IllegalStateException(
          "tensor "
              + tensor.describe()
              + " went with its backend "
              + resource.backend.info().name()
              + ", which was closed; read what is to be kept before that");
    }
    return resource.array;
  }

  Arena owner() {
    return owner;
  }

  /**
   * Puts an arena in charge; null leaves the array to its tensors and, last, the garbage collector.
   */
  void owner(Arena arena) {
    owner = arena;
    if (arena == null && !watched) {
      watched = true;
      CLEANER.register(this, resource);
    }
  }

  boolean isReleased() {
    return resource.released != null;
  }

  /** Gives the array back, once. */
  void release(String where) {
    resource.release(where);
  }

  static Cleaner cleaner() {
    return CLEANER;
  }

  /**
   * What there is to release; apart from the handle, so that it does not keep the handle reachable.
   */
  private static final class Resource implements Runnable {

    private final Backend<Object> backend;
    private Object array;
    private AtomicInteger sharers;
    private volatile String released;

    /** {@code sharers} counts the arrays of one piece of memory, this one from now on. */
    Resource(Backend<Object> backend, Object array, AtomicInteger sharers) {
      this.backend = backend;
      this.array = array;
      this.sharers = sharers;
      sharers.incrementAndGet();
    }

    synchronized void own(DType dtype) {
      if (released == null && sharers.get() > 1) {
        Object shared = array;
        array = backend.cast(shared, dtype);
        sharers.decrementAndGet();
        sharers = new AtomicInteger(1);
        backend.release(shared);
      }
    }

    synchronized void release(String where) {
      if (released == null) {
        released = where;
        Object gone = array;
        array = null;
        sharers.decrementAndGet();
        backend.release(gone);
      }
    }

    @Override
    public void run() {
      release("the garbage collector");
    }
  }
}
