package io.github.trimaran.io.weights;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The few names that the pickle of a PyTorch state dictionary needs, as plain records. Every other
 * name is refused where it appears, before it could be called.
 */
final class TorchNames implements PickleReader.Names {

  /** Elements that lie outside of the pickle: {@code count} of {@code type} under {@code key}. */
  record Storage(String key, StoredType type, long count) {}

  /** A strided view of a storage; offset and strides count elements. */
  record View(Storage storage, long offset, long[] sizes, long[] strides) {}

  private enum Function {
    ORDERED_DICT,
    REBUILD_TENSOR,
    REBUILD_TENSOR_V2,
    REBUILD_PARAMETER,
    SIZE
  }

  private static final Map<String, Object> GLOBALS =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", Function.ORDERED_DICT),
          Map.entry("torch._utils._rebuild_tensor", Function.REBUILD_TENSOR),
          Map.entry("torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR_V2),
          Map.entry("torch._utils._rebuild_parameter", Function.REBUILD_PARAMETER),
          Map.entry("torch.Size", Function.SIZE),
          Map.entry("torch.DoubleStorage", StoredType.F64),
          Map.entry("torch.FloatStorage", StoredType.F32),
          Map.entry("torch.HalfStorage", StoredType.F16),
          Map.entry("torch.BFloat16Storage", StoredType.BF16),
          Map.entry("torch.LongStorage", StoredType.I64),
          Map.entry("torch.IntStorage", StoredType.I32),
          Map.entry("torch.ShortStorage", StoredType.I16),
          Map.entry("torch.CharStorage", StoredType.I8),
          Map.entry("torch.ByteStorage", StoredType.U8),
          Map.entry("torch.BoolStorage", StoredType.BOOL));

  /**
   * How many items all calls together may copy. A pickle can hand one remembered list to any number
   * of calls; those that PyTorch writes hand each item to one.
   */
  private static final int MAX_COPIED = 1_000_000;

  private final WeightInput in;
  private final Map<String, Storage> storages = new LinkedHashMap<>();
  private int copied;

  TorchNames(WeightInput in) {
    this.in = in;
  }

  /** All storages that the pickle named, by key. */
  Map<String, Storage> storages() {
    return storages;
  }

  @Override
  public Object global(String module, String name) throws WeightFormatException {
    Object meaning = GLOBALS.get(module + "." + name);
    if (meaning == null) {
      throw in.error(
          "refused: the pickle asks for "
              + module
              + "."
              + name
              + ", which is no part of a state dictionary");
    }
    return meaning;
  }

  @Override
  public Object call(Object function, List<?> arguments) throws WeightFormatException {
    if (!(function instanceof Function known)) {
      throw in.error("the pickle calls something that is no function");
    }
    return switch (known) {
      case ORDERED_DICT -> orderedDict(arguments);
      case REBUILD_TENSOR, REBUILD_TENSOR_V2 -> view(arguments);
      case REBUILD_PARAMETER -> argument(arguments, 0, View.class);
      case SIZE -> argument(arguments, 0, List.class);
    };
  }

  private Map<Object, Object> orderedDict(List<?> arguments) throws WeightFormatException {
    Map<Object, Object> dict = new LinkedHashMap<>();
    if (!arguments.isEmpty()) {
      for (Object pair : copied(argument(arguments, 0, List.class))) {
        if (!(pair instanceof List<?> items) || items.size() != 2) {
          throw in.error("the pickle makes a dictionary of something that is no pairs");
        }
        dict.put(argument(items, 0, String.class), items.get(1));
      }
    }
    return dict;
  }

  private View view(List<?> arguments) throws WeightFormatException {
    return new View(
        argument(arguments, 0, Storage.class),
        argument(arguments, 1, Long.class),
        integers(argument(arguments, 2, List.class)),
        integers(argument(arguments, 3, List.class)));
  }

  /**
   * A storage: {@code ("storage", type, key, device, count)}; older files append a view, which must
   * be absent.
   */
  @Override
  public Object persistent(Object id) throws WeightFormatException {
    if (!(id instanceof List<?> fields) || fields.size() < 5 || !"storage".equals(fields.get(0))) {
      throw in.error("the pickle refers to something outside of it that is no storage");
    }
    if (fields.size() > 5 && fields.get(5) != null) {
      throw in.error("storages that view other storages are not read");
    }
    StoredType type = argument(fields, 1, StoredType.class);
    String key = argument(fields, 2, String.class);
    long count = argument(fields, 4, Long.class);
    if (count < 0) {
      throw in.error("storage " + key + " of " + count + " elements");
    }
    Storage storage = new Storage(key, type, count);
    Storage known = storages.putIfAbsent(key, storage);
    if (known != null && !known.equals(storage)) {
      throw in.error("storage " + key + " is described in two ways");
    }
    return storage;
  }

  private long[] integers(List<?> items) throws WeightFormatException {
    long[] integers = new long[copied(items).size()];
    for (int i = 0; i < integers.length; i++) {
      integers[i] = argument(items, i, Long.class);
    }
    return integers;
  }

  /** Counts a list that is about to be copied. */
  private List<?> copied(List<?> items) throws WeightFormatException {
    copied += items.size();
    if (copied > MAX_COPIED || copied < 0) {
      throw in.error("refused: the pickle copies its lists again and again");
    }
    return items;
  }

  private <T> T argument(List<?> arguments, int index, Class<T> type) throws WeightFormatException {
    Object argument = index < arguments.size() ? arguments.get(index) : null;
    if (!type.isInstance(argument)) {
      throw in.error("damaged pickle: a call with arguments that do not belong to it");
    }
    return type.cast(argument);
  }
}
