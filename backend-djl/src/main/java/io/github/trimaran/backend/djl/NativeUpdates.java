package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.NativeArrays.pt;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import io.github.trimaran.array.DType;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The optimisers' updates in one pass over the native memory, in Java: ATen would take a pass for
 * each product, sum and root. A block at a time goes through Java arrays that stay in the first
 * cache, for plain loops over arrays are what the JIT compiler makes vector code of.
 */
final class NativeUpdates implements AutoCloseable {

  private static final int BLOCK = 2048;
  private static final int GRADIENT = 1;

  private final TorchScript aten;
  private final Workers workers;

  NativeUpdates(TorchScript aten, int threads) {
    this.aten = aten;
    this.workers = new Workers(threads);
  }

  @Override
  public void close() {
    workers.close();
  }

  void sgd(NDArray parameter, NDArray gradient, NDArray velocity, SgdStep step) {
    boolean momentum = velocity != null;
    update(
        parameter,
        gradient,
        velocity,
        null,
        FloatRule.sgd(step, momentum),
        DoubleRule.sgd(step, momentum));
  }

  void adam(NDArray parameter, NDArray gradient, NDArray mean, NDArray square, AdamStep step) {
    update(parameter, gradient, mean, square, FloatRule.adam(step), DoubleRule.adam(step));
  }

  void rmsProp(
      NDArray parameter, NDArray gradient, NDArray square, NDArray velocity, RmsPropStep step) {
    boolean momentum = velocity != null;
    update(
        parameter,
        gradient,
        square,
        velocity,
        FloatRule.rmsProp(step, momentum),
        DoubleRule.rmsProp(step, momentum));
  }

  private void update(
      NDArray parameter,
      NDArray gradient,
      NDArray first,
      NDArray second,
      FloatRule floats,
      DoubleRule doubles) {
    int size = NativeArrays.shape(parameter).size();
    if (size == 0) {
      return;
    }
    PtNDArray[] changed =
        Stream.of(parameter, first, second)
            .filter(Objects::nonNull)
            .map(NativeArrays::pt)
            .toArray(PtNDArray[]::new);
    try (PtNDArray dense = aten.call("prepare_update", changed, pt(gradient))) {
      ByteBuffer[] memory = {memory(parameter), memory(dense), memory(first), memory(second)};
      if (NativeArrays.dtype(parameter) == DType.FLOAT32) {
        workers.forRange(size, (from, to) -> floats(memory, floats, from, to));
      } else {
        workers.forRange(size, (from, to) -> doubles(memory, doubles, from, to));
      }
    }
  }

  private static ByteBuffer memory(NDArray array) {
    return array == null ? null : array.toByteBuffer(true);
  }

  private static void floats(ByteBuffer[] memory, FloatRule rule, int from, int to) {
    FloatBuffer[] buffers = new FloatBuffer[memory.length];
    float[][] block = new float[memory.length][];
    for (int i = 0; i < memory.length; i++) {
      if (memory[i] != null) {
        buffers[i] = memory[i].asFloatBuffer();
        block[i] = new float[Math.min(BLOCK, to - from)];
      }
    }
    for (int start = from; start < to; start += BLOCK) {
      int count = Math.min(BLOCK, to - start);
      for (int i = 0; i < buffers.length; i++) {
        if (buffers[i] != null) {
          buffers[i].get(start, block[i], 0, count);
        }
      }
      rule.apply(block[0], block[1], block[2], block[3], count);
      for (int i = 0; i < buffers.length; i++) {
        if (buffers[i] != null && i != GRADIENT) {
          buffers[i].put(start, block[i], 0, count);
        }
      }
    }
  }

  private static void doubles(ByteBuffer[] memory, DoubleRule rule, int from, int to) {
    DoubleBuffer[] buffers = new DoubleBuffer[memory.length];
    double[][] block = new double[memory.length][];
    for (int i = 0; i < memory.length; i++) {
      if (memory[i] != null) {
        buffers[i] = memory[i].asDoubleBuffer();
        block[i] = new double[Math.min(BLOCK, to - from)];
      }
    }
    for (int start = from; start < to; start += BLOCK) {
      int count = Math.min(BLOCK, to - start);
      for (int i = 0; i < buffers.length; i++) {
        if (buffers[i] != null) {
          buffers[i].get(start, block[i], 0, count);
        }
      }
      rule.apply(block[0], block[1], block[2], block[3], count);
      for (int i = 0; i < buffers.length; i++) {
        if (buffers[i] != null && i != GRADIENT) {
          buffers[i].put(start, block[i], 0, count);
        }
      }
    }
  }
}
