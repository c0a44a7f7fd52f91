package io.github.trimaran.io.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writing files so that a reader sees the old content or the new, never a part: into a temporary
 * file beside the target, forced to the disk, then renamed over it. When anything fails the target
 * is as it was and the temporary file is gone; one that a killed process left is swept by the next
 * write of the same file.
 *
 * <pre>{@code
 * AtomicFiles.write(Path.of("result.json"), json);
 * }</pre>
 */
public final class AtomicFiles {

  private AtomicFiles() {}

  /** Puts the content of a file into a stream, which it need not close. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of the content. */
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes these bytes; see {@link #write(Path, Content)}. */
  public static void write(Path target, byte[] bytes) throws IOException {
    write(target, out -> out.write(bytes));
  }

  /** Writes this text as UTF-8; see {@link #write(Path, Content)}. */
  public static void write(Path target, String text) throws IOException {
    write(target, text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Writes a file whole or not at all. Missing folders on the way to it are made.
   *
   * @throws IOException if the target cannot be written, naming it and why, or as {@code content}
   *     throws it
   */
  public static void write(Path target, Content content) throws IOException {
    Path file = Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    try (TemporaryFile temporary = createBeside(file)) {
      NamedOutput named = new NamedOutput(temporary.channel(), file);
      OutputStream out = new BufferedOutputStream(named, 1 << 16);
      content.writeTo(out);
      out.flush();
      named.force();
      rename(temporary.path(), file);
    }
    forceFolder(file.getParent());
  }

  /**
   * Checks that files can be made in a folder, which is there.
   *
   * @throws IOException if not
   */
  public static void requireWritable(Path folder) throws IOException {
    TemporaryFile.beside(folder.toAbsolutePath().resolve("probe")).close();
  }

  private static TemporaryFile createBeside(Path file) throws IOException {
    Path folder = file.getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new IOException("cannot write " + file + ": it is a folder");
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new IOException(
          "cannot write " + file + ": it is a device, a pipe or a socket, not a file");
    }
    try {
      Files.createDirectories(folder);
      return TemporaryFile.beside(file);
    } catch (FileSystemException e) {
      throw new IOException("cannot write " + file + ": " + reason(e), e);
    }
  }

  private static void rename(Path temporary, Path file) throws IOException {
    try {
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (FileSystemException e) {
      throw new IOException("cannot write " + file + ": " + reason(e), e);
    }
  }

  private static String reason(FileSystemException e) {
    if (e instanceof AccessDeniedException) {
      return "no permission for " + e.getFile();
    }
    if (e instanceof FileAlreadyExistsException) {
      return e.getFile() + " is a file, not a folder";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no " + e.getFile();
    }
    return e.getReason() != null ? e.getReason() : e.getMessage();
  }

  /** Makes the rename itself last through a power cut, on systems where a folder can be opened. */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no folders; the file itself is whole and in place.
      return;
    }
  }
}
