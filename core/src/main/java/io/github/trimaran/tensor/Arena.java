package io.github.trimaran.tensor;

import java.util.ArrayList;
import java.util.List;

/**
 * The handles a scope owns. Apart from the scope so that the garbage collector can find a forgotten
 * scope unreachable and still release what it owned.
 */
final class Arena implements Runnable {

  private final List<Handle> handles = new ArrayList<>();
  private boolean closed;

  synchronized void adopt(Handle handle) {
    handle.owner(this);
    handles.add(handle);
  }

  /**
   * Releases, newest first, what still belongs to this arena; all of it, even if one release fails.
   */
  synchronized void release(String where) {
    if (closed) {
      return;
    }
    closed = true;
    RuntimeException failure = null;
    for (int i = handles.size() - 1; i >= 0; i--) {
      Handle handle = handles.get(i);
      if (handle.owner() == this) {
        try {
          handle.release(where);
        } catch (RuntimeException e) {
          if (failure == null) {
            failure = e;
          } else {
            failure.addSuppressed(e);
          }
        }
      }
    }
    handles.clear();
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void run() {
    release("the garbage collector, its scope never closed");
  }
}
