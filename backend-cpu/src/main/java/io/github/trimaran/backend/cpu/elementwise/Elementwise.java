package io.github.trimaran.backend.cpu.elementwise;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.kernels.Functions;
import io.github.trimaran.backend.cpu.memory.Buffer;
import io.github.trimaran.backend.cpu.memory.Casts;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.StridedCopy;
import io.github.trimaran.backend.cpu.memory.Workers;

/**
 * Elementwise operations with broadcasting.
 *
 * <p>The loops themselves only know Java arrays and a range of positions. Dense operands are handed
 * to them as they are. Where an operand is a view, or broadcast, its elements are first gathered, a
 * block at a time that stays in the first-level cache, so that the loops never see a stride.
 */
public final class Elementwise {

  private static final int BLOCK = 1024;

  private final Memory memory;
  private final Workers workers;
  private final Functions functions;

  /** With these parts of the backend. */
  public Elementwise(Memory memory, Workers workers, Functions functions) {
    this.memory = memory;
    this.workers = workers;
    this.functions = functions;
  }

  /** A loop over the same positions of all operands and the result. */
  @FunctionalInterface
  private interface Loop {
    void run(Object[] operands, Object out, int from, int to);
  }

  /** {@code op(a, b)}. */
  public CpuArray binary(BinaryOp op, CpuArray a, CpuArray b) {
    Loop loop =
        switch (a.dtype()) {
          case FLOAT32 ->
              (in, out, from, to) ->
                  FloatLoops.binary(op, (float[]) in[0], (float[]) in[1], (float[]) out, from, to);
          case FLOAT64 ->
              (in, out, from, to) ->
                  DoubleLoops.binary(
                      op, (double[]) in[0], (double[]) in[1], (double[]) out, from, to);
          default ->
              (in, out, from, to) ->
                  LongLoops.binary(op, (long[]) in[0], (long[]) in[1], (long[]) out, from, to);
        };
    return apply(a.dtype(), loop, a, b);
  }

  /** {@code op(a)}. */
  public CpuArray unary(UnaryOp op, CpuArray a) {
    return unary(op, a, 0);
  }

  /** {@code op(a, constant)}; most operations have no constant. */
  public CpuArray unary(UnaryOp op, CpuArray a, double constant) {
    Loop loop =
        switch (a.dtype()) {
          case FLOAT32 ->
              (in, out, from, to) ->
                  FloatLoops.unary(
                      op, (float[]) in[0], constant, (float[]) out, from, to, functions);
          case FLOAT64 ->
              (in, out, from, to) ->
                  DoubleLoops.unary(op, (double[]) in[0], constant, (double[]) out, from, to);
          default ->
              (in, out, from, to) ->
                  LongLoops.unary(op, (long[]) in[0], constant, (long[]) out, from, to);
        };
    return apply(a.dtype(), loop, a);
  }

  /** Truth values: how {@code a} compares with {@code b}. */
  public CpuArray compare(CompareOp op, CpuArray a, CpuArray b) {
    Loop loop =
        switch (a.dtype()) {
          case FLOAT32 ->
              (in, out, from, to) ->
                  FloatLoops.compare(
                      op, (float[]) in[0], (float[]) in[1], (boolean[]) out, from, to);
          case FLOAT64 ->
              (in, out, from, to) ->
                  DoubleLoops.compare(
                      op, (double[]) in[0], (double[]) in[1], (boolean[]) out, from, to);
          case INT64 ->
              (in, out, from, to) ->
                  LongLoops.compare(op, (long[]) in[0], (long[]) in[1], (boolean[]) out, from, to);
          case BOOL ->
              (in, out, from, to) ->
                  BooleanLoops.equal(
                      (boolean[]) in[0], (boolean[]) in[1], (boolean[]) out, from, to);
        };
    return apply(DType.BOOL, loop, a, b);
  }

  /** Both are true. */
  public CpuArray and(CpuArray a, CpuArray b) {
    return apply(
        DType.BOOL,
        (in, out, from, to) ->
            BooleanLoops.and((boolean[]) in[0], (boolean[]) in[1], (boolean[]) out, from, to),
        a,
        b);
  }

  /** At least one is true. */
  public CpuArray or(CpuArray a, CpuArray b) {
    return apply(
        DType.BOOL,
        (in, out, from, to) ->
            BooleanLoops.or((boolean[]) in[0], (boolean[]) in[1], (boolean[]) out, from, to),
        a,
        b);
  }

  /** It is false. */
  public CpuArray not(CpuArray a) {
    return apply(
        DType.BOOL,
        (in, out, from, to) -> BooleanLoops.not((boolean[]) in[0], (boolean[]) out, from, to),
        a);
  }

  /** {@code a} where the condition is true, else {@code b}. */
  public CpuArray where(CpuArray condition, CpuArray a, CpuArray b) {
    Loop loop =
        switch (a.dtype()) {
          case FLOAT32 ->
              (in, out, from, to) ->
                  FloatLoops.select(
                      (boolean[]) in[0], (float[]) in[1], (float[]) in[2], (float[]) out, from, to);
          case FLOAT64 ->
              (in, out, from, to) ->
                  DoubleLoops.select(
                      (boolean[]) in[0],
                      (double[]) in[1],
                      (double[]) in[2],
                      (double[]) out,
                      from,
                      to);
          case INT64 ->
              (in, out, from, to) ->
                  LongLoops.select(
                      (boolean[]) in[0], (long[]) in[1], (long[]) in[2], (long[]) out, from, to);
          case BOOL ->
              (in, out, from, to) ->
                  BooleanLoops.select(
                      (boolean[]) in[0],
                      (boolean[]) in[1],
                      (boolean[]) in[2],
                      (boolean[]) out,
                      from,
                      to);
        };
    return apply(a.dtype(), loop, condition, a, b);
  }

  /** The gradient of ReLU: {@code outputGrad} where {@code output} is above 0, else 0. */
  public CpuArray reluGrad(CpuArray outputGrad, CpuArray output) {
    Loop loop =
        outputGrad.dtype() == DType.FLOAT32
            ? (in, out, from, to) ->
                FloatLoops.keepWherePositive(
                    (float[]) in[0], (float[]) in[1], (float[]) out, from, to)
            : (in, out, from, to) ->
                DoubleLoops.keepWherePositive(
                    (double[]) in[0], (double[]) in[1], (double[]) out, from, to);
    return apply(outputGrad.dtype(), loop, outputGrad, output);
  }

  /** Adds to a dense array, in its place, another of its shape; then ReLU, if asked. */
  public static void addTo(Workers workers, CpuArray target, CpuArray added, boolean relu) {
    workers.ranges(
        target.size(),
        (from, to) -> {
          if (target.array() instanceof float[] sums) {
            FloatLoops.addTo(sums, added.floats(), relu, from, to);
          } else {
            DoubleLoops.addTo((double[]) target.array(), (double[]) added.array(), relu, from, to);
          }
        });
  }

  /** The gradient of GELU to its input. */
  public CpuArray geluGrad(CpuArray outputGrad, CpuArray input) {
    Loop loop =
        outputGrad.dtype() == DType.FLOAT32
            ? (in, out, from, to) ->
                functions.geluGrad((float[]) in[0], (float[]) in[1], (float[]) out, from, to)
            : (in, out, from, to) ->
                DoubleLoops.geluGrad((double[]) in[0], (double[]) in[1], (double[]) out, from, to);
    return apply(outputGrad.dtype(), loop, outputGrad, input);
  }

  /** The same numbers in another type. */
  public CpuArray cast(CpuArray a, DType dtype) {
    return a.dtype() == dtype
        ? memory.copy(a)
        : apply(dtype, (in, out, from, to) -> Casts.convert(in[0], out, from, to), a);
  }

  private CpuArray apply(DType result, Loop loop, CpuArray... operands) {
    Shape shape = operands[0].shape();
    for (CpuArray operand : operands) {
      shape = Shape.broadcast("elementwise", shape, operand.shape());
    }
    Object[] arrays = new Object[operands.length];
    boolean dense = true;
    for (int i = 0; i < operands.length; i++) {
      dense &= operands[i].isDense() && operands[i].shape().equals(shape);
      arrays[i] = operands[i].array();
    }
    CpuArray out = memory.allocate(result, shape);
    Object target = out.array();
    if (dense) {
      workers.ranges(shape.size(), (from, to) -> loop.run(arrays, target, from, to));
      return out;
    }
    StridedCopy[] gathers = new StridedCopy[operands.length];
    DType[] dtypes = new DType[operands.length];
    for (int i = 0; i < operands.length; i++) {
      gathers[i] = new StridedCopy(arrays[i], operands[i].layout().broadcastTo(shape));
      dtypes[i] = operands[i].dtype();
    }
    workers.ranges(
        shape.size(), (from, to) -> gathered(loop, gathers, dtypes, target, result, from, to));
    return out;
  }

  private void gathered(
      Loop loop,
      StridedCopy[] gathers,
      DType[] dtypes,
      Object target,
      DType result,
      int from,
      int to) {
    Buffer[] blocks = new Buffer[gathers.length];
    Object[] operands = new Object[gathers.length];
    for (int i = 0; i < gathers.length; i++) {
      blocks[i] = memory.scratch(dtypes[i], BLOCK);
      operands[i] = blocks[i].array();
    }
    Buffer out = memory.scratch(result, BLOCK);
    for (int start = from; start < to; start += BLOCK) {
      int end = Math.min(start + BLOCK, to);
      for (int i = 0; i < gathers.length; i++) {
        gathers[i].read(start, end, operands[i], 0);
      }
      loop.run(operands, out.array(), 0, end - start);
      System.arraycopy(out.array(), 0, target, start, end - start);
    }
    out.release();
    for (Buffer block : blocks) {
      block.release();
    }
  }
}
