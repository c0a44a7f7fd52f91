package io.github.trimaran.io.files;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Writes into a file that is to take another's place, and names that one if it cannot. */
final class NamedOutput extends OutputStream {

  private final FileChannel channel;
  private final Path target;

  NamedOutput(FileChannel channel, Path target) {
    this.channel = channel;
    this.target = target;
  }

  @Override
  public void write(int single) throws IOException {
    write(new byte[] {(byte) single}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (ClosedChannelException e) {
      throw e; // the thread was interrupted
    } catch (IOException e) {
      throw named(e);
    }
  }

  /** Makes what was written last. */
  void force() throws IOException {
    try {
      channel.force(true);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      throw named(e);
    }
  }

  private IOException named(IOException e) {
    return new IOException(
        "cannot write "
            + target
            + ": "
            + e.getMessage()
            + "; make room there or choose another place (what was there before is as it was)",
        e);
  }
}
