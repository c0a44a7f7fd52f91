package io.github.trimaran.io.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * A lock among threads and processes that a file stands for; it is held until closed, or until its
 * process dies. The file exists while somebody holds the lock or waits for it, and is never the one
 * that is worked on.
 *
 * <pre>{@code
 * try (PathLock lock = PathLock.acquire(folder.resolve(".mnist.lock"), () -> {})) {
 *   ...
 * }
 * }</pre>
 */
public final class PathLock implements AutoCloseable {

  private static final Map<Path, Semaphore> THREADS = new ConcurrentHashMap<>();

  /** The length of a lock file that its last holder has deleted; those in use are longer. */
  private static final int GIVEN_UP = 1;

  private static final int MAX_LENGTH = 1 << 16;

  private final Path path;
  private final Semaphore threads;
  private final List<Path> made;
  private FileChannel channel;
  private boolean held;

  private PathLock(Path path, Semaphore threads, List<Path> made) {
    this.path = path;
    this.threads = threads;
    this.made = made;
  }

  /**
   * Waits until the lock is free and takes it. Missing folders on the way to the file are made, and
   * removed again at the end if they are still empty.
   *
   * @param onWait called once if there is somebody to wait for
   * @throws IOException if the file cannot be written
   */
  public static PathLock acquire(Path file, Runnable onWait) throws IOException {
    Path path = file.toAbsolutePath().normalize();
    Semaphore threads = THREADS.computeIfAbsent(path, key -> new Semaphore(1));
    boolean waited = !threads.tryAcquire();
    if (waited) {
      onWait.run();
      awaitThreads(threads);
    }
    PathLock lock = new PathLock(path, threads, missing(path.getParent()));
    try {
      lock.lockFile(waited ? () -> {} : onWait);
      return lock;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static void awaitThreads(Semaphore threads) throws InterruptedIOException {
    try {
      threads.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for a lock");
    }
  }

  private static List<Path> missing(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path at = folder; at != null && !Files.exists(at); at = at.getParent()) {
      missing.add(at);
    }
    return missing;
  }

  private void lockFile(Runnable onWait) throws IOException {
    Runnable wait = onWait;
    while (true) {
      Files.createDirectories(path.getParent());
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (channel.tryLock() == null) {
        wait.run();
        wait = () -> {};
        channel.lock();
      }
      if (isStillTheFile()) {
        held = true;
        return;
      }
      channel.close();
    }
  }

  /**
   * Whether the locked file is still the one at the path: its last holder may have deleted it. That
   * holder leaves a mark in the file, unless it was killed just then; so the file also gets a
   * random length, which the one at the path must have. Asking for lengths opens no second channel,
   * whose closing would release the lock.
   */
  private boolean isStillTheFile() throws IOException {
    if (channel.size() == GIVEN_UP) {
      return false;
    }
    int length = GIVEN_UP + 1 + Math.floorMod(UUID.randomUUID().hashCode(), MAX_LENGTH);
    channel.truncate(0);
    channel.write(ByteBuffer.allocate(1), length - 1);
    try {
      return Files.size(path) == length;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Deletes before it marks, so that a file at the path never carries the mark. */
  private void giveUpFile() throws IOException {
    try (FileChannel open = channel) {
      Files.deleteIfExists(path);
      open.truncate(GIVEN_UP);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      if (held && channel.isOpen()) {
        giveUpFile();
      } else if (channel != null) {
        channel.close();
      }
      for (Path folder : made) {
        Files.deleteIfExists(folder);
      }
    } catch (DirectoryNotEmptyException e) {
      // Something was put there: the folders are wanted.
      return;
    } finally {
      threads.release();
    }
  }
}
