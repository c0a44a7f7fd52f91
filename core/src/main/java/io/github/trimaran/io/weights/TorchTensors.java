package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes dense arrays out of the unpickled state dictionary and its storages. */
final class TorchTensors {

  private final WeightInput in;

  /** Errors and memory are those of {@code in}. */
  TorchTensors(WeightInput in) {
    this.in = in;
  }

  /**
   * The tensors of an unpickled value by name.
   *
   * @throws WeightFormatException if it is no state dictionary
   */
  Map<String, TorchNames.View> views(Object unpickled) throws WeightFormatException {
    Object dict = unpickled;
    if (dict instanceof Map<?, ?> map && map.get("state_dict") instanceof Map<?, ?> inner) {
      dict = inner;
    }
    if (!(dict instanceof Map<?, ?> map)) {
      throw in.error("the pickle holds no dictionary of tensors");
    }
    Map<String, TorchNames.View> views = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (!(entry.getKey() instanceof String name)
          || !(entry.getValue() instanceof TorchNames.View view)) {
        throw in.error(
            "not a state dictionary: its entry '" + entry.getKey() + "' is no tensor with a name");
      }
      views.put(name, view);
    }
    return views;
  }

  /**
   * The dense array of a view of {@code storage}, whose values it shares where it covers all of
   * them in order.
   */
  HostArray dense(String name, TorchNames.View view, HostArray storage)
      throws WeightFormatException {
    String what = "tensor '" + name + "'";
    Shape shape = in.shape(view.sizes(), what);
    int[] strides = checkedStrides(what, view, shape, storage.shape().size());
    if (view.offset() == 0 && shape.size() == storage.shape().size() && isDense(shape, strides)) {
      return storage.reshape(shape);
    }
    in.reserve((long) shape.size() * storage.dtype().bytes(), what);
    return Strided.copy(storage, (int) view.offset(), shape, strides);
  }

  private int[] checkedStrides(String what, TorchNames.View view, Shape shape, int available)
      throws WeightFormatException {
    if (view.strides().length != shape.rank() || view.offset() < 0 || view.offset() > available) {
      throw in.error(what + " has strides or an offset that do not belong to its shape");
    }
    int[] strides = new int[shape.rank()];
    long last = view.offset();
    for (int axis = 0; axis < strides.length; axis++) {
      long stride = view.strides()[axis];
      if (stride < 0 || stride > Integer.MAX_VALUE) {
        throw in.error(what + " has the impossible stride " + stride);
      }
      // Along an axis of one element the stride has no meaning, and PyTorch leaves anything there.
      strides[axis] = shape.dim(axis) > 1 ? (int) stride : 0;
      last += Math.max(shape.dim(axis) - 1, 0) * (long) strides[axis];
    }
    if (!shape.isEmpty() && (last >= available || shape.size() > available)) {
      throw in.error(what + " reaches beyond its storage of " + available + " elements");
    }
    return strides;
  }

  private static boolean isDense(Shape shape, int[] strides) {
    int[] dense = shape.strides();
    for (int axis = 0; axis < strides.length; axis++) {
      if (shape.dim(axis) > 1 && strides[axis] != dense[axis]) {
        return false;
      }
    }
    return true;
  }
}
