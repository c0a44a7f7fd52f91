package io.github.trimaran.backend.cpu;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.cpu.elementwise.BinaryOp;
import io.github.trimaran.backend.cpu.elementwise.CompareOp;
import io.github.trimaran.backend.cpu.elementwise.UnaryOp;
import io.github.trimaran.backend.cpu.kernels.KernelChoice;
import io.github.trimaran.backend.cpu.kernels.Kernels;
import io.github.trimaran.backend.cpu.memory.CpuArray;
import io.github.trimaran.backend.cpu.memory.Layout;
import io.github.trimaran.backend.cpu.memory.StridedCopy;
import io.github.trimaran.backend.cpu.memory.Workers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The pure-Java backend: which class does what. */
public final class CpuBackend extends CpuFusedOperations {

  private final Workers workers;
  private final BackendInfo info;

  /**
   * With kernels chosen by what the JVM offers and the system property {@code
   * trimaran.cpu.kernels}.
   */
  public CpuBackend(BackendOptions options) {
    this(options, KernelChoice.choose());
  }

  /** With these kernels. */
  CpuBackend(BackendOptions options, Kernels kernels) {
    this(options, kernels, new Workers(options.threads()));
  }

  private CpuBackend(BackendOptions options, Kernels kernels, Workers workers) {
    super(workers, kernels);
    this.workers = workers;
    Map<String, String> versions = new LinkedHashMap<>();
    versions.put("java", System.getProperty("java.version"));
    versions.put(
        "jvm", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    info =
        new BackendInfo(
            "cpu", Machine.description(), options.threads(), kernels.description(), versions);
  }

  // ---- facts ----------------------------------------------------------------------------------

  @Override
  public BackendInfo info() {
    return info;
  }

  @Override
  public String toString() {
    return info().toString();
  }

  /** Every element of a product is summed in the order of its plan, which knows only shapes. */
  @Override
  public boolean computesSamplesAlike() {
    return true;
  }

  @Override
  public long liveArrays() {
    return memory.live();
  }

  @Override
  public Shape shape(CpuArray a) {
    return a.shape();
  }

  @Override
  public DType dtype(CpuArray a) {
    return a.dtype();
  }

  @Override
  public void close() {
    workers.close();
    memory.close();
  }

  @Override
  public boolean isClosed() {
    return memory.isClosed();
  }

  // ---- create and read ------------------------------------------------------------------------

  @Override
  public CpuArray fromHost(HostArray values) {
    CpuArray a = memory.allocate(values.dtype(), values.shape());
    System.arraycopy(javaArray(values), 0, a.array(), 0, a.size());
    return a;
  }

  @Override
  public HostArray toHost(CpuArray a) {
    HostArray host = HostArray.zeros(a.shape(), a.dtype());
    new StridedCopy(a).read(0, a.size(), javaArray(host), 0);
    return host;
  }

  private static Object javaArray(HostArray values) {
    return switch (values.dtype()) {
      case FLOAT32 -> values.floats();
      case FLOAT64 -> values.doubles();
      case INT64 -> values.longs();
      case BOOL -> values.booleans();
    };
  }

  @Override
  public CpuArray full(Shape shape, DType dtype, double value) {
    CpuArray a = memory.allocate(dtype, shape);
    memory.fill(a, value);
    return a;
  }

  @Override
  public CpuArray cast(CpuArray a, DType dtype) {
    return elementwise.cast(a, dtype);
  }

  @Override
  public void release(CpuArray a) {
    memory.release(a);
  }

  @Override
  public void sync() {
    // Every operation is complete when it returns.
  }

  @Override
  public void assign(CpuArray target, CpuArray value) {
    memory.assign(target, value);
  }

  // ---- elementwise ----------------------------------------------------------------------------

  @Override
  public CpuArray add(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.ADD, a, b);
  }

  @Override
  public CpuArray sub(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.SUB, a, b);
  }

  @Override
  public CpuArray mul(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.MUL, a, b);
  }

  @Override
  public CpuArray div(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.DIV, a, b);
  }

  @Override
  public CpuArray maximum(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.MAXIMUM, a, b);
  }

  @Override
  public CpuArray minimum(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.MINIMUM, a, b);
  }

  @Override
  public CpuArray pow(CpuArray a, CpuArray b) {
    return elementwise.binary(BinaryOp.POW, a, b);
  }

  @Override
  public CpuArray neg(CpuArray a) {
    return elementwise.unary(UnaryOp.NEG, a);
  }

  @Override
  public CpuArray exp(CpuArray a) {
    return elementwise.unary(UnaryOp.EXP, a);
  }

  @Override
  public CpuArray log(CpuArray a) {
    return elementwise.unary(UnaryOp.LOG, a);
  }

  @Override
  public CpuArray sqrt(CpuArray a) {
    return elementwise.unary(UnaryOp.SQRT, a);
  }

  @Override
  public CpuArray sin(CpuArray a) {
    return elementwise.unary(UnaryOp.SIN, a);
  }

  @Override
  public CpuArray cos(CpuArray a) {
    return elementwise.unary(UnaryOp.COS, a);
  }

  @Override
  public CpuArray tanh(CpuArray a) {
    return elementwise.unary(UnaryOp.TANH, a);
  }

  @Override
  public CpuArray erf(CpuArray a) {
    return elementwise.unary(UnaryOp.ERF, a);
  }

  @Override
  public CpuArray abs(CpuArray a) {
    return elementwise.unary(UnaryOp.ABS, a);
  }

  @Override
  public CpuArray sign(CpuArray a) {
    return elementwise.unary(UnaryOp.SIGN, a);
  }

  // ---- compare and select ---------------------------------------------------------------------

  @Override
  public CpuArray greater(CpuArray a, CpuArray b) {
    return elementwise.compare(CompareOp.GREATER, a, b);
  }

  @Override
  public CpuArray greaterEqual(CpuArray a, CpuArray b) {
    return elementwise.compare(CompareOp.GREATER_EQUAL, a, b);
  }

  @Override
  public CpuArray equal(CpuArray a, CpuArray b) {
    return elementwise.compare(CompareOp.EQUAL, a, b);
  }

  @Override
  public CpuArray logicalAnd(CpuArray a, CpuArray b) {
    return elementwise.and(a, b);
  }

  @Override
  public CpuArray logicalOr(CpuArray a, CpuArray b) {
    return elementwise.or(a, b);
  }

  @Override
  public CpuArray logicalNot(CpuArray a) {
    return elementwise.not(a);
  }

  @Override
  public CpuArray where(CpuArray condition, CpuArray a, CpuArray b) {
    return elementwise.where(condition, a, b);
  }

  // ---- reduce ---------------------------------------------------------------------------------

  @Override
  public CpuArray sum(CpuArray a, int... axes) {
    return reductions.sum(a, axes);
  }

  @Override
  public CpuArray max(CpuArray a, int... axes) {
    return reductions.max(a, axes);
  }

  @Override
  public CpuArray argMax(CpuArray a, int axis) {
    return indexing.argMax(a, axis);
  }

  @Override
  public CpuArray argSort(CpuArray a, int axis) {
    return lines.argSort(a, axis);
  }

  @Override
  public CpuArray broadcastTo(CpuArray a, Shape shape) {
    return memory.view(a, a.layout().broadcastTo(shape));
  }

  // ---- move -----------------------------------------------------------------------------------

  @Override
  public CpuArray reshape(CpuArray a, Shape shape) {
    Optional<Layout> reshaped = a.layout().reshape(shape);
    if (reshaped.isPresent()) {
      return memory.view(a, reshaped.get());
    }
    CpuArray copy = memory.copy(a);
    CpuArray result = memory.view(copy, Layout.dense(shape));
    memory.release(copy);
    return result;
  }

  @Override
  public CpuArray permute(CpuArray a, int... axes) {
    return memory.view(a, a.layout().permute(axes));
  }

  @Override
  public CpuArray flip(CpuArray a, int... axes) {
    return memory.view(a, a.layout().flip(axes));
  }

  @Override
  public CpuArray slice(CpuArray a, int[] start, int[] stop, int[] step) {
    return memory.view(a, a.layout().slice(start, stop, step));
  }

  @Override
  public CpuArray pad(CpuArray a, int[] before, int[] after, int[] interior, double value) {
    return padding.pad(a, before, after, interior, value);
  }

  @Override
  public CpuArray concat(List<CpuArray> arrays, int axis) {
    return memory.concat(arrays, axis);
  }

  // ---- index ----------------------------------------------------------------------------------

  @Override
  public CpuArray gather(CpuArray a, int axis, CpuArray indices) {
    return indexing.gather(a, axis, indices);
  }

  @Override
  public CpuArray scatterAdd(CpuArray values, int axis, CpuArray indices, int size) {
    return indexing.scatterAdd(values, axis, indices, size);
  }

  // ---- contract -------------------------------------------------------------------------------

  @Override
  public CpuArray matmul(CpuArray a, CpuArray b) {
    return multiplication.matmul(a, b);
  }

  // ---- convolve -------------------------------------------------------------------------------

  @Override
  public CpuArray conv2d(CpuArray input, CpuArray weight, Conv2dGeometry geometry) {
    return convolution.forward(input, weight, null, geometry, false);
  }

  @Override
  public CpuArray conv2dInputGrad(
      CpuArray outputGrad, CpuArray weight, Shape inputShape, Conv2dGeometry geometry) {
    return convolution.inputGrad(outputGrad, weight, inputShape, geometry);
  }

  @Override
  public CpuArray conv2dWeightGrad(
      CpuArray input, CpuArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    return convolution.weightGrad(input, outputGrad, weightShape, geometry);
  }

  // ---- pool -----------------------------------------------------------------------------------

  @Override
  public CpuArray avgPool2d(CpuArray input, Pool2dGeometry geometry) {
    return pooling.average(input, geometry);
  }

  @Override
  public CpuArray avgPool2dGrad(CpuArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    return pooling.averageGrad(outputGrad, inputShape, geometry);
  }

  @Override
  public CpuArray maxPool2dIndices(CpuArray input, Pool2dGeometry geometry) {
    MaxPooled<CpuArray> pooled = pooling.max(input, geometry);
    memory.release(pooled.values());
    return pooled.indices();
  }
}
