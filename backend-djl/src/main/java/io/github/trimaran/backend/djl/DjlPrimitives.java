package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.NativeArrays.longs;
import static io.github.trimaran.backend.djl.NativeArrays.pt;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.backend.MaxPooled;
import java.util.List;

/** The primitives: one native call each, to DJL's interface or to a TorchScript method. */
abstract class DjlPrimitives implements Backend<NDArray> {

  final PyTorch torch;
  final Images images;
  final TorchScript aten;
  final TorchScript products;
  private final NativeArrays arrays;

  DjlPrimitives(PyTorch torch) {
    this.torch = torch;
    PtNDManager manager = torch.newManager();
    arrays = new NativeArrays(manager);
    aten = new TorchScript(manager, "Aten");
    products = torch.hasOneDnn() ? new TorchScript(manager, "OneDnn") : aten;
    images = new Images(arrays, aten, torch);
  }

  final NDArray own(PtNDArray result) {
    return arrays.own(result);
  }

  final NDArray script(String method, Object... arguments) {
    return own(aten.call(method, arguments));
  }

  // ---- facts ------------------------------------------------------------------------------------

  @Override
  public BackendInfo info() {
    return torch.info();
  }

  @Override
  public String toString() {
    return info().toString();
  }

  @Override
  public long liveArrays() {
    return arrays.live();
  }

  @Override
  public void close() {
    arrays.close();
  }

  @Override
  public boolean isClosed() {
    return arrays.isClosed();
  }

  @Override
  public Shape shape(NDArray a) {
    return NativeArrays.shape(a);
  }

  @Override
  public DType dtype(NDArray a) {
    return NativeArrays.dtype(a);
  }

  // ---- create and read --------------------------------------------------------------------------

  @Override
  public NDArray fromHost(HostArray values) {
    return arrays.fromHost(values, aten);
  }

  @Override
  public HostArray toHost(NDArray a) {
    return arrays.toHost(a, aten);
  }

  @Override
  public NDArray full(Shape shape, DType dtype, double value) {
    return arrays.full(shape, dtype, value);
  }

  @Override
  public NDArray cast(NDArray a, DType dtype) {
    if (dtype(a) == dtype) {
      return script("copy", a);
    }
    return own(JniUtils.to(pt(a), NativeArrays.dataType(dtype), a.getDevice()));
  }

  @Override
  public void release(NDArray a) {
    arrays.release(a);
  }

  @Override
  public void sync() {
    // On the CPU a call returns when its work is done; reading a value waits for a GPU.
    if (torch.device().isGpu()) {
      NDArray one = full(Shape.scalar(), DType.FLOAT32, 1);
      toHost(one);
      release(one);
    }
  }

  @Override
  public void assign(NDArray target, NDArray value) {
    aten.call("assign", target, value).close();
  }

  // ---- elementwise ------------------------------------------------------------------------------

  @Override
  public NDArray add(NDArray a, NDArray b) {
    return own(JniUtils.add(pt(a), pt(b)));
  }

  @Override
  public NDArray sub(NDArray a, NDArray b) {
    return own(JniUtils.sub(pt(a), pt(b)));
  }

  @Override
  public NDArray mul(NDArray a, NDArray b) {
    return own(JniUtils.mul(pt(a), pt(b)));
  }

  @Override
  public NDArray div(NDArray a, NDArray b) {
    return own(JniUtils.div(pt(a), pt(b)));
  }

  @Override
  public NDArray maximum(NDArray a, NDArray b) {
    return own(JniUtils.max(pt(a), pt(b)));
  }

  @Override
  public NDArray minimum(NDArray a, NDArray b) {
    return own(JniUtils.min(pt(a), pt(b)));
  }

  @Override
  public NDArray pow(NDArray a, NDArray b) {
    return script("pow", a, b);
  }

  @Override
  public NDArray neg(NDArray a) {
    return own(JniUtils.neg(pt(a)));
  }

  @Override
  public NDArray exp(NDArray a) {
    return own(JniUtils.exp(pt(a)));
  }

  @Override
  public NDArray log(NDArray a) {
    return own(JniUtils.log(pt(a)));
  }

  @Override
  public NDArray sqrt(NDArray a) {
    return own(JniUtils.sqrt(pt(a)));
  }

  @Override
  public NDArray sin(NDArray a) {
    return own(JniUtils.sin(pt(a)));
  }

  @Override
  public NDArray cos(NDArray a) {
    return own(JniUtils.cos(pt(a)));
  }

  @Override
  public NDArray tanh(NDArray a) {
    return own(JniUtils.tanh(pt(a)));
  }

  @Override
  public NDArray erf(NDArray a) {
    return script("erf", a);
  }

  @Override
  public NDArray abs(NDArray a) {
    return own(JniUtils.abs(pt(a)));
  }

  @Override
  public NDArray sign(NDArray a) {
    return script("sign", a);
  }

  // ---- compare and select -----------------------------------------------------------------------

  @Override
  public NDArray greater(NDArray a, NDArray b) {
    return own(JniUtils.gt(pt(a), pt(b)));
  }

  @Override
  public NDArray greaterEqual(NDArray a, NDArray b) {
    return own(JniUtils.gte(pt(a), pt(b)));
  }

  @Override
  public NDArray equal(NDArray a, NDArray b) {
    return own(JniUtils.eq(pt(a), pt(b)));
  }

  @Override
  public NDArray logicalAnd(NDArray a, NDArray b) {
    return own(JniUtils.logicalAnd(pt(a), pt(b)));
  }

  @Override
  public NDArray logicalOr(NDArray a, NDArray b) {
    return own(JniUtils.logicalOr(pt(a), pt(b)));
  }

  @Override
  public NDArray logicalNot(NDArray a) {
    return own(JniUtils.logicalNot(pt(a)));
  }

  @Override
  public NDArray where(NDArray condition, NDArray a, NDArray b) {
    return own(JniUtils.where(pt(condition), pt(a), pt(b)));
  }

  // ---- reduce -----------------------------------------------------------------------------------

  @Override
  public NDArray sum(NDArray a, int... axes) {
    if (axes.length == 0) {
      return own(JniUtils.clone(pt(a)));
    }
    return script("sum", a, longs(axes));
  }

  @Override
  public NDArray max(NDArray a, int... axes) {
    if (axes.length == 0) {
      return own(JniUtils.clone(pt(a)));
    }
    return script("max", a, longs(axes));
  }

  @Override
  public NDArray argMax(NDArray a, int axis) {
    return own(JniUtils.argMax(pt(a), axis, false));
  }

  @Override
  public NDArray argSort(NDArray a, int axis) {
    return script("arg_sort", a, axis);
  }

  @Override
  public NDArray broadcastTo(NDArray a, Shape shape) {
    return own(JniUtils.broadcast(pt(a), new ai.djl.ndarray.types.Shape(longs(shape))));
  }

  // ---- move -------------------------------------------------------------------------------------

  @Override
  public NDArray reshape(NDArray a, Shape shape) {
    return own(JniUtils.reshape(pt(a), longs(shape)));
  }

  @Override
  public NDArray permute(NDArray a, int... axes) {
    return own(JniUtils.permute(pt(a), longs(axes)));
  }

  @Override
  public NDArray flip(NDArray a, int... axes) {
    return own(JniUtils.flip(pt(a), longs(axes)));
  }

  @Override
  public NDArray slice(NDArray a, int[] start, int[] stop, int[] step) {
    return script("slice", a, longs(start), longs(stop), longs(step));
  }

  @Override
  public NDArray pad(NDArray a, int[] before, int[] after, int[] interior, double value) {
    return script("pad", a, longs(before), longs(after), longs(interior), value);
  }

  @Override
  public NDArray concat(List<NDArray> list, int axis) {
    return own(JniUtils.cat(list.stream().map(NativeArrays::pt).toArray(PtNDArray[]::new), axis));
  }

  // ---- index ------------------------------------------------------------------------------------

  @Override
  public NDArray gather(NDArray a, int axis, NDArray indices) {
    return script("gather", a, axis, indices);
  }

  @Override
  public NDArray scatterAdd(NDArray values, int axis, NDArray indices, int size) {
    return script("scatter_add", values, axis, indices, longs(shape(values).with(axis, size)));
  }

  // ---- contract ---------------------------------------------------------------------------------

  @Override
  public NDArray matmul(NDArray a, NDArray b) {
    return own(products.call("matmul", a, b));
  }

  // ---- convolve and pool ------------------------------------------------------------------------

  @Override
  public NDArray conv2d(NDArray input, NDArray weight, Conv2dGeometry geometry) {
    return images.conv2d(input, weight, geometry);
  }

  @Override
  public NDArray conv2dInputGrad(
      NDArray outputGrad, NDArray weight, Shape inputShape, Conv2dGeometry geometry) {
    return images.conv2dInputGrad(outputGrad, weight, inputShape, geometry);
  }

  @Override
  public NDArray conv2dWeightGrad(
      NDArray input, NDArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    return images.conv2dWeightGrad(input, outputGrad, weightShape, geometry);
  }

  @Override
  public NDArray avgPool2d(NDArray input, Pool2dGeometry geometry) {
    return images.avgPool2d(input, geometry);
  }

  @Override
  public NDArray avgPool2dGrad(NDArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    return images.avgPool2dGrad(outputGrad, inputShape, geometry);
  }

  @Override
  public NDArray maxPool2dIndices(NDArray input, Pool2dGeometry geometry) {
    MaxPooled<NDArray> pooled = images.maxPool2d(input, geometry);
    release(pooled.values());
    return pooled.indices();
  }
}
