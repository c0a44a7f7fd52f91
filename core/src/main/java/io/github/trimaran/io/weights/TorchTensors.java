package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes dense arrays out of the unpickled state dictionary and its storages. */
final class TorchTensors {

  /** How deep inside a checkpoint its weights may lie. */
  private static final int MAX_DEPTH = 3;

  private final WeightInput in;

  /** Errors and memory are those of {@code in}. */
  TorchTensors(WeightInput in) {
    this.in = in;
  }

  /**
   * The dictionary of tensors in an unpickled value: the value itself, or the one dictionary inside
   * it that has nothing but tensors, as checkpoints have it beside the optimiser's state.
   *
   * @param entry the dotted name of the one to take where there are several; null to find it
   * @throws WeightFormatException if there is none, or several and none is named
   */
  TorchDictionary dictionary(Object unpickled, String entry) throws WeightFormatException {
    if (!(unpickled instanceof Map<?, ?> map)) {
      throw in.error("the pickle holds no dictionary of tensors");
    }
    Map<String, Map<?, ?>> candidates = new LinkedHashMap<>();
    collect("", map, MAX_DEPTH, candidates);
    if (entry != null) {
      Map<?, ?> named = candidates.get(entry);
      if (named == null) {
        throw in.error("has no dictionary of tensors '" + entry + "'" + listed(candidates));
      }
      return TorchDictionary.of(entry, named);
    }
    if (candidates.size() == 1) {
      Map.Entry<String, Map<?, ?>> only = candidates.entrySet().iterator().next();
      return TorchDictionary.of(only.getKey(), only.getValue());
    }
    if (candidates.isEmpty()) {
      throw in.error("not a state dictionary: " + whatElse(map));
    }
    throw in.error("holds several dictionaries of tensors" + listed(candidates));
  }

  private static String listed(Map<String, Map<?, ?>> candidates) {
    return candidates.isEmpty() ? "" : "; choose one of " + String.join(", ", candidates.keySet());
  }

  private static String whatElse(Map<?, ?> map) {
    for (Map.Entry<?, ?> each : map.entrySet()) {
      if (!(each.getKey() instanceof String) || !(each.getValue() instanceof TorchNames.View)) {
        return "its entry '" + each.getKey() + "' is no tensor with a name";
      }
    }
    return "it is empty";
  }

  private static void collect(
      String path, Map<?, ?> map, int depth, Map<String, Map<?, ?>> candidates) {
    if (isOfTensors(map)) {
      candidates.put(path, map);
    } else if (depth > 0) {
      map.forEach(
          (key, value) -> {
            if (key instanceof String name && value instanceof Map<?, ?> inner) {
              collect(path.isEmpty() ? name : path + "." + name, inner, depth - 1, candidates);
            }
          });
    }
  }

  private static boolean isOfTensors(Map<?, ?> map) {
    return !map.isEmpty()
        && map.keySet().stream().allMatch(String.class::isInstance)
        && map.values().stream().allMatch(TorchNames.View.class::isInstance);
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
    if (!shape.isEmpty() && last >= available) {
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
