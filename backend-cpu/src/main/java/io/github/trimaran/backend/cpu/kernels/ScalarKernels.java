package io.github.trimaran.backend.cpu.kernels;

import io.github.trimaran.array.DType;

/**
 * The kernels in plain Java, which the JIT vectorises; their rows of C are long, so that it pays.
 */
public final class ScalarKernels implements Kernels {

  private static final int MAX_COLUMNS = 512;

  private final String reason;

  /** With the reason why these were chosen. */
  public ScalarKernels(String reason) {
    this.reason = reason;
  }

  @Override
  public String description() {
    return "plain Java (" + reason + ")";
  }

  @Override
  public BlockKernel create(DType dtype) {
    return dtype == DType.FLOAT32
        ? new ScalarFloatBlock(MAX_COLUMNS)
        : new DoubleBlock(MAX_COLUMNS);
  }

  @Override
  public Functions functions() {
    return new ScalarFunctions();
  }

  @Override
  public Maxima maxima() {
    return new ScalarMaxima();
  }

  @Override
  public TapSums tapSums() {
    return new ScalarTapSums();
  }

  @Override
  public int rowGroup() {
    return 1;
  }

  @Override
  public int columnGroup() {
    return 128;
  }

  @Override
  public int maxColumns() {
    return MAX_COLUMNS;
  }
}
