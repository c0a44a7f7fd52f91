package io.github.trimaran.data.catalog;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.data.download.PublishedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * A published set of labelled images, and the embedded set that stands in for it.
 *
 * <pre>{@code
 * ImageSet set = DataSets.named("cifar10");
 * TrainTest figures = set.embedded();
 * }</pre>
 */
public interface ImageSet {

  /** What it is called on the command line: {@code mnist}. */
  String key();

  /** One line on what it is. */
  String description();

  /** What is downloaded for it. */
  List<PublishedFile> files();

  /** Whether a data folder has it. */
  boolean isIn(Path dataFolder);

  /**
   * Reads it from a data folder.
   *
   * @throws io.github.trimaran.data.DataException if something is missing or damaged
   */
  TrainTest load(Path dataFolder) throws IOException;

  /**
   * Downloads what a data folder does not have of it.
   *
   * @throws io.github.trimaran.data.download.DownloadException if that cannot be had
   */
  void download(Path dataFolder, Downloader downloader, DownloadProgress progress)
      throws IOException;

  /** What to do where there is no network, as part of a sentence. */
  String byHand();

  /** Draws the stand-in. */
  TrainTest embedded();
}
