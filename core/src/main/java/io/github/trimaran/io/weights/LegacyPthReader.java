package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the form before PyTorch 1.6: pickles of a magic number, the protocol version, facts of the
 * machine, the object and the list of storage keys, then each storage as a count of 8 bytes and its
 * elements.
 */
final class LegacyPthReader {

  private final WeightInput in;
  private final String entry;

  LegacyPthReader(WeightInput in, String entry) {
    this.in = in;
    this.entry = entry;
  }

  StateDict read() throws IOException {
    for (int expected : Pth.LEGACY_MAGIC) {
      if (in.u8("the magic number") != expected) {
        throw in.error("no PyTorch file: the magic number is missing");
      }
    }
    TorchNames names = new TorchNames(in);
    Object version = unpickle(names);
    if (!Long.valueOf(1001).equals(version)) {
      throw in.error("not PyTorch's protocol version 1001");
    }
    if (unpickle(names) instanceof Map<?, ?> machine
        && Boolean.FALSE.equals(machine.get("little_endian"))) {
      throw in.error("written on a big-endian machine, which is not read");
    }
    Object unpickled = unpickle(names);
    Map<String, HostArray> storages = readStorages(unpickle(names), names.storages());
    in.end();
    TorchTensors tensors = new TorchTensors(in);
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    TorchDictionary dictionary = tensors.dictionary(unpickled, entry);
    for (Map.Entry<String, TorchNames.View> named : dictionary.views().entrySet()) {
      HostArray values = storages.get(named.getValue().storage().key());
      if (values == null) {
        throw in.error("storage " + named.getValue().storage().key() + " is missing");
      }
      arrays.put(named.getKey(), tensors.dense(named.getKey(), named.getValue(), values));
    }
    return StateDict.of(arrays, dictionary.notes());
  }

  private Object unpickle(TorchNames names) throws IOException {
    return new PickleReader(in, names).read();
  }

  private Map<String, HostArray> readStorages(Object keys, Map<String, TorchNames.Storage> known)
      throws IOException {
    if (!(keys instanceof List<?> list)) {
      throw in.error("the list of storages is missing");
    }
    Map<String, HostArray> storages = new HashMap<>();
    for (Object key : list) {
      TorchNames.Storage storage = key instanceof String text ? known.get(text) : null;
      if (storage == null || storages.containsKey(storage.key())) {
        throw in.error("the list of storages does not fit the tensors");
      }
      String what = "storage " + storage.key();
      long count = in.buffer(8, what).getLong();
      if (count != storage.count()) {
        throw in.error(what + " has " + count + " elements, expected " + storage.count());
      }
      storages.put(
          storage.key(),
          in.array(
              storage.type(), ByteOrder.LITTLE_ENDIAN, in.shape(new long[] {count}, what), what));
    }
    return storages;
  }
}
