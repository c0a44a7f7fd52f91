package io.github.trimaran.data.download;

import io.github.trimaran.io.files.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * What has come so far of a download, in {@code NAME.part} beside its target. It stays when a
 * download is broken off, and the next one goes on from there. One download at a time writes it,
 * since {@link Downloader} locks the target.
 */
final class PartFile implements AutoCloseable {

  private final Path target;
  private final Path path;
  private FileChannel channel;

  PartFile(Path target) {
    this.target = target;
    this.path = target.resolveSibling(target.getFileName() + ".part");
  }

  long length() throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  void append(byte[] bytes, int count) throws IOException {
    open();
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer, channel.size());
    }
  }

  private void open() throws DownloadException {
    if (channel != null) {
      return;
    }
    try {
      Files.createDirectories(target.toAbsolutePath().getParent());
      channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new DownloadException("cannot write " + path + ": no permission, or no folder", e);
    }
  }

  String sha256() throws IOException {
    return Sha256.of(path);
  }

  void delete() throws IOException {
    close();
    if (Files.exists(path)) {
      Files.delete(path);
    }
  }

  void moveToTarget() throws IOException {
    open();
    channel.force(true);
    close();
    try {
      Files.move(path, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(path, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  @Override
  public void close() throws DownloadException {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new DownloadException("cannot write " + path + ": " + e.getMessage(), e);
    } finally {
      channel = null;
    }
  }
}
