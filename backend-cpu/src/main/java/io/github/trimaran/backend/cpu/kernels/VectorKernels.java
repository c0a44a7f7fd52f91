package io.github.trimaran.backend.cpu.kernels;

import io.github.trimaran.array.DType;
import java.util.Optional;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;

/**
 * The kernels for the Vector API. Only {@link KernelChoice} refers to this class, by name: without
 * the module {@code jdk.incubator.vector} it cannot be loaded.
 */
public final class VectorKernels implements Kernels {

  private static final int MAX_COLUMNS = 256;

  /** For this machine. */
  public VectorKernels() {}

  @Override
  public String description() {
    return "Vector API, " + FloatVector.SPECIES_PREFERRED.vectorBitSize() + " bits";
  }

  @Override
  public BlockKernel create(DType dtype) {
    return dtype == DType.FLOAT32
        ? new VectorFloatBlock(MAX_COLUMNS)
        : new DoubleBlock(MAX_COLUMNS);
  }

  @Override
  public Functions functions() {
    return new VectorFunctions();
  }

  @Override
  public Maxima maxima() {
    return new VectorMaxima();
  }

  @Override
  public TapSums tapSums() {
    return new VectorTapSums();
  }

  @Override
  public Optional<WindowSums> windowSums() {
    return VectorFloatBlock.TALL ? Optional.of(new VectorWindowSums()) : Optional.empty();
  }

  @Override
  public Optional<Supplier<TileTransforms>> transforms() {
    return Optional.of(VectorTransforms::new);
  }

  @Override
  public int shortestDot() {
    return VectorFloatBlock.SHORTEST_DOT;
  }

  @Override
  public int rowGroup() {
    return VectorFloatBlock.TILE;
  }

  @Override
  public int columnGroup() {
    return VectorPanels.PANEL;
  }

  @Override
  public int maxColumns() {
    return MAX_COLUMNS;
  }
}
