package io.github.trimaran.backend.nd4j;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendInfo;
import java.util.List;

/** The primitives, each by the class that knows it. */
abstract class Primitives implements Backend<Nd4jArray> {

  private final BackendInfo info;
  final Allocator allocator = new Allocator();
  private final Moves moves;
  final Workers workers;
  final Elementwise elementwise;
  final Reductions reductions;
  private final Indexing indexing;
  final Lines lines;
  final Products products;
  final Convolution convolution;
  final Pooling pooling;

  Primitives(BackendInfo info, boolean oneDnn) {
    this.info = info;
    this.workers = new Workers(info.threads());
    Libnd4j libnd4j = new Libnd4j();
    this.moves = new Moves(allocator, workers);
    this.elementwise = new Elementwise(allocator, workers, moves, libnd4j);
    this.reductions = new Reductions(allocator, workers, moves);
    this.indexing = new Indexing(allocator, workers);
    this.lines = new Lines(allocator, workers);
    this.products = new Products(allocator, workers, new Blas(workers));
    this.convolution = new Convolution(allocator, workers, moves, libnd4j, oneDnn);
    this.pooling = new Pooling(allocator, workers);
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

  @Override
  public long liveArrays() {
    return allocator.live();
  }

  @Override
  public void close() {
    workers.close();
    allocator.close();
  }

  @Override
  public boolean isClosed() {
    return allocator.isClosed();
  }

  /** Bytes of native memory in use and kept for reuse. */
  long footprint() {
    return allocator.memory().footprint();
  }

  @Override
  public Shape shape(Nd4jArray a) {
    return a.shape();
  }

  @Override
  public DType dtype(Nd4jArray a) {
    return a.dtype();
  }

  // ---- create and read ------------------------------------------------------------------------

  @Override
  public Nd4jArray fromHost(HostArray values) {
    return allocator.create(
        values.shape(), values.dtype(), out -> HostTransfer.upload(values, out));
  }

  @Override
  public HostArray toHost(Nd4jArray a) {
    return HostTransfer.download(a);
  }

  @Override
  public Nd4jArray full(Shape shape, DType dtype, double value) {
    return moves.full(shape, dtype, value);
  }

  @Override
  public Nd4jArray cast(Nd4jArray a, DType dtype) {
    return elementwise.cast(a, dtype);
  }

  @Override
  public void release(Nd4jArray a) {
    allocator.release(a);
  }

  /** Does nothing: no work is ever left over. */
  @Override
  public void sync() {}

  @Override
  public void assign(Nd4jArray target, Nd4jArray value) {
    moves.assign(target, value);
  }

  // ---- elementwise ------------------------------------------------------------------------------

  @Override
  public Nd4jArray add(Nd4jArray a, Nd4jArray b) {
    return elementwise.arithmetic("add", a, b);
  }

  @Override
  public Nd4jArray sub(Nd4jArray a, Nd4jArray b) {
    return elementwise.arithmetic("subtract", a, b);
  }

  @Override
  public Nd4jArray mul(Nd4jArray a, Nd4jArray b) {
    return elementwise.arithmetic("multiply", a, b);
  }

  @Override
  public Nd4jArray div(Nd4jArray a, Nd4jArray b) {
    return elementwise.arithmetic("divide", a, b);
  }

  @Override
  public Nd4jArray maximum(Nd4jArray a, Nd4jArray b) {
    return elementwise.combine(Kernels.MAXIMUM, a, b);
  }

  @Override
  public Nd4jArray minimum(Nd4jArray a, Nd4jArray b) {
    return elementwise.combine(Kernels.MINIMUM, a, b);
  }

  @Override
  public Nd4jArray pow(Nd4jArray a, Nd4jArray b) {
    return elementwise.combine(Kernels.POW, a, b);
  }

  @Override
  public Nd4jArray neg(Nd4jArray a) {
    return elementwise.neg(a);
  }

  @Override
  public Nd4jArray exp(Nd4jArray a) {
    return elementwise.exp(a);
  }

  @Override
  public Nd4jArray log(Nd4jArray a) {
    return elementwise.log(a);
  }

  @Override
  public Nd4jArray sqrt(Nd4jArray a) {
    return elementwise.sqrt(a);
  }

  @Override
  public Nd4jArray sin(Nd4jArray a) {
    return elementwise.sin(a);
  }

  @Override
  public Nd4jArray cos(Nd4jArray a) {
    return elementwise.cos(a);
  }

  @Override
  public Nd4jArray tanh(Nd4jArray a) {
    return elementwise.map(Kernels.TANH, a);
  }

  @Override
  public Nd4jArray erf(Nd4jArray a) {
    return elementwise.erf(a);
  }

  @Override
  public Nd4jArray abs(Nd4jArray a) {
    return elementwise.abs(a);
  }

  @Override
  public Nd4jArray sign(Nd4jArray a) {
    return elementwise.map(Kernels.SIGN, a);
  }

  // ---- compare and select -----------------------------------------------------------------------

  @Override
  public Nd4jArray greater(Nd4jArray a, Nd4jArray b) {
    return elementwise.comparison("greater", a, b);
  }

  @Override
  public Nd4jArray greaterEqual(Nd4jArray a, Nd4jArray b) {
    return elementwise.comparison("greater_equal", a, b);
  }

  @Override
  public Nd4jArray equal(Nd4jArray a, Nd4jArray b) {
    return a.dtype() == DType.BOOL
        ? elementwise.logical((x, y) -> 1 ^ x ^ y, a, b)
        : elementwise.comparison("equals", a, b);
  }

  @Override
  public Nd4jArray logicalAnd(Nd4jArray a, Nd4jArray b) {
    return elementwise.logical((x, y) -> x & y, a, b);
  }

  @Override
  public Nd4jArray logicalOr(Nd4jArray a, Nd4jArray b) {
    return elementwise.logical((x, y) -> x | y, a, b);
  }

  @Override
  public Nd4jArray logicalNot(Nd4jArray a) {
    return elementwise.logicalNot(a);
  }

  @Override
  public Nd4jArray where(Nd4jArray condition, Nd4jArray a, Nd4jArray b) {
    return elementwise.where(condition, a, b);
  }

  // ---- reduce -----------------------------------------------------------------------------------

  @Override
  public Nd4jArray sum(Nd4jArray a, int... axes) {
    return reductions.sum(a, axes);
  }

  @Override
  public Nd4jArray max(Nd4jArray a, int... axes) {
    return reductions.max(a, axes);
  }

  @Override
  public Nd4jArray argMax(Nd4jArray a, int axis) {
    return reductions.argMax(a, axis);
  }

  @Override
  public Nd4jArray argSort(Nd4jArray a, int axis) {
    return lines.argSort(a, axis);
  }

  @Override
  public Nd4jArray broadcastTo(Nd4jArray a, Shape shape) {
    return moves.broadcastTo(a, shape);
  }

  // ---- move -------------------------------------------------------------------------------------

  @Override
  public Nd4jArray reshape(Nd4jArray a, Shape shape) {
    return allocator.view(a, shape);
  }

  @Override
  public Nd4jArray permute(Nd4jArray a, int... axes) {
    return moves.permute(a, axes);
  }

  @Override
  public Nd4jArray flip(Nd4jArray a, int... axes) {
    return moves.flip(a, axes);
  }

  @Override
  public Nd4jArray slice(Nd4jArray a, int[] start, int[] stop, int[] step) {
    return moves.slice(a, start, stop, step);
  }

  @Override
  public Nd4jArray pad(Nd4jArray a, int[] before, int[] after, int[] interior, double value) {
    return moves.pad(a, before, after, interior, value);
  }

  @Override
  public Nd4jArray concat(List<Nd4jArray> arrays, int axis) {
    return moves.concat(arrays, axis);
  }

  // ---- index ------------------------------------------------------------------------------------

  @Override
  public Nd4jArray gather(Nd4jArray a, int axis, Nd4jArray indices) {
    return indexing.gather(a, axis, indices);
  }

  @Override
  public Nd4jArray scatterAdd(Nd4jArray values, int axis, Nd4jArray indices, int size) {
    return indexing.scatterAdd(values, axis, indices, size);
  }

  // ---- contract and convolve --------------------------------------------------------------------

  @Override
  public Nd4jArray matmul(Nd4jArray a, Nd4jArray b) {
    return products.matmul(a, b);
  }

  @Override
  public Nd4jArray conv2d(Nd4jArray input, Nd4jArray weight, Conv2dGeometry geometry) {
    return convolution.forward(input, weight, null, geometry, false);
  }

  @Override
  public Nd4jArray conv2dInputGrad(
      Nd4jArray outputGrad, Nd4jArray weight, Shape inputShape, Conv2dGeometry geometry) {
    return convolution.inputGrad(outputGrad, weight, inputShape, geometry);
  }

  @Override
  public Nd4jArray conv2dWeightGrad(
      Nd4jArray input, Nd4jArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    return convolution.weightGrad(input, outputGrad, weightShape, geometry);
  }

  // ---- pool -------------------------------------------------------------------------------------

  @Override
  public Nd4jArray avgPool2d(Nd4jArray input, Pool2dGeometry geometry) {
    return pooling.average(input, geometry);
  }

  @Override
  public Nd4jArray avgPool2dGrad(Nd4jArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    return pooling.averageGrad(outputGrad, inputShape, geometry);
  }

  @Override
  public Nd4jArray maxPool2dIndices(Nd4jArray input, Pool2dGeometry geometry) {
    return pooling.maxIndices(input, geometry);
  }
}
