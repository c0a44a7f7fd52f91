package io.github.trimaran.data.mnist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.io.files.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MnistTest {

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte";

  @TempDir Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.write(folder.resolve(TRAIN_IMAGES), images(3, 28, 28));
    Files.write(folder.resolve(TRAIN_LABELS), labels(5, 0, 9));
    Files.write(folder.resolve(TEST_IMAGES), images(2, 28, 28));
    Files.write(folder.resolve(TEST_LABELS), labels(7, 1));
  }

  @Test
  void readsPlainFiles() throws IOException {
    TrainTest set = Mnist.load(folder);
    assertThat(set.train().size()).isEqualTo(3);
    assertThat(set.test().size()).isEqualTo(2);
    assertThat(set.train().labels()).containsExactly(5, 0, 9);
    assertThat(set.test().labels()).containsExactly(7, 1);
    assertThat(set.train().imageShape()).isEqualTo(Shape.of(1, 28, 28));
    // Image 2 begins at byte 2 * 784; bytes count up modulo 251.
    assertThat(set.train().image(2).floats()[0]).isEqualTo(2 * 784 % 251);
    assertThat(set.train().image(2).floats()[783]).isEqualTo((2 * 784 + 783) % 251);
    assertThat(set.source().name()).isEqualTo("other files in MNIST's format");
    assertThat(set.source().files())
        .containsEntry(TRAIN_LABELS, "sha256:" + Sha256.of(labels(5, 0, 9)))
        .hasSize(4);
  }

  @Test
  void readsCompressedFilesInTheirFolderUnderAnyOfTheirNames() throws IOException {
    Path mnist = Files.createDirectory(folder.resolve("mnist"));
    Files.write(mnist.resolve("train-images.idx3-ubyte.gz"), gzip(images(1, 28, 28)));
    Files.write(mnist.resolve("train-labels.idx1-ubyte"), labels(4));
    Files.write(mnist.resolve("t10k-images-idx3-ubyte.gz"), gzip(images(1, 28, 28)));
    Files.write(mnist.resolve("t10k-labels-idx1-ubyte.gz"), gzip(labels(2)));
    TrainTest set = Mnist.load(folder);
    assertThat(set.train().labels()).containsExactly(4);
    assertThat(set.test().labels()).containsExactly(2);
    assertThat(set.source().files())
        .containsEntry("t10k-labels-idx1-ubyte.gz", "sha256:" + Sha256.of(gzip(labels(2))));
  }

  @Test
  void namesMissingFoldersAndFiles() throws IOException {
    Path nowhere = folder.resolve("nowhere");
    assertThatThrownBy(() -> Mnist.load(nowhere))
        .isInstanceOf(DataException.class)
        .hasMessage(nowhere + ": there is no such folder");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThatThrownBy(() -> Mnist.load(empty))
        .hasMessage(
            empty
                + ": no MNIST files here or in its folder mnist, such as"
                + " train-images-idx3-ubyte.gz; get them with: data get mnist");
    Files.delete(folder.resolve(TEST_LABELS));
    assertThat(Mnist.isIn(folder)).isFalse();
    assertThat(Mnist.missingIn(folder)).containsExactly(folder.resolve(TEST_LABELS + ".gz"));
    assertThatThrownBy(() -> Mnist.load(folder))
        .hasMessage(folder + ": t10k-labels-idx1-ubyte.gz is missing; get it with: data get mnist");
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] whole = images(3, 28, 28);
    refused(
        TRAIN_IMAGES,
        Arrays.copyOf(whole, whole.length - 1),
        ": truncated: its header announces 3 images of 28x28 (2352 bytes), after it come 2351;"
            + " delete it and get it again");
    refused(
        TRAIN_IMAGES,
        gzip(Arrays.copyOf(whole, 1000)),
        ": truncated: its header announces 3 images of 28x28 (2352 bytes), after it come 984;"
            + " delete it and get it again");
    byte[] packed = gzip(whole);
    refused(
        TRAIN_IMAGES,
        Arrays.copyOf(packed, packed.length / 2),
        ": truncated: its gzip data ends too early; delete it and get it again");
    refused(
        TRAIN_IMAGES,
        Arrays.copyOf(packed, packed.length - 4),
        ": truncated: its gzip data ends too early; delete it and get it again");
    refused(
        TRAIN_IMAGES,
        new byte[3],
        ": truncated: its 3 bytes are less than a header; delete it and get it again");
    refused(
        TRAIN_IMAGES,
        new byte[0],
        ": truncated: its 0 bytes are less than a header; delete it and get it again");
  }

  @Test
  void refusesTrailingAndDamagedData() throws IOException {
    byte[] whole = labels(5, 0, 9);
    refused(
        TRAIN_LABELS,
        Arrays.copyOf(whole, whole.length + 2),
        ": has trailing data: its header announces 3 labels (3 bytes), after it come 5; delete it"
            + " and get it again");
    byte[] packed = gzip(images(3, 28, 28));
    packed[packed.length - 6] ^= 1;
    assertThatThrownBy(() -> loadWith(TRAIN_IMAGES, packed))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(": damaged gzip data (");
  }

  @Test
  void refusesAWrongMagic() throws IOException {
    refused(
        TRAIN_IMAGES,
        labels(1, 2, 3, 4, 5, 6, 7, 8),
        ": not an IDX file of images: it starts with 0x00000801, not 0x00000803");
    refused(
        TRAIN_LABELS,
        images(1, 28, 28),
        ": not an IDX file of labels: it starts with 0x00000803, not 0x00000801");
  }

  @Test
  void refusesHeadersThatCannotBe() throws IOException {
    byte[] huge = ByteBuffer.allocate(16).putInt(0x803).putInt(-1).putInt(-1).putInt(-1).array();
    String line =
        ": its header announces 4294967295 images of 4294967295x4294967295, which cannot be;"
            + " delete it and get it again";
    refused(TRAIN_IMAGES, huge, line);
    refused(TRAIN_IMAGES, gzip(huge), line);
    byte[] most =
        ByteBuffer.allocate(16).putInt(0x803).putInt(1 << 30).putInt(28).putInt(28).array();
    refused(
        TRAIN_IMAGES,
        most,
        ": its header announces 1073741824 images of 28x28, which cannot be; delete it and get it"
            + " again");
  }

  @Test
  void refusesLabelsThatDoNotGoWithTheImages() throws IOException {
    refused(
        TRAIN_LABELS,
        labels(1, 2),
        ": 2 labels do not go with the 3 images of train-images-idx3-ubyte");
    refused(TRAIN_LABELS, labels(1, 10, 2), ": label 10 of image 1 is no digit from 0 to 9");
    refused(TEST_LABELS, labels(1, 255), ": label 255 of image 1 is no digit from 0 to 9");
    refused(TEST_IMAGES, images(2, 14, 28), ": its images are 14x28, those of MNIST 28x28");
  }

  @Test
  void knowsMnist() throws IOException {
    Path data = RealData.require("mnist");
    TrainTest set = Mnist.load(data);
    assertThat(set.source().name()).isEqualTo("MNIST");
    assertThat(set.train().size()).isEqualTo(60_000);
    assertThat(set.test().size()).isEqualTo(10_000);
    // The first labels of both parts, as printed in many a tutorial.
    assertThat(set.train().take(10).labels()).containsExactly(5, 0, 4, 1, 9, 2, 1, 3, 1, 4);
    assertThat(set.test().take(10).labels()).containsExactly(7, 2, 1, 0, 4, 1, 4, 9, 5, 9);
    // Mean of the training pixels, published as 0.1307 of 255.
    double sum = 0;
    for (int i = 0; i < set.train().size(); i++) {
      for (float value : set.train().image(i).floats()) {
        sum += value;
      }
    }
    assertThat(sum / 60_000 / 784 / 255).isBetween(0.1306, 0.1308);
  }

  private void refused(String name, byte[] content, String message) throws IOException {
    assertThatThrownBy(() -> loadWith(name, content))
        .isInstanceOf(DataException.class)
        .hasMessage(folder.resolve(name) + message);
    write();
  }

  private void loadWith(String name, byte[] content) throws IOException {
    Files.write(folder.resolve(name), content);
    Mnist.load(folder);
  }

  private static byte[] images(int count, int rows, int columns) {
    int size = count * rows * columns;
    ByteBuffer buffer = ByteBuffer.allocate(16 + size);
    buffer.putInt(0x803).putInt(count).putInt(rows).putInt(columns);
    for (int i = 0; i < size; i++) {
      buffer.put((byte) (i % 251));
    }
    return buffer.array();
  }

  private static byte[] labels(int... labels) {
    ByteBuffer buffer = ByteBuffer.allocate(8 + labels.length);
    buffer.putInt(0x801).putInt(labels.length);
    for (int label : labels) {
      buffer.put((byte) label);
    }
    return buffer.array();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }
}
