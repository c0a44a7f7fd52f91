package io.github.trimaran.data.download;

import io.github.trimaran.data.DataException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Unpacks {@code .tar.gz} archives of plain files that nobody need trust. The archive is read whole
 * into a folder of its own first; only when all of it is sound are its files moved into place.
 *
 * <pre>{@code
 * new TarGz(10, 200_000_000).unpack(Path.of("cifar-10-binary.tar.gz"), folder);
 * }</pre>
 *
 * <p>Refused are paths that climb out of the target or are absolute, links and devices, more files
 * or bytes than announced, damage and truncation.
 */
public final class TarGz {

  private static final int MAX_PADDING = 1 << 20;

  private final int maxEntries;
  private final long maxBytes;

  /**
   * With limits.
   *
   * @param maxEntries how many files and folders an archive may have
   * @param maxBytes how many bytes they may have together
   */
  public TarGz(int maxEntries, long maxBytes) {
    this.maxEntries = maxEntries;
    this.maxBytes = maxBytes;
  }

  /**
   * Unpacks an archive below a folder, over files of the same names.
   *
   * @throws DataException if the archive is damaged or refused; then nothing has been written
   */
  public void unpack(Path archive, Path target) throws IOException {
    Files.createDirectories(target);
    Path workshop = Files.createTempDirectory(target, ".unpack");
    try {
      extract(archive, workshop);
      move(workshop, target);
    } finally {
      delete(workshop);
    }
  }

  private void extract(Path archive, Path folder) throws IOException {
    try (InputStream in =
        new BufferedInputStream(
            new GZIPInputStream(Files.newInputStream(archive), 1 << 16), 1 << 16)) {
      long bytes = 0;
      int entries = 0;
      for (TarEntry entry = TarEntry.read(in); entry != null; entry = TarEntry.read(in)) {
        entries++;
        bytes += entry.size();
        if (entries > maxEntries || bytes > maxBytes) {
          throw new TarException(
              "more than the " + maxEntries + " entries or " + maxBytes + " bytes it may have");
        }
        write(entry, in, folder);
      }
      // Reading to the very end also checks the compressed data's own checksum.
      byte[] padding = in.readNBytes(MAX_PADDING + 1);
      if (padding.length > MAX_PADDING || !Arrays.equals(padding, new byte[padding.length])) {
        throw new TarException("it goes on after its end mark");
      }
    } catch (EOFException e) {
      throw new DataException(archive + ": truncated; nothing was unpacked", e);
    } catch (ZipException | TarException e) {
      throw new DataException(archive + ": " + e.getMessage() + "; nothing was unpacked", e);
    }
  }

  private static void write(TarEntry entry, InputStream in, Path folder) throws IOException {
    switch (entry.kind()) {
      case FOLDER -> createFolder(inside(folder, entry.name()), entry);
      case FILE -> {
        Path file = inside(folder, entry.name());
        createFolder(file.getParent(), entry);
        if (Files.isDirectory(file)) {
          throw new TarException(
              "it has a folder where its entry '" + entry.name() + "' is a file");
        }
        try (OutputStream out = Files.newOutputStream(file)) {
          entry.copyContent(in, out);
        }
      }
      case ATTRIBUTES -> entry.copyContent(in, OutputStream.nullOutputStream());
    }
  }

  private static void createFolder(Path folder, TarEntry entry) throws IOException {
    try {
      Files.createDirectories(folder);
    } catch (FileAlreadyExistsException e) {
      throw new TarException("it has a file where its entry '" + entry.name() + "' needs a folder");
    }
  }

  /** The place of an entry, which must be below the folder. */
  private static Path inside(Path folder, String name) throws TarException {
    boolean climbs = List.of(name.split("[/\\\\]", -1)).contains("..");
    boolean absolute = name.startsWith("/") || name.startsWith("\\") || name.indexOf(':') >= 0;
    Path path;
    try {
      path = climbs || absolute ? folder : folder.resolve(name).normalize();
    } catch (InvalidPathException e) {
      throw new TarException("its entry '" + name + "' has a name that no file can have here");
    }
    if (path.equals(folder) && !name.equals("./") && !name.equals(".")) {
      throw new TarException("its entry '" + name + "' would be outside of the target folder");
    }
    return path;
  }

  private static void move(Path from, Path target) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.filter(Files::isRegularFile).toList()) {
        Path place = target.resolve(from.relativize(path));
        Files.createDirectories(place.getParent());
        Files.move(path, place, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
