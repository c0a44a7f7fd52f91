package io.github.trimaran.data.catalog;

import io.github.trimaran.data.DataException;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.download.DownloadException;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.io.files.PathLock;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The image sets this library knows, and the choice between real and embedded data.
 *
 * <pre>{@code
 * DataSets sets = new DataSets(DataFolder.of(null), new Downloader(), progress);
 * TrainTest digits = sets.get(DataSets.MNIST);    // downloaded if it is not there yet
 * }</pre>
 */
public final class DataSets {

  /** Handwritten digits. */
  public static final ImageSet MNIST = new MnistSet();

  /** Small photographs. */
  public static final ImageSet CIFAR10 = new Cifar10Set();

  private static final List<ImageSet> ALL = List.of(MNIST, CIFAR10);

  private final Path folder;
  private final Downloader downloader;
  private final DownloadProgress progress;

  /**
   * Sets that lie in this folder or come there.
   *
   * @param folder the data folder
   * @param downloader what downloads them
   * @param progress who watches
   */
  public DataSets(DataFolder folder, Downloader downloader, DownloadProgress progress) {
    this.folder = folder.root();
    this.downloader = downloader;
    this.progress = progress;
  }

  /**
   * Data that was chosen.
   *
   * @param data the images
   * @param substitution why they are not the real ones that would have been preferred; empty if
   *     they are what was asked for
   */
  public record Chosen(TrainTest data, Optional<String> substitution) {}

  /** All sets. */
  public static List<ImageSet> all() {
    return ALL;
  }

  /**
   * The set of this key.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static ImageSet named(String key) {
    return ALL.stream()
        .filter(set -> set.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "data: there is no set '"
                        + key
                        + "'; there are "
                        + ALL.stream().map(ImageSet::key).collect(Collectors.joining(", "))));
  }

  /** Whether the folder has the set. */
  public boolean has(ImageSet set) {
    return set.isIn(folder);
  }

  /** Downloads what is missing of a set, then reads all of it, which checks it. */
  public TrainTest get(ImageSet set) throws IOException {
    if (!has(set)) {
      download(set);
    }
    return set.load(folder);
  }

  /** One at a time: whoever comes second finds what the first has brought. */
  private void download(ImageSet set) throws IOException {
    Path lockFile = folder.resolve("." + set.key() + ".lock");
    try (PathLock lock = PathLock.acquire(lockFile, () -> progress.waiting(set.key()))) {
      if (!has(set)) {
        set.download(folder, downloader, progress);
      }
    } catch (FileSystemException e) {
      throw new DownloadException(
          "cannot write into " + folder + ": " + e.getClass().getSimpleName(), e);
    }
  }

  /**
   * Loads a set as chosen. Data that is there but damaged is always an error, never replaced.
   *
   * @throws DataException if real data is damaged
   * @throws DownloadException if real data is asked for, absent and cannot be downloaded
   */
  public Chosen load(ImageSet set, DataChoice choice) throws IOException {
    if (choice == DataChoice.EMBEDDED) {
      return new Chosen(set.embedded(), Optional.empty());
    }
    try {
      return new Chosen(get(set), Optional.empty());
    } catch (DownloadException e) {
      if (choice == DataChoice.REAL) {
        throw new DownloadException(
            e.getMessage() + "; " + set.byHand() + ", or choose embedded data", e);
      }
      TrainTest embedded = set.embedded();
      String why =
          set.key()
              + " is not in "
              + folder
              + " and "
              + e.getMessage()
              + ": using "
              + embedded.source().name()
              + " instead";
      return new Chosen(embedded, Optional.of(why));
    }
  }
}
