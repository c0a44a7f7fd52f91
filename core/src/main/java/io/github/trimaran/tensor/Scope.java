package io.github.trimaran.tensor;

import java.lang.ref.Cleaner;

/**
 * Owns the tensors made while it is open and releases them when it closes, except those kept.
 *
 * <pre>{@code
 * try (Scope scope = Scope.open()) {
 *   Tensor loss = loss(model, batch);
 *   total += loss.item();
 * }
 * }</pre>
 *
 * <p>Scopes belong to the thread that opened them, and nest; an inner scope left open is closed
 * with the outer one. A tensor made while no scope is open belongs to nobody: close it, or leave it
 * to the garbage collector.
 */
public final class Scope implements AutoCloseable {

  private static final ThreadLocal<Scope> CURRENT = new ThreadLocal<>();
  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final String OWN_PACKAGE = Scope.class.getPackageName();

  private final Scope parent;
  private final Thread thread;
  private final Arena arena = new Arena();
  private final Cleaner.Cleanable backstop;
  private final String label;
  private boolean closed;

  private Scope(String label) {
    this.label = label;
    this.parent = CURRENT.get();
    this.thread = Thread.currentThread();
    this.backstop = Handle.cleaner().register(this, arena);
  }

  /** Opens a scope on this thread. Errors of later use tell the line that closed it. */
  public static Scope open() {
    return open(null);
  }

  /**
   * Opens a scope that errors of later use call by {@code label}: cheaper to close than {@link
   * #open()}.
   */
  public static Scope open(String label) {
    Scope scope = new Scope(label);
    CURRENT.set(scope);
    return scope;
  }

  /** The innermost open scope of this thread, or null. */
  static Scope current() {
    return CURRENT.get();
  }

  Arena arena() {
    return arena;
  }

  /**
   * Hands a tensor to the scope around this one, or to nobody if there is none. A tensor that this
   * scope does not own is left as it is.
   *
   * @return the same tensor
   */
  public Tensor keep(Tensor tensor) {
    if (owns(tensor)) {
      if (parent == null) {
        tensor.disown();
      } else {
        parent.arena.adopt(tensor.handle());
      }
    }
    return tensor;
  }

  /** Whether closing this scope will release the tensor. */
  public boolean owns(Tensor tensor) {
    return tensor.handle().owner() == arena && !tensor.isClosed();
  }

  /**
   * Releases what this scope owns, and closes inner scopes still open. Closing twice does nothing.
   *
   * @throws IllegalStateException on another thread than the one that opened it
   */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "scope: opened on thread "
              + thread.getName()
              + ", closed on "
              + Thread.currentThread().getName());
    }
    String where = label != null ? label : "the scope closed at " + caller();
    try {
      for (Scope inner = CURRENT.get(); inner != this; inner = inner.parent) {
        inner.release(where);
      }
    } finally {
      CURRENT.set(parent);
      release(where);
    }
  }

  private void release(String where) {
    if (!closed) {
      closed = true;
      arena.release(where);
      backstop.clean();
    }
  }

  /** The first line of code outside this package: the one that closes a scope or a tensor. */
  static String caller() {
    return WALKER.walk(
        frames ->
            frames
                .filter(frame -> !frame.getClassName().startsWith(OWN_PACKAGE + "."))
                .findFirst()
                .map(frame -> frame.toStackTraceElement().toString())
                .orElse("an unknown place"));
  }
}
