package io.github.trimaran.data.catalog;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.cifar.Cifar10;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.data.download.PublishedFile;
import io.github.trimaran.data.download.TarGz;
import io.github.trimaran.data.embedded.EmbeddedImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** CIFAR-10, as the published archive of its binary version. */
final class Cifar10Set implements ImageSet {

  private static final PublishedFile ARCHIVE =
      PublishedFile.of(
          "cifar-10-binary.tar.gz",
          170_052_171,
          "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
          "https://www.cs.toronto.edu/~kriz/",
          "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/");

  /** The archive has eight files and a folder, 184 MB. */
  private static final TarGz UNPACKER = new TarGz(100, 200_000_000);

  @Override
  public String key() {
    return "cifar10";
  }

  @Override
  public String description() {
    return "CIFAR-10: 50,000 + 10,000 photographs of ten classes, 32x32 colour (Krizhevsky)";
  }

  @Override
  public List<PublishedFile> files() {
    return List.of(ARCHIVE);
  }

  @Override
  public boolean isIn(Path dataFolder) {
    return Cifar10.isIn(dataFolder);
  }

  @Override
  public TrainTest load(Path dataFolder) throws IOException {
    return Cifar10.load(dataFolder);
  }

  @Override
  public void download(Path dataFolder, Downloader downloader, DownloadProgress progress)
      throws IOException {
    if (Files.isDirectory(dataFolder.resolve(Cifar10.FOLDER))
        || Files.isDirectory(dataFolder.resolve(Cifar10.PYTHON_FOLDER))) {
      // Not whole, and perhaps another edition: loading says what is missing, nothing is replaced.
      Cifar10.load(dataFolder);
      return;
    }
    Path archive = dataFolder.resolve(ARCHIVE.name());
    if (Files.exists(archive)) {
      // Somebody brought it; it stays theirs.
      ARCHIVE.requireIs(archive);
      UNPACKER.unpack(archive, dataFolder);
      return;
    }
    downloader.fetch(ARCHIVE, archive, progress);
    UNPACKER.unpack(archive, dataFolder);
    Files.delete(archive);
  }

  @Override
  public String byHand() {
    return "docs/get-cifar10.md tells how to get it by hand";
  }

  @Override
  public TrainTest embedded() {
    return EmbeddedImages.trainTest();
  }
}
