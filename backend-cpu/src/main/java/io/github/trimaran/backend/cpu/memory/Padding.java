package io.github.trimaran.backend.cpu.memory;

import io.github.trimaran.array.Shape;

/** Surrounds arrays, and fills the gaps between their elements, with a value. */
public final class Padding {

  private final Memory memory;
  private final Workers workers;

  /** With these parts of the backend. */
  public Padding(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** Rows and columns of zeros around {@code [N, C, H, W]}; a view where there are none. */
  public CpuArray pad(CpuArray image, int top, int bottom, int left, int right) {
    if (top == 0 && bottom == 0 && left == 0 && right == 0) {
      return memory.view(image, image.layout());
    }
    int[] none = new int[4];
    return pad(image, new int[] {0, 0, top, left}, new int[] {0, 0, bottom, right}, none, 0);
  }

  /**
   * {@code before}, {@code after} and, between neighbours, {@code interior} copies of a value, per
   * axis.
   */
  public CpuArray pad(CpuArray a, int[] before, int[] after, int[] interior, double value) {
    Shape shape = a.shape();
    int[] extents = new int[shape.rank()];
    int[] stop = new int[shape.rank()];
    int[] step = new int[shape.rank()];
    for (int axis = 0; axis < shape.rank(); axis++) {
      int extent = shape.dim(axis);
      int spread = extent + Math.max(extent - 1, 0) * interior[axis];
      extents[axis] = before[axis] + spread + after[axis];
      stop[axis] = before[axis] + spread;
      step[axis] = interior[axis] + 1;
    }
    CpuArray padded = memory.allocate(a.dtype(), Shape.of(extents));
    memory.fill(padded, value);
    StridedCopy.copy(
        workers, a.array(), a.layout(), padded.array(), padded.layout().slice(before, stop, step));
    return padded;
  }
}
