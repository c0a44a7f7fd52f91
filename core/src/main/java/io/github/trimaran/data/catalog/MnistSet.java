package io.github.trimaran.data.catalog;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.data.download.PublishedFile;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.data.mnist.Mnist;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** MNIST, as its four published files. */
final class MnistSet implements ImageSet {

  private static final String[] MIRRORS = {
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://ossci-datasets.s3.amazonaws.com/mnist/"
  };

  private static final List<PublishedFile> FILES =
      List.of(
          PublishedFile.of(
              "train-images-idx3-ubyte.gz",
              9_912_422,
              "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
              MIRRORS),
          PublishedFile.of(
              "train-labels-idx1-ubyte.gz",
              28_881,
              "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
              MIRRORS),
          PublishedFile.of(
              "t10k-images-idx3-ubyte.gz",
              1_648_877,
              "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
              MIRRORS),
          PublishedFile.of(
              "t10k-labels-idx1-ubyte.gz",
              4_542,
              "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
              MIRRORS));

  @Override
  public String key() {
    return "mnist";
  }

  @Override
  public String description() {
    return "MNIST: 60,000 + 10,000 handwritten digits, 28x28 grey (LeCun, Cortes, Burges)";
  }

  @Override
  public List<PublishedFile> files() {
    return FILES;
  }

  @Override
  public boolean isIn(Path dataFolder) {
    return Mnist.isIn(dataFolder);
  }

  @Override
  public TrainTest load(Path dataFolder) throws IOException {
    return Mnist.load(dataFolder);
  }

  @Override
  public void download(Path dataFolder, Downloader downloader, DownloadProgress progress)
      throws IOException {
    for (Path missing : Mnist.missingIn(dataFolder)) {
      PublishedFile file =
          FILES.stream()
              .filter(published -> missing.endsWith(published.name()))
              .findFirst()
              .orElseThrow();
      downloader.fetch(file, missing, progress);
    }
  }

  @Override
  public String byHand() {
    return "put its four files into the folder mnist of the data folder by hand";
  }

  @Override
  public TrainTest embedded() {
    return EmbeddedDigits.trainTest();
  }
}
