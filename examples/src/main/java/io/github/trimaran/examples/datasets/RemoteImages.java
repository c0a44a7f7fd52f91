package io.github.trimaran.examples.datasets;

import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Images that were loaded here, to be loaded by another computer: each draws the project's own, and
 * reads real ones from the same folder.
 *
 * <pre>{@code
 * RemoteImages images = RemoteImages.of(DataSets.MNIST, loaded, options.dataDirectory());
 * TrainTest same = images.load();      // where this was sent to
 * }</pre>
 *
 * @param set its key
 * @param folder where real images lie; null for the project's own
 * @param files the digests of the real ones
 */
public record RemoteImages(String set, String folder, TreeMap<String, String> files)
    implements Serializable {

  private static RemoteImages held;
  private static TrainTest loaded;

  /** Those that were loaded from a folder, or from the default one if that is null. */
  public static RemoteImages of(ImageSet set, TrainTest images, Path dataDirectory) {
    boolean real = images.source().kind() == DataSource.Kind.REAL;
    Path folder = DataFolder.of(dataDirectory).root().toAbsolutePath();
    RemoteImages remote =
        new RemoteImages(
            set.key(), real ? folder.toString() : null, new TreeMap<>(images.source().files()));
    synchronized (RemoteImages.class) {
      held = remote; // work may come back to this JVM
      loaded = images;
    }
    return remote;
  }

  /**
   * The images, once for all work in this JVM.
   *
   * @throws DataException in one line, if they are not there or not the same
   */
  public TrainTest load() throws IOException {
    synchronized (RemoteImages.class) {
      if (!equals(held)) {
        loaded = read();
        held = this;
      }
      return loaded;
    }
  }

  private TrainTest read() throws IOException {
    ImageSet images = DataSets.named(set);
    if (folder == null) {
      return images.embedded();
    }
    if (!images.isIn(Path.of(folder))) {
      throw new DataException(
          folder
              + ": a worker of the cluster does not find "
              + set
              + " there; all computers must see the same --data-dir");
    }
    TrainTest read = images.load(Path.of(folder));
    Map<String, String> found = read.source().files();
    if (!found.equals(files)) {
      throw new DataException(
          folder
              + ": a worker of the cluster has other files of "
              + set
              + " there; give all computers the same");
    }
    return read;
  }
}
