package io.github.trimaran.backend.djl;

import static io.github.trimaran.backend.djl.NativeArrays.dtype;
import static io.github.trimaran.backend.djl.NativeArrays.longs;
import static io.github.trimaran.backend.djl.NativeArrays.shape;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.Pool2dGeometry;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.MaxPooled;
import java.util.Arrays;

/**
 * Convolution and pooling, and the choice of memory layout and kernel for them. oneDNN convolves
 * channels-last images at least as fast as others, and ATen pools them ten times faster;
 * elementwise operations keep the layout. So float32 images become channels-last at the first
 * convolution; in mixed precision bfloat16 as well, which elementwise operations keep too.
 */
final class Images {

  private static final int CONTIGUOUS = 0;
  private static final int CHANNELS_LAST = 2;
  // With fewer channels than this a vector holds, pooling channels-last gains nothing.
  private static final int VECTOR_CHANNELS = 8;

  private final NativeArrays arrays;
  private final TorchScript aten;
  private final boolean oneDnn;
  private final boolean mixed;

  Images(NativeArrays arrays, TorchScript aten, PyTorch torch) {
    this.arrays = arrays;
    this.aten = aten;
    this.oneDnn = torch.hasOneDnn();
    this.mixed = torch.mixed();
  }

  private int poolingLayout(NDArray image) {
    boolean fast =
        oneDnn && dtype(image) == DType.FLOAT32 && shape(image).dim(1) >= VECTOR_CHANNELS;
    return fast ? CHANNELS_LAST : CONTIGUOUS;
  }

  /** The three forms of a convolution. */
  private enum Form {
    OUTPUT,
    INPUT_GRAD,
    WEIGHT_GRAD
  }

  /**
   * Whether to leave a convolution to oneDNN, channels-last. Two conditions: ATen must choose
   * oneDNN (the rule of its {@code Convolution.cpp}), and the result must be right. oneDNN 3.7.1
   * reads memory that it has not set in layouts other than channels-last when the channels do not
   * fill a block of 16, and channels-last too in the cases excluded here. Of single pixels it
   * leaves out channels, or divides by zero, which ends the process; whether it does depends on the
   * whole shape, so none are left to it.
   */
  private boolean isForOneDnn(Form form, Shape in, Shape weight, DType dtype, Conv2dGeometry g) {
    boolean pointwise = weight.dim(2) == 1 && weight.dim(3) == 1;
    if (!oneDnn || dtype != DType.FLOAT32 || pointwise) {
      return false;
    }
    boolean chosen =
        g.groups() > 1
            || (weight.dim(2) > 3 && weight.dim(3) > 3)
            || in.dim(0) > 1
            || in.size() > 20480;
    boolean oneChannel = weight.dim(1) == 1;
    boolean right = !oneChannel || (form != Form.INPUT_GRAD && g.groups() == 1);
    return chosen && right;
  }

  /**
   * Whether a convolution that is for oneDNN may be in bfloat16. oneDNN 3.7.1 lays filters out for
   * bfloat16 in pairs, and for an input gradient the filters of a group are paired with each other.
   * Where one is left over, the reorder writes its zeros over the other channels of that filter
   * ({@code finalize_tail_loop} in {@code jit_uni_reorder.cpp} clears one run of memory, but here
   * the padding is every other element), and all channels but the first come out wrong.
   */
  private static boolean isRightInHalf(Form form, Shape weight, Conv2dGeometry g) {
    return form != Form.INPUT_GRAD || weight.dim(0) / g.groups() % 2 == 0;
  }

  /** Calls a convolution, with layout and kernel chosen. */
  private NDArray convolve(
      Form form,
      String method,
      Shape in,
      Shape weight,
      Conv2dGeometry geometry,
      Object... arguments) {
    boolean fast = isForOneDnn(form, in, weight, dtype((NDArray) arguments[0]), geometry);
    Object[] all = Arrays.copyOf(arguments, arguments.length + 3);
    all[arguments.length] = fast ? CHANNELS_LAST : CONTIGUOUS;
    all[arguments.length + 1] = oneDnn && !fast;
    all[arguments.length + 2] = mixed && fast && isRightInHalf(form, weight, geometry);
    return arrays.own(aten.call(method, all));
  }

  // PyTorch convolves nothing that is empty: what is summed over it is 0.
  private NDArray zeros(Shape shape, NDArray like) {
    return arrays.full(shape, dtype(like), 0);
  }

  private static boolean isEmpty(NDArray a, NDArray b) {
    return shape(a).isEmpty() || shape(b).isEmpty();
  }

  NDArray conv2d(NDArray input, NDArray weight, Conv2dGeometry geometry) {
    if (isEmpty(input, weight)) {
      return zeros(geometry.outputShape(shape(input), shape(weight)), input);
    }
    return convolve(
        Form.OUTPUT,
        "conv2d",
        shape(input),
        shape(weight),
        geometry,
        input,
        weight,
        numbers(geometry));
  }

  NDArray conv2dBias(
      NDArray input, NDArray weight, NDArray bias, Conv2dGeometry geometry, boolean relu) {
    return convolve(
        Form.OUTPUT,
        "conv2d_bias",
        shape(input),
        shape(weight),
        geometry,
        input,
        weight,
        bias,
        numbers(geometry),
        relu);
  }

  NDArray conv2dInputGrad(
      NDArray outputGrad, NDArray weight, Shape inputShape, Conv2dGeometry geometry) {
    if (inputShape.isEmpty() || isEmpty(outputGrad, weight)) {
      return zeros(inputShape, weight);
    }
    return convolve(
        Form.INPUT_GRAD,
        "conv2d_input_grad",
        inputShape,
        shape(weight),
        geometry,
        outputGrad,
        weight,
        longs(inputShape),
        numbers(geometry));
  }

  NDArray conv2dWeightGrad(
      NDArray input, NDArray outputGrad, Shape weightShape, Conv2dGeometry geometry) {
    if (weightShape.isEmpty() || isEmpty(input, outputGrad)) {
      return zeros(weightShape, input);
    }
    return convolve(
        Form.WEIGHT_GRAD,
        "conv2d_weight_grad",
        shape(input),
        weightShape,
        geometry,
        input,
        outputGrad,
        longs(weightShape),
        numbers(geometry));
  }

  private static long[] numbers(Conv2dGeometry g) {
    return longs(
        g.strideH(),
        g.strideW(),
        g.padTop(),
        g.padBottom(),
        g.padLeft(),
        g.padRight(),
        g.dilationH(),
        g.dilationW(),
        g.groups());
  }

  NDArray avgPool2d(NDArray input, Pool2dGeometry geometry) {
    if (shape(input).isEmpty()) {
      return zeros(geometry.outputShape(shape(input)), input);
    }
    return arrays.own(
        aten.call(
            "avg_pool2d",
            input,
            window(geometry),
            geometry.ceilMode(),
            geometry.countIncludePad(),
            poolingLayout(input)));
  }

  NDArray avgPool2dGrad(NDArray outputGrad, Shape inputShape, Pool2dGeometry geometry) {
    if (inputShape.isEmpty()) {
      return zeros(inputShape, outputGrad);
    }
    return arrays.own(
        aten.call(
            "avg_pool2d_grad",
            outputGrad,
            longs(inputShape),
            window(geometry),
            geometry.ceilMode(),
            geometry.countIncludePad(),
            poolingLayout(outputGrad)));
  }

  MaxPooled<NDArray> maxPool2d(NDArray input, Pool2dGeometry geometry) {
    if (shape(input).isEmpty()) {
      Shape output = geometry.outputShape(shape(input));
      return new MaxPooled<>(zeros(output, input), arrays.full(output, DType.INT64, 0));
    }
    PtNDArray[] pooled =
        aten.callForTuple(
            "max_pool2d", input, window(geometry), geometry.ceilMode(), poolingLayout(input));
    return new MaxPooled<>(arrays.own(pooled[0]), arrays.own(pooled[1]));
  }

  NDArray maxPool2dGrad(
      NDArray outputGrad, NDArray indices, Shape inputShape, Pool2dGeometry geometry) {
    if (inputShape.isEmpty()) {
      return zeros(inputShape, outputGrad);
    }
    return arrays.own(
        aten.call(
            "max_pool2d_grad",
            outputGrad,
            indices,
            longs(inputShape),
            window(geometry),
            geometry.ceilMode(),
            poolingLayout(outputGrad)));
  }

  private static long[] window(Pool2dGeometry g) {
    return longs(g.kernelH(), g.kernelW(), g.strideH(), g.strideW(), g.padH(), g.padW());
  }
}
