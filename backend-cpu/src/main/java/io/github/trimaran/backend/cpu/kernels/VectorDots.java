package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Inner products of rows with one column, with the Vector API. */
final class VectorDots {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final float[] lanes = new float[LANES];

  /** Four of them: of the rows of A that begin here, stored in C there. */
  void four(
      int count,
      float[] a,
      int a0,
      int a1,
      int a2,
      int a3,
      float[] column,
      float[] c,
      int at0,
      int at1,
      int at2,
      int at3) {
    FloatVector sum0 = FloatVector.zero(SPECIES);
    FloatVector sum1 = FloatVector.zero(SPECIES);
    FloatVector sum2 = FloatVector.zero(SPECIES);
    FloatVector sum3 = FloatVector.zero(SPECIES);
    int k = 0;
    for (; k <= count - LANES; k += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, column, k);
      sum0 = FloatVector.fromArray(SPECIES, a, a0 + k).fma(x, sum0);
      sum1 = FloatVector.fromArray(SPECIES, a, a1 + k).fma(x, sum1);
      sum2 = FloatVector.fromArray(SPECIES, a, a2 + k).fma(x, sum2);
      sum3 = FloatVector.fromArray(SPECIES, a, a3 + k).fma(x, sum3);
    }
    float dot0 = sumOfLanes(sum0);
    float dot1 = sumOfLanes(sum1);
    float dot2 = sumOfLanes(sum2);
    float dot3 = sumOfLanes(sum3);
    for (; k < count; k++) {
      dot0 += a[a0 + k] * column[k];
      dot1 += a[a1 + k] * column[k];
      dot2 += a[a2 + k] * column[k];
      dot3 += a[a3 + k] * column[k];
    }
    c[at0] = dot0;
    c[at1] = dot1;
    c[at2] = dot2;
    c[at3] = dot3;
  }

  /**
   * The sum of a register, always added up in the same order: halves upon halves. {@code
   * reduceLanes} is free to choose its order, and on JDK 25 chooses another one once the method is
   * compiled, so that a program's numbers would change while it runs.
   */
  private float sumOfLanes(FloatVector sum) {
    sum.intoArray(lanes, 0);
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        lanes[i] += lanes[i + half];
      }
    }
    return lanes[0];
  }
}
