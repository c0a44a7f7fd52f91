package io.github.trimaran.data.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.download.DownloadException;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.data.download.PublishedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSetsTest {

  @TempDir Path folder;

  @Test
  void embeddedNeedsNothing() throws IOException {
    DataSets.Chosen chosen = sets().load(new FakeSet(false), DataChoice.EMBEDDED);
    assertThat(chosen.data().source().name()).isEqualTo("drawn");
    assertThat(chosen.substitution()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void realIsReadWhereItIsElseDownloaded() throws IOException {
    FakeSet set = new FakeSet(true);
    for (DataChoice choice : new DataChoice[] {DataChoice.AUTO, DataChoice.REAL}) {
      DataSets.Chosen chosen = sets().load(set, choice);
      assertThat(chosen.data().source().name()).isEqualTo("published");
      assertThat(chosen.substitution()).isEmpty();
    }
    assertThat(set.downloads).isEqualTo(1);
  }

  @Test
  void autoSaysWhyItUsesEmbeddedData() throws IOException {
    DataSets.Chosen chosen = sets().load(new FakeSet(false), DataChoice.AUTO);
    assertThat(chosen.data().source().name()).isEqualTo("drawn");
    assertThat(chosen.substitution())
        .hasValue("fake is not in " + folder + " and no network: using drawn instead");
  }

  @Test
  void realWithoutANetworkIsAnError() {
    assertThatThrownBy(() -> sets().load(new FakeSet(false), DataChoice.REAL))
        .isInstanceOf(DownloadException.class)
        .hasMessage("no network; bring it by hand, or choose embedded data");
  }

  @Test
  void damagedDataIsNeverReplaced() throws IOException {
    Files.writeString(folder.resolve("fake"), "damaged");
    assertThatThrownBy(() -> sets().load(new FakeSet(true), DataChoice.AUTO))
        .isInstanceOf(DataException.class)
        .hasMessage("fake: damaged");
  }

  @Test
  void anArchiveThatIsNotThePublishedOneIsNotUnpacked() throws IOException {
    Path archive = folder.resolve("cifar-10-binary.tar.gz");
    Files.writeString(archive, "another");
    for (DataChoice choice : new DataChoice[] {DataChoice.AUTO, DataChoice.REAL}) {
      assertThatThrownBy(() -> sets().load(DataSets.CIFAR10, choice))
          .isInstanceOf(DataException.class)
          .hasMessage(
              archive
                  + ": has 7 bytes, the published cifar-10-binary.tar.gz has 170052171;"
                  + " delete it or get it again");
    }
    assertThat(folder).isDirectoryContaining(file -> file.equals(archive));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void aBroughtFileIsKnownByItsDigest() throws IOException {
    Path file = folder.resolve("abc.txt");
    Files.writeString(file, "abc");
    // The example of FIPS 180-2, appendix B.1.
    String digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    PublishedFile.of("abc.txt", 3, digest, "https://example.org/").requireIs(file);
    Files.writeString(file, "abd");
    assertThatThrownBy(
            () -> PublishedFile.of("abc.txt", 3, digest, "https://example.org/").requireIs(file))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("its SHA-256 is not that of the published file");
  }

  @Test
  void findsSetsByKey() {
    assertThat(DataSets.named("mnist")).isSameAs(DataSets.MNIST);
    assertThatThrownBy(() -> DataSets.named("imagenet"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("data: there is no set 'imagenet'; there are mnist");
  }

  @Test
  void mnistIsFoundInItsLayout() throws IOException {
    Path data = RealData.require("mnist").getParent();
    DataSets sets = new DataSets(new DataFolder(data), new Downloader(), DownloadProgress.NONE);
    assertThat(sets.has(DataSets.MNIST)).isTrue();
    assertThat(sets.load(DataSets.MNIST, DataChoice.REAL).data().source().name())
        .isEqualTo("MNIST");
  }

  @Test
  void mnistStandInLooksLikeMnist() {
    TrainTest digits = DataSets.MNIST.embedded();
    assertThat(digits.train().size()).isEqualTo(60_000);
    assertThat(digits.test().size()).isEqualTo(10_000);
    assertThat(digits.train().imageShape()).isEqualTo(Shape.of(1, 28, 28));
  }

  private DataSets sets() {
    return new DataSets(new DataFolder(folder), new Downloader(), DownloadProgress.NONE);
  }

  /** A set of one file, which a download puts there if there is a network. */
  private static final class FakeSet implements ImageSet {

    private final boolean network;
    private int downloads;

    FakeSet(boolean network) {
      this.network = network;
    }

    @Override
    public String key() {
      return "fake";
    }

    @Override
    public String description() {
      return "for tests";
    }

    @Override
    public List<PublishedFile> files() {
      return List.of();
    }

    @Override
    public boolean isIn(Path dataFolder) {
      return Files.exists(dataFolder.resolve("fake"));
    }

    @Override
    public TrainTest load(Path dataFolder) throws IOException {
      if (!Files.readString(dataFolder.resolve("fake")).equals("whole")) {
        throw new DataException("fake: damaged");
      }
      return one(DataSource.real("published", Map.of()));
    }

    @Override
    public void download(Path dataFolder, Downloader downloader, DownloadProgress progress)
        throws IOException {
      if (!network) {
        throw new DownloadException("no network");
      }
      downloads++;
      Files.writeString(dataFolder.resolve("fake"), "whole");
    }

    @Override
    public String byHand() {
      return "bring it by hand";
    }

    @Override
    public TrainTest embedded() {
      return one(DataSource.embedded("drawn"));
    }

    private static TrainTest one(DataSource source) {
      Dataset image =
          Dataset.ofBytes(source, List.of("a"), Shape.of(1, 1, 1), new byte[1], new int[1]);
      return new TrainTest(image, image);
    }
  }
}
