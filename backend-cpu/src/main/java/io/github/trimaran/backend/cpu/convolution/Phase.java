package io.github.trimaran.backend.cpu.convolution;

import java.util.Arrays;

/**
 * Along one axis, the input positions {@code number, number + stride, ...} of a strided
 * convolution: those that meet the same kernel elements ("taps"). Position {@code h} meets tap
 * {@code i} at output {@code (h + pad - i * dilation) / stride}, if that is whole. Taps of a phase
 * are {@code tapStep} apart, and the outputs they are met at {@code outputStep} apart, downwards.
 *
 * @param number the first position, and which phase this is
 * @param stride from position to position
 * @param rows how many positions
 * @param taps how many taps are met
 * @param firstTap the first of them
 * @param tapStep from tap to tap
 * @param firstOutput where the first position meets the first tap; may lie outside of the output
 * @param outputStep from tap to tap, negative
 */
record Phase(
    int number,
    int stride,
    int rows,
    int taps,
    int firstTap,
    int tapStep,
    int firstOutput,
    int outputStep) {

  /** All phases of an axis of that extent. */
  static Phase[] all(int extent, int kernel, int stride, int dilation, int pad) {
    int step = stride / gcd(stride, dilation);
    Phase[] phases = new Phase[stride];
    for (int number = 0; number < stride; number++) {
      int first = 0;
      while (first < step && Math.floorMod(number + pad - first * dilation, stride) != 0) {
        first++;
      }
      boolean met = first < step && first < kernel;
      phases[number] =
          new Phase(
              number,
              stride,
              Math.max(0, (extent - number + stride - 1) / stride),
              met ? (kernel - first - 1) / step + 1 : 0,
              first,
              step,
              met ? (number + pad - first * dilation) / stride : 0,
              (int) (-((long) step * dilation) / stride));
    }
    return phases;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /** How far below output 0 these phases reach. */
  static int before(Phase[] phases) {
    int before = 0;
    for (Phase phase : phases) {
      if (phase.taps > 0) {
        before = Math.max(before, -(phase.firstOutput + (phase.taps - 1) * phase.outputStep));
      }
    }
    return before;
  }

  /** How far beyond the last output these phases reach. */
  static int after(Phase[] phases, int outputs) {
    int after = 0;
    for (Phase phase : phases) {
      if (phase.taps > 0 && phase.rows > 0) {
        after = Math.max(after, phase.firstOutput + phase.rows - outputs);
      }
    }
    return after;
  }

  /** Whether there are positions that no window reaches. */
  static boolean anyWithoutTaps(Phase[] phases) {
    return Arrays.stream(phases).anyMatch(phase -> phase.taps == 0);
  }

  /** The same for an output that is padded with {@code before} elements. */
  Phase shifted(int before) {
    return new Phase(
        number, stride, rows, taps, firstTap, tapStep, firstOutput + before, outputStep);
  }
}
