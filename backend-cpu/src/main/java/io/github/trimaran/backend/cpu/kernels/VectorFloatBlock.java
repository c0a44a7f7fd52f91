package io.github.trimaran.backend.cpu.kernels;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Float32 products with the Vector API.
 *
 * <p>B is packed into {@link VectorPanels}, two SIMD registers wide. A tile of C, some rows high
 * and one panel wide, stays in registers while the kernel runs down the panel: each step loads two
 * registers of B, spreads one element of each row of A over a register, and does two fused
 * multiply-adds a row. Eight rows fit the 32 registers of AVX-512 and NEON, four the 16 of AVX2.
 *
 * <p>Where whole tiles fit C and its columns lie side by side, tiles are stored where they belong;
 * otherwise in memory of this class first, in rows that are wide enough.
 */
final class VectorFloatBlock extends FloatBlock {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private static final int PANEL = VectorPanels.PANEL;

  /** Whether there are 32 registers: for tiles of eight rows, say. */
  static final boolean TALL = LANES != 8;

  /** Rows of a tile. */
  static final int TILE = TALL ? 8 : 4;

  private static final int SMALL_TILE = 4;

  /**
   * Sums must be this long for inner products: 16 need as many registers, and adding their lanes.
   */
  static final int SHORTEST_DOT = TALL ? 2048 : Integer.MAX_VALUE;

  private final int maxColumns;
  private final VectorPanels panels;
  private final int[] rowStart = new int[MAX_ROWS + NarrowTile.ROWS];
  private float[] ownC = {};
  private final VectorDots dots = new VectorDots();
  private float[] column = {};
  private float[] c;

  VectorFloatBlock(int maxColumns) {
    super(MAX_ROWS + NarrowTile.ROWS, maxColumns);
    this.maxColumns = maxColumns;
    this.panels = new VectorPanels(DEPTH * maxColumns);
  }

  @Override
  protected void begin(Block block) {
    Matrix target = block.c();
    boolean wholeTiles = block.rows() % SMALL_TILE == 0 && block.columns() % PANEL == 0;
    if (wholeTiles && target.columns().run(block.n0()) >= block.columns()) {
      c = (float[]) target.data();
      for (int i = 0; i < block.rows(); i++) {
        rowStart[i] = target.address(block.m0() + i, block.n0());
      }
      return;
    }
    if (ownC.length == 0) {
      ownC = new float[rowStart.length * maxColumns];
    }
    c = ownC;
    int width = (block.columns() + PANEL - 1) / PANEL * PANEL;
    for (int i = 0; i < rowStart.length; i++) {
      rowStart[i] = i * width;
    }
    if (block.adds()) {
      loadC(block);
    }
  }

  @Override
  protected float[] rowOfC(int i) {
    return c;
  }

  @Override
  protected int startOfC(int i) {
    return rowStart[i];
  }

  @Override
  protected boolean isInPlace() {
    return c != ownC;
  }

  @Override
  protected void packB(Block block, int k, int depth) {
    panels.pack(block, k, depth);
  }

  @Override
  protected void accumulate(
      float[] a, int[] rowAddress, Block block, int first, int count, int depth, boolean fresh) {
    int rows = block.rows();
    float[] packed = panels.memory();
    for (int j = 0; j < block.columns(); j += PANEL) {
      int panel = j * depth + first * PANEL;
      int i = 0;
      if (block.columns() - j <= LANES) {
        for (; i < rows; i += NarrowTile.ROWS) {
          NarrowTile.accumulate(count, a, rowAddress, packed, panel, c, rowStart, i, j, fresh);
        }
      }
      if (TALL) {
        for (; i + SMALL_TILE < rows; i += TILE) {
          tile8(count, a, rowAddress, packed, panel, c, rowStart, i, j, fresh);
        }
      }
      for (; i < rows; i += SMALL_TILE) {
        tile4(count, a, rowAddress, packed, panel, c, rowStart, i, j, fresh);
      }
    }
  }

  @Override
  protected boolean multiplyDots(Block block) {
    int depth = block.k1() - block.k0();
    if (depth == 0 || block.a().columns().run(block.k0()) < depth) {
      return false;
    }
    if (block.columns() == 1) {
      multiplyColumn(block, depth);
      return true;
    }
    boolean few = block.columns() <= PANEL / 4;
    if (few && depth >= SHORTEST_DOT && block.b().rows().run(block.k0()) >= depth) {
      dots.multiply(block, c, rowStart);
      return true;
    }
    return false;
  }

  private void multiplyColumn(Block block, int depth) {
    if (column.length < depth) {
      column = new float[depth];
    }
    Matrix b = block.b();
    float[] from = (float[]) b.data();
    int top = b.offset() + b.columns().at(block.n0());
    for (int k = 0; k < depth; k++) {
      column[k] = from[top + b.rows().at(block.k0() + k)];
    }
    float[] a = (float[]) block.a().data();
    int left = block.a().offset() + block.a().columns().at(block.k0());
    int rows = block.rows();
    for (int i = 0; i < rows; i += SMALL_TILE) {
      // Past the last row, the last one again: its result is the same.
      int i1 = Math.min(i + 1, rows - 1);
      int i2 = Math.min(i + 2, rows - 1);
      int i3 = Math.min(i + 3, rows - 1);
      dots.four(
          depth,
          a,
          left + block.a().rows().at(block.m0() + i),
          left + block.a().rows().at(block.m0() + i1),
          left + block.a().rows().at(block.m0() + i2),
          left + block.a().rows().at(block.m0() + i3),
          column,
          c,
          rowStart[i],
          rowStart[i1],
          rowStart[i2],
          rowStart[i3]);
    }
  }

  private static FloatVector start(float[] c, int at, boolean fresh) {
    return fresh ? FloatVector.zero(SPECIES) : FloatVector.fromArray(SPECIES, c, at);
  }

  /** Four rows of C by one panel. */
  private static void tile4(
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
    FloatVector c0l = start(c, at0, fresh);
    FloatVector c0r = start(c, at0 + LANES, fresh);
    FloatVector c1l = start(c, at1, fresh);
    FloatVector c1r = start(c, at1 + LANES, fresh);
    FloatVector c2l = start(c, at2, fresh);
    FloatVector c2r = start(c, at2 + LANES, fresh);
    FloatVector c3l = start(c, at3, fresh);
    FloatVector c3r = start(c, at3 + LANES, fresh);
    int a0 = rowAddress[i];
    int a1 = rowAddress[i + 1];
    int a2 = rowAddress[i + 2];
    int a3 = rowAddress[i + 3];
    for (int k = 0; k < count; k++) {
      FloatVector left = FloatVector.fromArray(SPECIES, panels, panel + k * PANEL);
      FloatVector right = FloatVector.fromArray(SPECIES, panels, panel + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
      c0l = x0.fma(left, c0l);
      c0r = x0.fma(right, c0r);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
      c1l = x1.fma(left, c1l);
      c1r = x1.fma(right, c1r);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
      c2l = x2.fma(left, c2l);
      c2r = x2.fma(right, c2r);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
      c3l = x3.fma(left, c3l);
      c3r = x3.fma(right, c3r);
    }
    c0l.intoArray(c, at0);
    c0r.intoArray(c, at0 + LANES);
    c1l.intoArray(c, at1);
    c1r.intoArray(c, at1 + LANES);
    c2l.intoArray(c, at2);
    c2r.intoArray(c, at2 + LANES);
    c3l.intoArray(c, at3);
    c3r.intoArray(c, at3 + LANES);
  }

  /** Eight rows of C by one panel. */
  private static void tile8(
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
    FloatVector c0l = start(c, at0, fresh);
    FloatVector c0r = start(c, at0 + LANES, fresh);
    FloatVector c1l = start(c, at1, fresh);
    FloatVector c1r = start(c, at1 + LANES, fresh);
    FloatVector c2l = start(c, at2, fresh);
    FloatVector c2r = start(c, at2 + LANES, fresh);
    FloatVector c3l = start(c, at3, fresh);
    FloatVector c3r = start(c, at3 + LANES, fresh);
    FloatVector c4l = start(c, at4, fresh);
    FloatVector c4r = start(c, at4 + LANES, fresh);
    FloatVector c5l = start(c, at5, fresh);
    FloatVector c5r = start(c, at5 + LANES, fresh);
    FloatVector c6l = start(c, at6, fresh);
    FloatVector c6r = start(c, at6 + LANES, fresh);
    FloatVector c7l = start(c, at7, fresh);
    FloatVector c7r = start(c, at7 + LANES, fresh);
    int a0 = rowAddress[i];
    int a1 = rowAddress[i + 1];
    int a2 = rowAddress[i + 2];
    int a3 = rowAddress[i + 3];
    int a4 = rowAddress[i + 4];
    int a5 = rowAddress[i + 5];
    int a6 = rowAddress[i + 6];
    int a7 = rowAddress[i + 7];
    for (int k = 0; k < count; k++) {
      FloatVector left = FloatVector.fromArray(SPECIES, panels, panel + k * PANEL);
      FloatVector right = FloatVector.fromArray(SPECIES, panels, panel + k * PANEL + LANES);
      FloatVector x0 = FloatVector.broadcast(SPECIES, a[a0 + k]);
      c0l = x0.fma(left, c0l);
      c0r = x0.fma(right, c0r);
      FloatVector x1 = FloatVector.broadcast(SPECIES, a[a1 + k]);
      c1l = x1.fma(left, c1l);
      c1r = x1.fma(right, c1r);
      FloatVector x2 = FloatVector.broadcast(SPECIES, a[a2 + k]);
      c2l = x2.fma(left, c2l);
      c2r = x2.fma(right, c2r);
      FloatVector x3 = FloatVector.broadcast(SPECIES, a[a3 + k]);
      c3l = x3.fma(left, c3l);
      c3r = x3.fma(right, c3r);
      FloatVector x4 = FloatVector.broadcast(SPECIES, a[a4 + k]);
      c4l = x4.fma(left, c4l);
      c4r = x4.fma(right, c4r);
      FloatVector x5 = FloatVector.broadcast(SPECIES, a[a5 + k]);
      c5l = x5.fma(left, c5l);
      c5r = x5.fma(right, c5r);
      FloatVector x6 = FloatVector.broadcast(SPECIES, a[a6 + k]);
      c6l = x6.fma(left, c6l);
      c6r = x6.fma(right, c6r);
      FloatVector x7 = FloatVector.broadcast(SPECIES, a[a7 + k]);
      c7l = x7.fma(left, c7l);
      c7r = x7.fma(right, c7r);
    }
    c0l.intoArray(c, at0);
    c0r.intoArray(c, at0 + LANES);
    c1l.intoArray(c, at1);
    c1r.intoArray(c, at1 + LANES);
    c2l.intoArray(c, at2);
    c2r.intoArray(c, at2 + LANES);
    c3l.intoArray(c, at3);
    c3r.intoArray(c, at3 + LANES);
    c4l.intoArray(c, at4);
    c4r.intoArray(c, at4 + LANES);
    c5l.intoArray(c, at5);
    c5r.intoArray(c, at5 + LANES);
    c6l.intoArray(c, at6);
    c6r.intoArray(c, at6 + LANES);
    c7l.intoArray(c, at7);
    c7r.intoArray(c, at7 + LANES);
  }
}
