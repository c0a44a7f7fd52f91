package io.github.trimaran.benchmarks.probe;

/** Multiply-adds that need no memory: as fast as the arithmetic units go. */
interface PeakLoop {

  /** Floating-point operations of one call, whatever the width of the registers. */
  int OPERATIONS = 2 * 10 * 1_600_000;

  /** Runs in float32; the result is to be consumed. */
  float runFloats();

  /** Runs in float64. */
  double runDoubles();
}
