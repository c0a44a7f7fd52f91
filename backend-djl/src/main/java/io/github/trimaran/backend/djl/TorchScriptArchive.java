package io.github.trimaran.backend.djl;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Packs TorchScript source as PyTorch's {@code torch.jit.save} does, so that its loader takes it: a
 * zip of uncompressed entries with the source, a pickled instance of the class and no constants.
 */
final class TorchScriptArchive {

  // Pickle, protocol 2: PROTO 2, ... STOP.
  private static final String EMPTY_TUPLE = "\u0080\u0002).";

  // Of the operators: from 10 on, gelu has its tanh form.
  private static final String VERSION = "10\n";

  private TorchScriptArchive() {}

  /** The archive with one instance, without state, of the class {@code name} in {@code source}. */
  static byte[] of(String name, byte[] source) throws IOException {
    // GLOBAL class, EMPTY_TUPLE, NEWOBJ, EMPTY_DICT, BUILD.
    String instance = "\u0080\u0002c__torch__\n" + name + "\n)\u0081}b.";
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      put(zip, "version", VERSION.getBytes(US_ASCII));
      put(zip, "data.pkl", instance.getBytes(ISO_8859_1));
      put(zip, "constants.pkl", EMPTY_TUPLE.getBytes(ISO_8859_1));
      put(zip, "code/__torch__.py", source);
    }
    return bytes.toByteArray();
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry("archive/" + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}
