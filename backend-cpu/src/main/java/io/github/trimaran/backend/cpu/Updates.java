package io.github.trimaran.backend.cpu;

import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;

/** Optimiser updates, in place, shared out over the threads. */
final class Updates {

  private final Memory memory;
  private final Workers workers;

  Updates(Memory memory, Workers workers) {
    this.memory = memory;
    this.workers = workers;
  }

  void adam(CpuArray parameter, CpuArray gradient, CpuArray mean, CpuArray square, AdamStep step) {
    update(
        (w, g, from, to) -> FloatUpdates.adam(w, g, mean.floats(), square.floats(), step, from, to),
        (w, g, from, to) ->
            DoubleUpdates.adam(w, g, doubles(mean), doubles(square), step, from, to),
        parameter,
        gradient,
        mean,
        square);
  }

  void sgd(CpuArray parameter, CpuArray gradient, CpuArray velocity, SgdStep step) {
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

  void rmsProp(
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
