package io.github.trimaran.backend.cpu.memory;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** Keeps tools that serve one task at a time between two tasks. */
public final class Idle<T> {

  private final Supplier<? extends T> factory;
  private final ConcurrentLinkedQueue<T> tools = new ConcurrentLinkedQueue<>();

  /** None yet: the factory makes as many as are needed at one time. */
  public Idle(Supplier<? extends T> factory) {
    this.factory = factory;
  }

  /** One for the task that asks. */
  public T borrow() {
    T tool = tools.poll();
    return tool != null ? tool : factory.get();
  }

  /** The task is done with it. */
  public void giveBack(T tool) {
    tools.add(tool);
  }
}
