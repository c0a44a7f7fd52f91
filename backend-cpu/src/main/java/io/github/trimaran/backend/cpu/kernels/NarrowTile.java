package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Eight rows of C by the left half of a panel, for a last panel that is at most half full: a batch
 * of sixteen, say. Tiles as wide as the panel would spend half of their time on columns that are
 * not there.
 */
final class NarrowTile {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

  /** Rows of a tile. */
  static final int ROWS = 8;

  private NarrowTile() {}

  /** Adds the products of {@code count} columns of A and rows of the panel to the tile. */
  static void accumulate(
      int count,
      float[] a,
      int[] rowAddress,
      float[] panels,
      int panel,
      float[] c,
      int[] rowStart,
      int i,
      int j,
      boolean fresh) {
    int at0 = rowStart[i] + j;
    int at1 = rowStart[i + 1] + j;
    int at2 = rowStart[i + 2] + j;
    int at3 = rowStart[i + 3] + j;
    int at4 = rowStart[i + 4] + j;
    int at5 = rowStart[i + 5] + j;
    int at6 = rowStart[i + 6] + j;
    int at7 = rowStart[i + 7] + j;
    FloatVector c0 = start(c, at0, fresh);
    FloatVector c1 = start(c, at1, fresh);
    FloatVector c2 = start(c, at2, fresh);
    FloatVector c3 = start(c, at3, fresh);
    FloatVector c4 = start(c, at4, fresh);
    FloatVector c5 = start(c, at5, fresh);
    FloatVector c6 = start(c, at6, fresh);
    FloatVector c7 = start(c, at7, fresh);
    int a0 = rowAddress[i];
    int a1 = rowAddress[i + 1];
    int a2 = rowAddress[i + 2];
    int a3 = rowAddress[i + 3];
    int a4 = rowAddress[i + 4];
    int a5 = rowAddress[i + 5];
    int a6 = rowAddress[i + 6];
    int a7 = rowAddress[i + 7];
    for (int k = 0; k < count; k++) {
      FloatVector b = FloatVector.fromArray(SPECIES, panels, panel + k * VectorPanels.PANEL);
      c0 = FloatVector.broadcast(SPECIES, a[a0 + k]).fma(b, c0);
      c1 = FloatVector.broadcast(SPECIES, a[a1 + k]).fma(b, c1);
      c2 = FloatVector.broadcast(SPECIES, a[a2 + k]).fma(b, c2);
      c3 = FloatVector.broadcast(SPECIES, a[a3 + k]).fma(b, c3);
      c4 = FloatVector.broadcast(SPECIES, a[a4 + k]).fma(b, c4);
      c5 = FloatVector.broadcast(SPECIES, a[a5 + k]).fma(b, c5);
      c6 = FloatVector.broadcast(SPECIES, a[a6 + k]).fma(b, c6);
      c7 = FloatVector.broadcast(SPECIES, a[a7 + k]).fma(b, c7);
    }
    c0.intoArray(c, at0);
    c1.intoArray(c, at1);
    c2.intoArray(c, at2);
    c3.intoArray(c, at3);
    c4.intoArray(c, at4);
    c5.intoArray(c, at5);
    c6.intoArray(c, at6);
    c7.intoArray(c, at7);
  }

  private static FloatVector start(float[] c, int at, boolean fresh) {
    return fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at);
  }
}
