package io.github.trimaran.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFiles;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CaffeModelTest {

  @TempDir Path folder;

  @Test
  void readsTheNewForm() throws IOException {
    StateDict dict = WeightFiles.read(write(newForm()));
    assertThat(dict.names()).containsExactly("conv1.weight", "conv1.bias", "scale.weight");
    assertThat(dict.get("conv1.weight"))
        .isEqualTo(HostArray.of(new float[] {1, 2, 3, 4}, Shape.of(2, 1, 1, 2)));
    assertThat(dict.get("conv1.bias")).isEqualTo(HostArray.of(new float[] {5, 6}, Shape.of(2)));
    assertThat(dict.get("scale.weight")).isEqualTo(HostArray.of(new double[] {0.5}, Shape.of(1)));
    assertThat(dict.metadata()).containsEntry("channel_order", "BGR");
  }

  @Test
  void readsTheOldForm() throws IOException {
    StateDict dict = WeightFiles.read(write(oldForm()));
    assertThat(dict.get("fc.weight").shape()).isEqualTo(Shape.of(1, 1, 2, 2));
    assertThat(dict.get("fc.bias")).isEqualTo(HostArray.of(new float[] {5, 6}, Shape.of(2)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void everyTruncationAndDamageIsReadOrRefused(boolean old) throws IOException {
    byte[] whole = old ? oldForm() : newForm();
    for (int length = 0; length < whole.length; length++) {
      readOrRefuse(Arrays.copyOf(whole, length));
    }
    Rng rng = Rng.seeded(3);
    for (int round = 0; round < 3000; round++) {
      byte[] damaged = whole.clone();
      for (int flips = rng.nextInt(3); flips >= 0; flips--) {
        damaged[rng.nextInt(damaged.length)] = (byte) rng.nextInt(256);
      }
      readOrRefuse(damaged);
    }
  }

  @Test
  void refusesLengthsBeyondTheFile() throws IOException {
    byte[] bytes = concat(bytes(1, "net"), message(100, new byte[] {0x3a, -1, -1, -1, -1, 7}));
    assertThatThrownBy(() -> WeightFiles.read(write(bytes)))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("longer than what contains it");
  }

  @Test
  void refusesShapesThatDoNotFit() throws IOException {
    byte[] blob = concat(message(7, packedDims(3)), message(5, packedFloats(1, 2)));
    byte[] net = concat(bytes(1, "net"), message(100, concat(bytes(1, "a"), message(7, blob))));
    assertThatThrownBy(() -> WeightFiles.read(write(net)))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("a blob of shape [3] has 2 values");
  }

  /** Each float in a packed field of its own: copying all before it each time took minutes. */
  @Test
  void manySmallFieldsAreReadInLinearTime() throws IOException {
    int count = 1_000_000;
    byte[] one = message(5, packedFloats(2.5f));
    byte[] fields = new byte[count * one.length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(one, 0, fields, i * one.length, one.length);
    }
    byte[] blob = concat(message(7, packedDims(count)), fields);
    byte[] net = message(100, concat(bytes(1, "fc"), message(7, blob)));
    Path file = write(concat(bytes(1, "Net"), net));
    long before = System.nanoTime();
    float[] values = new CaffeModel().read(file).get("fc.weight").floats();
    assertThat(values).hasSize(count).containsOnly(2.5f);
    // 2,000 GB of copies before the mend; a busy machine is given time.
    assertThat(System.nanoTime() - before).isLessThan(60_000_000_000L);
  }

  private void readOrRefuse(byte[] content) throws IOException {
    Path file = write(content);
    try {
      new CaffeModel().read(file);
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith(file.toString()).hasLineCount(1);
    }
  }

  private Path write(byte[] content) throws IOException {
    return Files.write(folder.resolve("net"), content);
  }

  static byte[] newForm() {
    byte[] weight =
        concat(message(7, packedDims(2, 1, 1, 2)), message(5, packedFloats(1, 2, 3, 4)));
    byte[] bias = concat(message(7, packedDims(2)), message(5, packedFloats(5, 6)));
    byte[] conv =
        concat(bytes(1, "conv1"), bytes(2, "Convolution"), message(7, weight), message(7, bias));
    byte[] half = written(out -> out.writeDoubleNoTag(0.5));
    byte[] scale =
        concat(bytes(1, "scale"), message(7, concat(message(7, packedDims(1)), message(8, half))));
    return concat(bytes(1, "Net"), message(100, conv), message(100, scale));
  }

  static byte[] oldForm() {
    byte[] weight = concat(legacyDims(1, 1, 2, 2), message(5, packedFloats(1, 2, 3, 4)));
    byte[] bias = concat(legacyDims(1, 1, 1, 2), message(5, packedFloats(5, 6)));
    byte[] layer =
        concat(
            bytes(2, "data"),
            bytes(4, "fc"),
            written(o -> o.writeEnum(5, 14)),
            message(6, weight),
            message(6, bias));
    return concat(bytes(1, "Net"), message(2, layer));
  }

  @FunctionalInterface
  private interface Writing {
    void to(CodedOutputStream out) throws IOException;
  }

  private static byte[] written(Writing writing) {
    ByteString.Output bytes = ByteString.newOutput();
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      writing.to(out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteString().toByteArray();
  }

  private static byte[] concat(byte[]... parts) {
    return written(
        out -> {
          for (byte[] part : parts) {
            out.writeRawBytes(part);
          }
        });
  }

  private static byte[] message(int field, byte[] content) {
    return written(out -> out.writeByteArray(field, content));
  }

  private static byte[] bytes(int field, String text) {
    return written(out -> out.writeString(field, text));
  }

  private static byte[] packedDims(long... extents) {
    byte[] packed =
        written(
            out -> {
              for (long extent : extents) {
                out.writeInt64NoTag(extent);
              }
            });
    return message(1, packed);
  }

  private static byte[] legacyDims(int... extents) {
    return written(
        out -> {
          for (int i = 0; i < 4; i++) {
            out.writeInt32(i + 1, extents[i]);
          }
        });
  }

  private static byte[] packedFloats(float... values) {
    return written(
        out -> {
          for (float value : values) {
            out.writeFloatNoTag(value);
          }
        });
  }
}
