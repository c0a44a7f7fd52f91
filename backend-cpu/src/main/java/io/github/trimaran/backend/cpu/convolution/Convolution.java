package io.github.trimaran.backend.cpu.convolution;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.cpu.elementwise.Elementwise;
import io.github.trimaran.backend.cpu.kernels.Epilogue;
import io.github.trimaran.backend.cpu.kernels.Kernels;
import io.github.trimaran.backend.cpu.kernels.Matrix;
import io.github.trimaran.backend.cpu.kernels.Offsets;
import io.github.trimaran.backend.cpu.kernels.TileTransforms;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Idle;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.backend.cpu.memory.Memory;
import io.github.trimaran.backend.cpu.memory.Padding;
import io.github.trimaran.backend.cpu.memory.Workers;
import io.github.trimaran.backend.cpu.product.MatrixMultiply;
import io.github.trimaran.backend.cpu.product.OffsetCache;
import java.util.List;
import java.util.Optional;

/**
 * Convolution and its two gradients, each a matrix product with an {@link Im2col} view:
 *
 * <pre>
 * output     [F, (n y x)]   = weight [F, (c i j)]         x view of input      [(c i j), (n y x)]
 * weightGrad [F, (c i j)]   = outputGrad [F, (n y x)]     x the same, transposed
 * inputGrad  [C, (n h w)]   = weight [C, (f i j)]         x view of outputGrad [(f i j), (n h w)]
 * </pre>
 *
 * <p>The groups of a grouped convolution are a batch of such products. There are other ways, taken
 * where they are expected to pay: {@link Winograd}, {@link PlaneConvolution}, {@link
 * GroupedConvolution}.
 */
public final class Convolution {

  private final Memory memory;
  private final Workers workers;
  private final MatrixMultiply matrices;
  private final OffsetCache tables;
  private final Padding padding;
  private final Optional<Winograd> winograd;
  private final Optional<WinogradWeightGrad> winogradWeightGrad;
  private final GroupedConvolution grouped;
  private final Optional<PlaneConvolution> planes;

  /** With these parts of the backend. */
  public Convolution(
      Memory memory,
      Workers workers,
      MatrixMultiply matrices,
      OffsetCache tables,
      Padding padding,
      Kernels kernels) {
    Optional<Idle<TileTransforms>> idle = kernels.transforms().map(Idle::new);
    this.winograd =
        idle.map(
            some -> new Winograd(memory, workers, matrices, TilePlaces.of(tables, some), some));
    this.winogradWeightGrad =
        idle.map(
            some ->
                new WinogradWeightGrad(
                    memory, workers, matrices, TilePlaces.of(tables, some), some));
    this.grouped = new GroupedConvolution(memory, workers, kernels.tapSums());
    this.planes = kernels.windowSums().map(sums -> new PlaneConvolution(memory, workers, sums));
    this.memory = memory;
    this.workers = workers;
    this.matrices = matrices;
    this.tables = tables;
    this.padding = padding;
  }

  /** The convolution, plus a bias {@code [F]} if not null, with ReLU after it if asked. */
  public CpuArray forward(
      CpuArray input, CpuArray weight, CpuArray bias, Conv2dGeometry geometry, boolean relu) {
    return forward(input, weight, bias, null, geometry, relu);
  }

  /** The same plus {@code added}, of the result's shape, if not null, before the ReLU. */
  public CpuArray forward(
      CpuArray input,
      CpuArray weight,
      CpuArray bias,
      CpuArray added,
      Conv2dGeometry geometry,
      boolean relu) {
    CpuArray output =
        memory.allocate(input.dtype(), geometry.outputShape(input.shape(), weight.shape()));
    write(input, weight, bias, added, geometry, relu, output);
    return output;
  }

  /**
   * Several convolutions of one input, each without groups and with its bias, joined along the
   * channels, with ReLU after them if asked.
   *
   * @param operands the input, then weight and bias of each
   */
  public CpuArray joined(List<CpuArray> operands, boolean relu, Conv2dGeometry... geometries) {
    CpuArray input = operands.get(0);
    Shape[] shapes = new Shape[geometries.length];
    int filters = 0;
    for (int i = 0; i < geometries.length; i++) {
      shapes[i] = geometries[i].outputShape(input.shape(), operands.get(2 * i + 1).shape());
      filters += shapes[i].dim(1);
    }
    CpuArray output = memory.allocate(input.dtype(), shapes[0].with(1, filters));
    int[] strides = output.layout().strides();
    int start = 0;
    for (int i = 0; i < geometries.length; i++) {
      CpuArray part = memory.view(output, new Layout(shapes[i], strides, start));
      CpuArray bias = operands.get(2 * i + 2);
      write(input, operands.get(2 * i + 1), bias, null, geometries[i], relu, part);
      memory.release(part);
      start += shapes[i].dim(1) * strides[1];
    }
    return output;
  }

  /** Into {@code output}, which is dense if there are groups or something is added. */
  private void write(
      CpuArray input,
      CpuArray weight,
      CpuArray bias,
      CpuArray added,
      Conv2dGeometry geometry,
      boolean relu,
      CpuArray output) {
    CpuArray denseBias = bias == null ? null : memory.dense(bias);
    CpuArray denseAdded = added == null ? null : memory.dense(added);
    if (winograd.isPresent()
        && WinogradChoice.pays(
            input.dtype(), input.shape(), weight.shape(), output.shape(), geometry)) {
      Ending ending = new Ending(floats(denseBias), floats(denseAdded), relu);
      int top = geometry.padTop();
      int left = geometry.padLeft();
      winograd.get().convolve(input, weight, weight.layout(), top, left, ending, output);
    } else if (planes.isPresent()
        && PlaneConvolution.pays(input.dtype(), output.shape(), weight.shape(), geometry)) {
      Ending ending = new Ending(floats(denseBias), floats(denseAdded), relu);
      CpuArray windows = memory.dense(weight);
      planes.get().forward(input, windows, geometry, ending, output);
      memory.release(windows);
    } else {
      boolean ends = relu && added == null;
      if (GroupedConvolution.pays(input.dtype(), output.shape(), weight.shape(), geometry)) {
        grouped.forward(input, weight, denseBias, geometry, ends, output);
      } else {
        multiplied(input, weight, denseBias, geometry, ends, output);
      }
      if (added != null) {
        Elementwise.addTo(workers, output, denseAdded, relu);
      }
    }
    release(denseAdded);
    release(denseBias);
  }

  private static float[] floats(CpuArray dense) {
    return dense == null ? null : dense.floats();
  }

  private void release(CpuArray array) {
    if (array != null) {
      memory.release(array);
    }
  }

  private void multiplied(
      CpuArray input,
      CpuArray weight,
      CpuArray bias,
      Conv2dGeometry geometry,
      boolean relu,
      CpuArray output) {
    CpuArray padded = padded(input, geometry);
    Groups groups = new Groups(weight.shape().dim(0), input.shape().dim(1), geometry);
    matrices.multiply(
        input.dtype(),
        weightMatrix(weight, groups),
        groups.filters(weight.layout().stride(0)),
        im2col(padded, weight.shape(), output.shape(), geometry),
        groups.channels(padded.layout().stride(1)),
        filterMatrix(output, groups),
        groups.filters(output.layout().stride(1)),
        new Epilogue(bias == null ? null : bias.array(), true, relu));
    memory.release(padded);
  }

  /** The gradient with respect to the weight. */
  public CpuArray weightGrad(
      CpuArray input, CpuArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    CpuArray weightGrad = memory.allocate(input.dtype(), weightShape);
    if (GroupedConvolution.pays(input.dtype(), outputGrad.shape(), weightShape, geometry)) {
      grouped.weightGrad(input, outputGrad, geometry, weightGrad);
      return weightGrad;
    }
    if (winogradWeightGrad.isPresent()
        && WinogradChoice.paysForWeightGrad(
            input.dtype(), input.shape(), weightShape, outputGrad.shape(), geometry)) {
      winogradWeightGrad
          .get()
          .compute(input, outputGrad, geometry.padTop(), geometry.padLeft(), weightGrad);
      return weightGrad;
    }
    CpuArray padded = padded(input, geometry);
    Groups groups = new Groups(weightShape.dim(0), input.shape().dim(1), geometry);
    matrices.multiply(
        input.dtype(),
        filterMatrix(outputGrad, groups),
        groups.filters(outputGrad.layout().stride(1)),
        im2col(padded, weightShape, outputGrad.shape(), geometry).transposed(),
        groups.channels(padded.layout().stride(1)),
        weightMatrix(weightGrad, groups),
        groups.filters(weightGrad.layout().stride(0)),
        Epilogue.NONE);
    memory.release(padded);
    return weightGrad;
  }

  /**
   * The gradient with respect to the input. Where the window moves by {@code stride}, an input row
   * meets only every {@code stride}-th kernel row, always the same ones for rows that are {@code
   * stride} apart. These rows form a phase; each phase is a convolution of {@code outputGrad} with
   * stride 1 and part of the kernel.
   */
  public CpuArray inputGrad(
      CpuArray outputGrad, CpuArray weight, Shape inputShape, Conv2dGeometry geometry) {
    Layout turned = weight.layout().permute(1, 0, 2, 3).flip(2, 3);
    if (winograd.isPresent()
        && WinogradChoice.paysForInputGrad(
            outputGrad.dtype(), outputGrad.shape(), turned.shape(), inputShape, geometry)) {
      CpuArray inputGrad = memory.allocate(outputGrad.dtype(), inputShape);
      int top = weight.shape().dim(2) - 1 - geometry.padTop();
      int left = weight.shape().dim(3) - 1 - geometry.padLeft();
      winograd.get().convolve(outputGrad, weight, turned, top, left, Ending.NONE, inputGrad);
      return inputGrad;
    }
    Phase[] vertical =
        Phase.all(
            inputShape.dim(2),
            weight.shape().dim(2),
            geometry.strideH(),
            geometry.dilationH(),
            geometry.padTop());
    Phase[] horizontal =
        Phase.all(
            inputShape.dim(3),
            weight.shape().dim(3),
            geometry.strideW(),
            geometry.dilationW(),
            geometry.padLeft());
    CpuArray inputGrad = memory.allocate(outputGrad.dtype(), inputShape);
    if (Phase.anyWithoutTaps(vertical) || Phase.anyWithoutTaps(horizontal)) {
      memory.fill(inputGrad, 0);
    }
    if (GroupedConvolution.pays(outputGrad.dtype(), outputGrad.shape(), weight.shape(), geometry)) {
      grouped.inputGrad(outputGrad, weight, vertical, horizontal, geometry.groups(), inputGrad);
      return inputGrad;
    }
    int top = Phase.before(vertical);
    int left = Phase.before(horizontal);
    CpuArray padded =
        padding.pad(
            outputGrad,
            top,
            Phase.after(vertical, outputGrad.shape().dim(2)),
            left,
            Phase.after(horizontal, outputGrad.shape().dim(3)));
    Groups groups = new Groups(weight.shape().dim(0), inputShape.dim(1), geometry);
    for (Phase v : vertical) {
      for (Phase h : horizontal) {
        if (v.taps() > 0 && h.taps() > 0) {
          matrices.multiply(
              outputGrad.dtype(),
              phaseWeight(weight, groups, v, h),
              groups.filters(weight.layout().stride(0)),
              phaseOutputGrad(padded, groups, v.shifted(top), h.shifted(left)),
              groups.filters(padded.layout().stride(1)),
              phaseInputGrad(inputGrad, groups, v, h),
              groups.channels(inputGrad.layout().stride(1)),
              Epilogue.NONE);
        }
      }
    }
    memory.release(padded);
    return inputGrad;
  }

  private CpuArray padded(CpuArray input, Conv2dGeometry geometry) {
    return padding.pad(
        input, geometry.padTop(), geometry.padBottom(), geometry.padLeft(), geometry.padRight());
  }

  /** {@code [F, (c i j)]} of the first group. */
  private Matrix weightMatrix(CpuArray weight, Groups groups) {
    return tables.matrix(weight.array(), firstOf(weight.layout(), 0, groups.filters), 1);
  }

  /** {@code [F, (n y x)]} of the first group of {@code [N, F, OH, OW]}. */
  private Matrix filterMatrix(CpuArray output, Groups groups) {
    Layout byFilter = firstOf(output.layout(), 1, groups.filters).permute(1, 0, 2, 3);
    return tables.matrix(output.array(), byFilter, 1);
  }

  /** {@code [(c i j), (n y x)]} of the first group. */
  private Matrix im2col(CpuArray padded, Shape weight, Shape output, Conv2dGeometry geometry) {
    Layout view =
        Im2col.view(
            padded.layout(),
            weight.dim(1),
            weight.dim(2),
            weight.dim(3),
            output.dim(2),
            output.dim(3),
            geometry);
    return tables.matrix(padded.array(), view, 3);
  }

  /**
   * {@code [C, (f i j)]} of a phase and the first group: only the kernel elements that the phase
   * meets.
   */
  private Matrix phaseWeight(CpuArray weight, Groups groups, Phase v, Phase h) {
    Layout all = weight.layout();
    Layout met =
        new Layout(
            Shape.of(groups.channels, groups.filters, v.taps(), h.taps()),
            new int[] {
              all.stride(1), all.stride(0), v.tapStep() * all.stride(2), h.tapStep() * all.stride(3)
            },
            all.offset() + v.firstTap() * all.stride(2) + h.firstTap() * all.stride(3));
    return tables.matrix(weight.array(), met, 1);
  }

  /**
   * {@code [(f i j), (n h w)]}: what the phase's rows and columns meet of the padded output
   * gradient.
   */
  private Matrix phaseOutputGrad(CpuArray padded, Groups groups, Phase v, Phase h) {
    Layout all = padded.layout();
    Layout met =
        new Layout(
            Shape.of(groups.filters, v.taps(), h.taps(), padded.shape().dim(0), v.rows(), h.rows()),
            new int[] {
              all.stride(1),
              v.outputStep() * all.stride(2),
              h.outputStep() * all.stride(3),
              all.stride(0),
              all.stride(2),
              all.stride(3)
            },
            all.offset() + v.firstOutput() * all.stride(2) + h.firstOutput() * all.stride(3));
    return tables.matrix(padded.array(), met, 3);
  }

  /** {@code [C, (n h w)]}: the pixels of a phase and the first group. */
  private Matrix phaseInputGrad(CpuArray inputGrad, Groups groups, Phase v, Phase h) {
    Layout all = firstOf(inputGrad.layout(), 1, groups.channels);
    Layout pixels =
        new Layout(
            Shape.of(groups.channels, all.shape().dim(0), v.rows(), h.rows()),
            new int[] {
              all.stride(1), all.stride(0), v.stride() * all.stride(2), h.stride() * all.stride(3)
            },
            all.offset() + v.number() * all.stride(2) + h.number() * all.stride(3));
    return tables.matrix(inputGrad.array(), pixels, 1);
  }

  private static Layout firstOf(Layout layout, int axis, int count) {
    return new Layout(layout.shape().with(axis, count), layout.strides(), layout.offset());
  }

  /** How filters and channels divide into groups. */
  private final class Groups {
    final int count;
    final int filters;
    final int channels;

    Groups(int allFilters, int allChannels, Conv2dGeometry geometry) {
      this.count = geometry.groups();
      this.filters = allFilters / count;
      this.channels = allChannels / count;
    }

    /** Where the filters of each group start, for that distance from filter to filter. */
    Offsets filters(int stride) {
      return starts(filters * stride);
    }

    /** Where the channels of each group start, for that distance from channel to channel. */
    Offsets channels(int stride) {
      return starts(channels * stride);
    }

    private Offsets starts(int stride) {
      return tables.get(new int[] {count}, new int[] {stride});
    }
  }
}
