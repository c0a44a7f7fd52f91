package io.github.trimaran.io.weights;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * A zip file whose entries are read whole and checked: against their checksums, against names that
 * repeat, and against bombs (deflate cannot shrink data by more than 1032 times, so a greater ratio
 * is a lie).
 */
final class ZipArchive implements AutoCloseable {

  private static final int MAX_ENTRIES = 100_000;
  private static final int MAX_RATIO = 1032;

  private final ZipFile zip;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private final MemoryBudget budget;

  private ZipArchive(ZipFile zip, MemoryBudget budget) {
    this.zip = zip;
    this.budget = budget;
  }

  /** Makes a value of one entry. */
  @FunctionalInterface
  interface EntryReader<T> {
    T read(WeightInput in) throws IOException;
  }

  static ZipArchive open(Path file, MemoryBudget budget) throws IOException {
    ZipFile zip;
    try {
      zip = new ZipFile(file.toFile());
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw damaged(file.toString(), e);
    }
    ZipArchive archive = new ZipArchive(zip, budget);
    try {
      archive.index();
      return archive;
    } catch (IllegalArgumentException e) {
      archive.close();
      throw damaged(file.toString(), e);
    } catch (IOException e) {
      archive.close();
      throw e;
    }
  }

  /** The JDK throws IllegalArgumentException for names in a bad encoding, here or when listed. */
  private static WeightFormatException damaged(String file, Exception e) {
    return new WeightFormatException(file, "truncated or damaged zip: " + reason(e), e);
  }

  private static String reason(Exception e) {
    return e instanceof EOFException ? "the data end early" : e.getMessage();
  }

  private void index() throws WeightFormatException {
    if (zip.size() > MAX_ENTRIES) {
      throw error("a zip of " + zip.size() + " entries, more than " + MAX_ENTRIES);
    }
    for (ZipEntry entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
      if (entries.put(entry.getName(), entry) != null) {
        throw error("two entries are called '" + entry.getName() + "'");
      }
    }
  }

  /** All entries in the order of the archive. */
  List<ZipEntry> entries() {
    return List.copyOf(entries.values());
  }

  /** The entry of that name, or null. */
  ZipEntry entry(String name) {
    return entries.get(name);
  }

  WeightFormatException error(String reason) {
    return new WeightFormatException(zip.getName(), reason);
  }

  /** Reads one entry to its end. */
  <T> T read(ZipEntry entry, EntryReader<T> reader) throws IOException {
    long size = entry.getSize();
    if (size < 0 || size > 64 + entry.getCompressedSize() * MAX_RATIO) {
      throw error(
          "entry '"
              + entry.getName()
              + "' claims to hold "
              + size
              + " bytes in "
              + entry.getCompressedSize()
              + ": refused as a zip bomb");
    }
    CRC32 crc = new CRC32();
    try (InputStream raw = zip.getInputStream(entry)) {
      InputStream in = new BufferedInputStream(new CheckedInputStream(raw, crc), 1 << 16);
      String name = zip.getName() + " (" + entry.getName() + ")";
      T value = reader.read(new WeightInput(in, size, name, budget));
      if (in.read() >= 0) {
        throw error("entry '" + entry.getName() + "' is longer than was to be read");
      }
      if (crc.getValue() != entry.getCrc()) {
        throw error("entry '" + entry.getName() + "' is damaged: its checksum differs");
      }
      return value;
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw new WeightFormatException(
          zip.getName(), "entry '" + entry.getName() + "' is damaged: " + reason(e), e);
    }
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
