package io.github.trimaran.backend;

/**
 * Threads that work for the library behind the back of whoever called it.
 *
 * <pre>{@code
 * Thread worker = BackgroundThreads.make("reader", () -> System.out.println("reads ahead"));
 * worker.start();
 * }</pre>
 *
 * <p>They are daemons, so that a program ends without them. They belong to the topmost group of
 * threads rather than to that of whoever made them: a host that waits for all threads of a group
 * that it gave its guest, as JShell's local execution does, would wait for them for ever.
 */
public final class BackgroundThreads {

  private BackgroundThreads() {}

  /** A thread of that name, not started yet. */
  public static Thread make(String name, Runnable work) {
    ThreadGroup top = Thread.currentThread().getThreadGroup();
    while (top.getParent() != null) {
      top = top.getParent();
    }
    Thread thread = new Thread(top, work, name);
    thread.setDaemon(true);
    return thread;
  }
}
