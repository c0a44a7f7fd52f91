package io.github.trimaran.io.weights;

import io.github.trimaran.array.HostArray;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;

/** Reads the zip form: {@code data.pkl} names the tensors, {@code data/KEY} holds each storage. */
final class ZipPthReader {

  private final ZipArchive zip;
  private final String entry;

  ZipPthReader(ZipArchive zip, String entry) {
    this.zip = zip;
    this.entry = entry;
  }

  StateDict read() throws IOException {
    ZipEntry pickle = Pth.pickleEntry(zip);
    if (pickle == null) {
      throw zip.error("a zip without " + Pth.ZIP_PICKLE + " is no PyTorch file");
    }
    String folder =
        pickle.getName().substring(0, pickle.getName().length() - Pth.ZIP_PICKLE.length());
    checkByteOrder(folder);
    return zip.read(pickle, in -> read(in, folder));
  }

  private void checkByteOrder(String folder) throws IOException {
    ZipEntry order = zip.entry(folder + "byteorder");
    if (order != null) {
      String text =
          zip.read(
              order,
              in -> new String(in.bytes(in.remaining(), "byteorder"), StandardCharsets.US_ASCII));
      if (!text.strip().equals("little")) {
        throw zip.error("written on a big-endian machine, which is not read");
      }
    }
  }

  private StateDict read(WeightInput in, String folder) throws IOException {
    Object unpickled = new PickleReader(in, new TorchNames(in)).read();
    in.end();
    TorchTensors tensors = new TorchTensors(in);
    Map<TorchNames.Storage, HostArray> storages = new HashMap<>();
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    TorchDictionary dictionary = tensors.dictionary(unpickled, entry);
    for (Map.Entry<String, TorchNames.View> named : dictionary.views().entrySet()) {
      TorchNames.Storage storage = named.getValue().storage();
      HostArray values = storages.get(storage);
      if (values == null) {
        values = readStorage(storage, folder);
        storages.put(storage, values);
      }
      arrays.put(named.getKey(), tensors.dense(named.getKey(), named.getValue(), values));
    }
    return StateDict.of(arrays, dictionary.notes());
  }

  private HostArray readStorage(TorchNames.Storage storage, String folder) throws IOException {
    ZipEntry data = zip.entry(folder + "data/" + storage.key());
    if (data == null) {
      throw zip.error("storage " + storage.key() + " is missing");
    }
    return zip.read(
        data,
        in -> {
          HostArray values =
              in.array(
                  storage.type(),
                  ByteOrder.LITTLE_ENDIAN,
                  in.shape(new long[] {storage.count()}, "storage " + storage.key()),
                  "storage " + storage.key());
          in.end();
          return values;
        });
  }
}
