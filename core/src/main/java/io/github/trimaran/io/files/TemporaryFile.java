package io.github.trimaran.io.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file {@code .NAME.RANDOM.tmp} beside the file it will become. It is locked as long as its
 * writer lives: one that a killed process left is known by its missing lock, and swept by whoever
 * writes the same file next.
 */
final class TemporaryFile implements AutoCloseable {

  private static final String ENDING = ".tmp";

  /** Those of this process: its own locks do not keep it away, and looking would release them. */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final FileChannel channel;

  private TemporaryFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /** An empty file beside {@code target}, which is absolute. */
  static TemporaryFile beside(Path target) throws IOException {
    sweep(target);
    while (true) {
      TemporaryFile made = tryCreate(target);
      if (made != null) {
        return made;
      }
    }
  }

  /** Null if the name was taken, or swept before it was locked. */
  private static TemporaryFile tryCreate(Path target) throws IOException {
    Path path = target.resolveSibling(prefix(target) + UUID.randomUUID() + ENDING);
    OPEN.add(path);
    FileChannel channel = null;
    try {
      channel = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (isLocked(channel) && Files.exists(path)) {
        return new TemporaryFile(path, channel);
      }
    } catch (FileAlreadyExistsException e) {
      OPEN.remove(path);
      return null;
    } catch (IOException e) {
      OPEN.remove(path);
      throw e;
    }
    channel.close();
    OPEN.remove(path);
    return null;
  }

  /** File systems without locks have no sweeping either. */
  private static boolean isLocked(FileChannel channel) {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      return true;
    }
  }

  private static String prefix(Path target) {
    return "." + target.getFileName() + ".";
  }

  /** Deletes what killed writers of this file left. */
  private static void sweep(Path target) throws IOException {
    String prefix = prefix(target);
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(
            target.getParent(),
            path -> {
              String name = path.getFileName().toString();
              return name.startsWith(prefix) && name.endsWith(ENDING) && Files.isRegularFile(path);
            })) {
      for (Path path : left) {
        if (!OPEN.contains(path)) {
          deleteIfAbandoned(path);
        }
      }
    }
  }

  private static void deleteIfAbandoned(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      if (lock != null) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // Another process swept it first, or it is not ours to delete: both can stay so.
      return;
    }
  }

  /** Where it is. */
  Path path() {
    return path;
  }

  /** To write into. */
  FileChannel channel() {
    return channel;
  }

  /** Deletes it, if it has not been renamed. */
  @Override
  public void close() throws IOException {
    try {
      Files.deleteIfExists(path);
    } finally {
      channel.close();
      OPEN.remove(path);
    }
  }
}
