package io.github.trimaran.examples.datasets;

import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Chooses data as {@code --data} and {@code --data-dir} say, and tells which it became. */
public final class Datasets {

  private Datasets() {}

  /**
   * A set of images, real or embedded.
   *
   * @throws IOException if files are there but damaged, or real data was asked for and cannot be
   *     had
   */
  public static TrainTest load(ImageSet set, CommonOptions options, Console console)
      throws IOException {
    requireFolder(options.dataDirectory());
    DataFolder folder = DataFolder.of(options.dataDirectory());
    try (DownloadBar bar = new DownloadBar(console)) {
      DataSets.Chosen chosen =
          new DataSets(folder, new Downloader(), bar).load(set, options.data());
      TrainTest data = chosen.data();
      chosen.substitution().ifPresent(why -> console.say("Note: " + why));
      console.say(
          "Data: "
              + data.source()
              + ", "
              + data.train().size()
              + " training and "
              + data.test().size()
              + " test images"
              + (data.source().kind() == DataSource.Kind.REAL ? " in " + folder : ""));
      return data;
    }
  }

  private static void requireFolder(Path given) {
    if (given != null && !Files.isDirectory(given)) {
      throw new InputException(
          "--data-dir: there is no folder " + given + "; 'data get' makes and fills one");
    }
  }

  /** Which data a run used, for its result file. */
  public static DataFacts facts(DataSource source) {
    return new DataFacts(source.name(), source.kind().toString(), source.files());
  }
}
