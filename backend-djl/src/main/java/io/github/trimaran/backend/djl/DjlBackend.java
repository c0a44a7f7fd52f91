package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.NativeArrays.pt;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.AdamStep;
import io.github.trimaran.backend.BatchNormGrads;
import io.github.trimaran.backend.BatchNormed;
import io.github.trimaran.backend.MaxPooled;
import io.github.trimaran.backend.RmsPropStep;
import io.github.trimaran.backend.SgdStep;
import java.util.Optional;

/**
 * The backend on PyTorch, through DJL. Most operations are one call of DJL's native interface; what
 * that lacks are methods of the TorchScript classes in {@code aten.py} and {@code onednn.py}; the
 * optimisers' updates are Java on the native memory.
 *
 * <p>PyTorch shares the sums of some operations out among its threads, in an order that depends on
 * their number: {@link #conv2dWeightGrad} and {@link #sum} over all axes are known to. Results
 * repeat exactly for one number of threads, and to rounding for another.
 */
final class DjlBackend extends DjlPrimitives {

  private final NativeUpdates updates;

  DjlBackend(PyTorch torch) {
    super(torch);
    updates = new NativeUpdates(aten, torch.threads());
  }

  @Override
  public void close() {
    updates.close();
    super.close();
  }

  private Optional<NDArray> floats(String method, NDArray a, double c) {
    return dtype(a).isFloating() ? Optional.of(script(method, a, c)) : Optional.empty();
  }

  @Override
  public Optional<NDArray> cumSum(NDArray a, int axis) {
    return Optional.of(script("cum_sum", a, axis));
  }

  @Override
  public Optional<NDArray> addScalar(NDArray a, double c) {
    return floats("add_scalar", a, c);
  }

  @Override
  public Optional<NDArray> mulScalar(NDArray a, double c) {
    return floats("mul_scalar", a, c);
  }

  @Override
  public Optional<NDArray> divScalar(NDArray a, double c) {
    // On a GPU PyTorch multiplies by the reciprocal of a number.
    return isOnHost() ? floats("div_scalar", a, c) : Optional.empty();
  }

  @Override
  public Optional<NDArray> powScalar(NDArray a, double c) {
    // PyTorch takes roots for these, which differ at -0 and -infinity; the rest is for pow.
    boolean root = Math.abs(c) == 0.5;
    return root || !Double.isFinite(c) ? Optional.empty() : floats("pow_scalar", a, c);
  }

  @Override
  public Optional<NDArray> relu(NDArray a) {
    return Optional.of(own(JniUtils.relu(pt(a))));
  }

  @Override
  public Optional<NDArray> reluGrad(NDArray outputGrad, NDArray output) {
    return Optional.of(script("relu_grad", outputGrad, output));
  }

  @Override
  public Optional<NDArray> sigmoid(NDArray a) {
    return Optional.of(own(JniUtils.sigmoid(pt(a))));
  }

  @Override
  public Optional<NDArray> gelu(NDArray a) {
    return Optional.of(script("gelu", a));
  }

  @Override
  public Optional<NDArray> geluGrad(NDArray outputGrad, NDArray input) {
    return Optional.of(script("gelu_grad", outputGrad, input));
  }

  @Override
  public Optional<NDArray> linear(NDArray input, NDArray weight, NDArray bias, boolean relu) {
    return Optional.of(own(products.call("linear", input, weight, bias, relu)));
  }

  @Override
  public Optional<NDArray> conv2dBias(
      NDArray input, NDArray weight, NDArray bias, Conv2dGeometry geometry, boolean relu) {
    if (shape(input).isEmpty() || shape(weight).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(images.conv2dBias(input, weight, bias, geometry, relu));
  }

  @Override
  public Optional<NDArray> channelSum(NDArray a) {
    return Optional.of(sum(a, 0, 2, 3));
  }

  @Override
  public Optional<MaxPooled<NDArray>> maxPool2d(NDArray input, Pool2dGeometry geometry) {
    return Optional.of(images.maxPool2d(input, geometry));
  }

  @Override
  public Optional<NDArray> maxPool2dGrad(
      NDArray outputGrad, NDArray indices, Shape inputShape, Pool2dGeometry geometry) {
    return Optional.of(images.maxPool2dGrad(outputGrad, indices, inputShape, geometry));
  }

  @Override
  public Optional<NDArray> logSoftmax(NDArray a, int axis) {
    return Optional.of(own(JniUtils.logSoftmax(pt(a), axis, NativeArrays.dataType(dtype(a)))));
  }

  @Override
  public Optional<NDArray> softmaxCrossEntropy(NDArray logits, NDArray labels, double smoothing) {
    return Optional.of(script("softmax_cross_entropy", logits, labels, smoothing));
  }

  @Override
  public Optional<NDArray> softmaxCrossEntropyGrad(
      NDArray outputGrad, NDArray logits, NDArray labels, double smoothing) {
    return Optional.of(script("softmax_cross_entropy_grad", outputGrad, logits, labels, smoothing));
  }

  @Override
  public Optional<BatchNormed<NDArray>> batchNorm(
      NDArray input, NDArray gamma, NDArray beta, double epsilon) {
    PtNDArray[] results = aten.callForTuple("batch_norm", input, gamma, beta, epsilon);
    return Optional.of(new BatchNormed<>(own(results[0]), own(results[1]), own(results[2])));
  }

  @Override
  public Optional<NDArray> batchNormInference(
      NDArray input,
      NDArray gamma,
      NDArray beta,
      NDArray mean,
      NDArray variance,
      double epsilon,
      boolean relu) {
    return Optional.of(
        script("batch_norm_inference", input, gamma, beta, mean, variance, epsilon, relu));
  }

  @Override
  public Optional<BatchNormGrads<NDArray>> batchNormGrad(
      NDArray outputGrad,
      NDArray input,
      NDArray gamma,
      NDArray mean,
      NDArray variance,
      double epsilon) {
    PtNDArray[] grads =
        aten.callForTuple("batch_norm_grad", outputGrad, input, gamma, mean, variance, epsilon);
    return Optional.of(new BatchNormGrads<>(own(grads[0]), own(grads[1]), own(grads[2])));
  }

  // Java cannot write to a GPU's memory.
  private boolean isOnHost() {
    return torch.device().equals(Device.cpu());
  }

  @Override
  public boolean sgdUpdate(NDArray parameter, NDArray gradient, NDArray velocity, SgdStep step) {
    if (!isOnHost()) {
      return false;
    }
    updates.sgd(parameter, gradient, velocity, step);
    return true;
  }

  @Override
  public boolean adamUpdate(
      NDArray parameter, NDArray gradient, NDArray mean, NDArray square, AdamStep step) {
    if (!isOnHost()) {
      return false;
    }
    updates.adam(parameter, gradient, mean, square, step);
    return true;
  }

  @Override
  public boolean rmsPropUpdate(
      NDArray parameter, NDArray gradient, NDArray square, NDArray velocity, RmsPropStep step) {
    if (!isOnHost()) {
      return false;
    }
    updates.rmsProp(parameter, gradient, square, velocity, step);
    return true;
  }
}
