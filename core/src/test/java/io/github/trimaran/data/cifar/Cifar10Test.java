package io.github.trimaran.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.TrainTest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("one-jdk")
class Cifar10Test {

  private static final String NAMES =
      "airplane\nautomobile\nbird\ncat\ndeer\ndog\nfrog\nhorse\nship\ntruck\n\n";

  @TempDir static Path data;
  private static Path folder;

  /** In batch b, image i has label i % 10 and pixels b + p % 100. */
  @BeforeAll
  static void write() throws IOException {
    folder = Files.createDirectory(data.resolve("cifar-10-batches-bin"));
    for (int b = 1; b <= 5; b++) {
      Files.write(folder.resolve("data_batch_" + b + ".bin"), batch(b));
    }
    Files.write(folder.resolve("test_batch.bin"), batch(6));
    Files.writeString(folder.resolve("batches.meta.txt"), NAMES);
  }

  @Test
  void readsBatchesInOrder() throws IOException {
    assertThat(Cifar10.isIn(data)).isTrue();
    TrainTest set = Cifar10.load(data);
    assertThat(set.train().size()).isEqualTo(50_000);
    assertThat(set.test().size()).isEqualTo(10_000);
    assertThat(set.train().imageShape()).isEqualTo(Shape.of(3, 32, 32));
    assertThat(set.train().classNames()).startsWith("airplane", "automobile").endsWith("truck");
    assertThat(set.train().label(20_003)).isEqualTo(3);
    // Image 20,003 is in batch 3; its green plane begins at pixel 1024.
    assertThat(set.train().image(20_003).floats()[1024]).isEqualTo(3 + 24);
    assertThat(set.test().image(9_999).floats()[3071]).isEqualTo(6 + 71);
    assertThat(set.source().name()).isEqualTo("other files in CIFAR-10's format");
    assertThat(set.source().files()).hasSize(6).containsKey("test_batch.bin");
  }

  @Test
  void readsTheFolderItself() throws IOException {
    assertThat(Cifar10.load(folder).train().size()).isEqualTo(50_000);
  }

  @Test
  void theNamesOfTheClassesNeedNotBeThere() throws IOException {
    Path file = folder.resolve("batches.meta.txt");
    Path aside = Files.move(file, data.resolve("aside.txt"));
    assertThat(Cifar10.isIn(data)).isTrue();
    assertThat(Cifar10.load(data).train().classNames()).containsExactly(NAMES.strip().split("\n"));
    Files.move(aside, file);
  }

  @Test
  void readsThePythonVersion(@TempDir Path other) throws IOException {
    Path batches = Files.createDirectory(other.resolve("cifar-10-batches-py"));
    for (int b = 1; b <= 5; b++) {
      Files.write(batches.resolve("data_batch_" + b), pickled(batch(b)));
    }
    Files.write(batches.resolve("test_batch"), pickled(batch(6)));
    assertThat(Cifar10.isIn(other)).isTrue();
    assertThat(Cifar10.isIn(batches)).isTrue();
    TrainTest set = Cifar10.load(other);
    TrainTest binary = Cifar10.load(data);
    assertThat(set.train().size()).isEqualTo(50_000);
    assertThat(set.train().label(20_003)).isEqualTo(3);
    assertThat(set.train().image(20_003)).isEqualTo(binary.train().image(20_003));
    assertThat(set.test().image(9_999)).isEqualTo(binary.test().image(9_999));
    assertThat(set.source().files()).isEqualTo(binary.source().files());
    Files.write(batches.resolve("data_batch_2"), new byte[] {(byte) 0x80, 2, '}', '.'});
    assertThatThrownBy(() -> Cifar10.load(other))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("data_batch_2: has no data [10000, 3072] with their labels");
    Files.delete(batches.resolve("data_batch_4"));
    assertThat(Cifar10.isIn(other)).isFalse();
  }

  /** As Python 2 pickles a dictionary of a NumPy array and a list, protocol 2. */
  private static byte[] pickled(byte[] records) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    write(out, "\u0080\2}(U\4datacnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\n");
    write(out, "K\0\u0085U\1b\u0087R(K\1M\20\47M\0\14\u0086cnumpy\ndtype\nU\2u1K\0K\1\u0087R");
    write(out, "(K\3U\1|NNNJ\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\0tb\u0089T");
    int images = records.length / 3073;
    int size = images * 3072;
    out.write(
        new byte[] {(byte) size, (byte) (size >> 8), (byte) (size >> 16), (byte) (size >> 24)});
    for (int i = 0; i < images; i++) {
      out.write(records, i * 3073 + 1, 3072);
    }
    write(out, "tbU\6labels](");
    for (int i = 0; i < images; i++) {
      out.write('K');
      out.write(records[i * 3073]);
    }
    write(out, "eu.");
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, String bytes) throws IOException {
    out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void namesWhatIsMissing() throws IOException {
    Path file = folder.resolve("data_batch_3.bin");
    Path aside = Files.move(file, data.resolve("aside"));
    assertThat(Cifar10.isIn(data)).isFalse();
    assertThatThrownBy(() -> Cifar10.load(data))
        .isInstanceOf(DataException.class)
        .hasMessage(
            folder + ": data_batch_3.bin missing; docs/get-cifar10.md tells how to get CIFAR-10");
    Files.move(aside, file);
    Path nowhere = data.resolve("nowhere");
    assertThatThrownBy(() -> Cifar10.load(nowhere))
        .hasMessage(
            nowhere.resolve("cifar-10-batches-bin")
                + ": not there; docs/get-cifar10.md tells how to get CIFAR-10");
  }

  @Test
  void refusesBatchesThatAreTooShortOrTooLong() throws IOException {
    refused(
        "data_batch_1.bin",
        Arrays.copyOf(batch(1), 30_729_999),
        ": truncated: 30729999 bytes, a batch of 10,000 images has 30730000; get it again");
    refused(
        "data_batch_1.bin",
        Arrays.copyOf(batch(1), 30_730_001),
        ": too long: 30730001 bytes, a batch of 10,000 images has 30730000; get it again");
  }

  @Test
  void refusesLabelsOver9() throws IOException {
    byte[] batch = batch(1);
    batch[7 * 3073] = 10;
    refused("data_batch_1.bin", batch, ": label 10 of image 7 is over 9; get the file again");
  }

  @Test
  void refusesAnotherNumberOfNames() throws IOException {
    refused(
        "batches.meta.txt",
        "cat\n\ndog\n".getBytes(StandardCharsets.UTF_8),
        ": has 2 class names, CIFAR-10 has 10; get it again");
  }

  @Test
  void editionsAreToldApart() {
    List<String> original =
        List.of(
            "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
            "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
            "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
            "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
            "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
            "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b");
    assertThat(Edition.titleOf(original, "")).isEqualTo("CIFAR-10");
    assertThat(Edition.titleOf(original.subList(0, 5), ""))
        .isEqualTo("other files in CIFAR-10's format");
    String archive = "3e27bc9a4c4e0b89c75d7eaa589954ca5fb3915e247e1db62bc418d5ea46f1e0";
    String sums = "# from an archive with SHA-256 " + archive + "\naa  data_batch_1.bin\n";
    assertThat(Edition.titleOf(List.of("aa"), sums)).isEqualTo("CIFAR-10 (JPEG-recompressed)");
    assertThat(Edition.titleOf(List.of("bb"), sums)).isEqualTo("other files in CIFAR-10's format");
  }

  @Test
  void knowsTheRealSet() throws IOException {
    TrainTest set = Cifar10.load(RealData.require("cifar-10-batches-bin").getParent());
    assertThat(set.source().name()).isIn("CIFAR-10", "CIFAR-10 (JPEG-recompressed)");
    int[] counts = new int[10];
    Arrays.stream(set.train().labels()).forEach(label -> counts[label]++);
    assertThat(counts).containsOnly(5000);
  }

  private static void refused(String name, byte[] content, String message) throws IOException {
    Path file = folder.resolve(name);
    byte[] sound = Files.readAllBytes(file);
    Files.write(file, content);
    assertThatThrownBy(() -> Cifar10.load(data))
        .isInstanceOf(DataException.class)
        .hasMessage(file + message);
    Files.write(file, sound);
  }

  private static byte[] batch(int number) {
    byte[] batch = new byte[10_000 * 3073];
    for (int i = 0; i < 10_000; i++) {
      batch[i * 3073] = (byte) (i % 10);
      for (int p = 0; p < 3072; p++) {
        batch[i * 3073 + 1 + p] = (byte) (number + p % 100);
      }
    }
    return batch;
  }
}
