package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;

/** {@link TileTransforms} between two tasks: each task needs one of its own. */
final class IdleTransforms {

  private final Supplier<TileTransforms> factory;
  private final ConcurrentLinkedQueue<TileTransforms> idle = new ConcurrentLinkedQueue<>();

  IdleTransforms(Supplier<TileTransforms> factory) {
    this.factory = factory;
  }

  TileTransforms borrow() {
    TileTransforms transforms = idle.poll();
    return transforms != null ? transforms : factory.get();
  }

  void giveBack(TileTransforms transforms) {
    idle.add(transforms);
  }

  /** How many channels they work on side by side. */
  int lanes() {
    TileTransforms some = borrow();
    giveBack(some);
    return some.lanes();
  }
}
