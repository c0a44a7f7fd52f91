package io.github.trimaran.spark;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** The files of this machine, in which a new one has room for few bytes: {@code full:///tmp/x}. */
public final class FullFs extends DelegateToFileSystem {

  private static final int ROOM = 100;

  /** As Hadoop makes it. */
  public FullFs(URI uri, Configuration conf) throws IOException, URISyntaxException {
    super(uri, new Files(), conf, "full", false);
  }

  private static final class Files extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("full:///");
    }

    @Override
    @SuppressWarnings("deprecation") // what FileContext calls
    protected FSDataOutputStream primitiveCreate(
        Path path,
        FsPermission permission,
        java.util.EnumSet<org.apache.hadoop.fs.CreateFlag> flags,
        int buffer,
        short replication,
        long block,
        Progressable progress,
        Options.ChecksumOpt checksum)
        throws IOException {
      return new FSDataOutputStream(
          new Room(
              super.primitiveCreate(
                  path, permission, flags, buffer, replication, block, progress, checksum)),
          null);
    }
  }

  private static final class Room extends FilterOutputStream {
    private int left = ROOM;

    Room(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
      int fits = Math.min(left, count);
      out.write(bytes, from, fits);
      left -= fits;
      if (fits < count) {
        throw new IOException("No space left on device");
      }
    }
  }
}
