package io.github.trimaran.backend.cpu.elementwise;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Workers;

/** Optimiser updates, in place, shared out over the threads. */
public final class Updates {

  private final Memory memory;
  private final Workers workers;

  /** With these parts of the backend. */
  public Updates(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  /** A step of Adam. */
  public void adam(
      CpuArray parameter, CpuArray gradient, CpuArray mean, CpuArray square, AdamStep step) {
    update(
        (w, g, from, to) -> FloatUpdates.adam(w, g, mean.floats(), square.floats(), step, from, to),
        (w, g, from, to) ->
            DoubleUpdates.adam(w, g, doubles(mean), doubles(square), step, from, to),
        parameter,
        gradient,
        mean,
        square);
  }

  /** A step of stochastic gradient descent, with or without momentum. */
  public void sgd(CpuArray parameter, CpuArray gradient, CpuArray velocity, SgdStep step) {
    if (velocity == null) {
      update(
          (w, g, from, to) -> FloatUpdates.sgd(w, g, step, from, to),
          (w, g, from, to) -> DoubleUpdates.sgd(w, g, step, from, to),
          parameter,
          gradient);
    } else {
      update(
          (w, g, from, to) -> FloatUpdates.sgd(w, g, velocity.floats(), step, from, to),
          (w, g, from, to) -> DoubleUpdates.sgd(w, g, doubles(velocity), step, from, to),
          parameter,
          gradient,
          velocity);
    }
  }

  /** A step of RMSprop. */
  public void rmsProp(
      CpuArray parameter, CpuArray gradient, CpuArray square, CpuArray velocity, RmsPropStep step) {
    if (velocity == null) {
      update(
          (w, g, from, to) -> FloatUpdates.rmsProp(w, g, square.floats(), step, from, to),
          (w, g, from, to) -> DoubleUpdates.rmsProp(w, g, doubles(square), step, from, to),
          parameter,
          gradient,
          square);
    } else {
      update(
          (w, g, from, to) ->
              FloatUpdates.rmsProp(w, g, square.floats(), velocity.floats(), step, from, to),
          (w, g, from, to) ->
              DoubleUpdates.rmsProp(w, g, doubles(square), doubles(velocity), step, from, to),
          parameter,
          gradient,
          square,
          velocity);
    }
  }

  @FunctionalInterface
  private interface FloatLoop {
    void run(float[] parameter, float[] gradient, int from, int to);
  }

  @FunctionalInterface
  private interface DoubleLoop {
    void run(double[] parameter, double[] gradient, int from, int to);
  }

  private void update(
      FloatLoop floats,
      DoubleLoop doubles,
      CpuArray parameter,
      CpuArray gradient,
      CpuArray... state) {
    memory.makeDense(parameter);
    for (CpuArray array : state) {
      memory.makeDense(array);
    }
    CpuArray dense = memory.dense(gradient);
    if (parameter.array() instanceof float[] w) {
      float[] g = dense.floats();
      workers.ranges(parameter.size(), (from, to) -> floats.run(w, g, from, to));
    } else {
      double[] w = doubles(parameter);
      double[] g = doubles(dense);
      workers.ranges(parameter.size(), (from, to) -> doubles.run(w, g, from, to));
    }
    memory.release(dense);
  }

  private static double[] doubles(CpuArray a) {
    return (double[]) a.array();
  }
}
