package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class WeightFilesTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "c.npy, array",
    "stored.npz, weight",
    "zip.pth, dense",
    "legacy.pth, dense",
    "weights.safetensors, dense"
  })
  void tellsTheFormatFromTheContent(String name, String entry) throws IOException {
    Path file = folder.resolve("name-without-extension");
    Files.write(file, content(name));
    assertThat(WeightFiles.read(file).contains(entry)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the file is empty",
        "Hello, this is some text | no file of weights of a known format (safetensors,",
        "PK\3\4 garbage | truncated or damaged zip",
      })
  void saysWhatAFileIsNot(String content, String message) throws IOException {
    Path file = folder.resolve("weights");
    Files.writeString(file, content);
    assertThatThrownBy(() -> WeightFiles.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @Test
  void saysWhenThereIsNoFile() {
    assertThatThrownBy(() -> WeightFiles.read(folder.resolve("absent")))
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith("absent: no such file");
    assertThatThrownBy(() -> WeightFiles.read(folder)).hasMessageEndingWith(": not a file");
  }

  static Stream<String> formats() {
    return Stream.of(
        "c.npy",
        "fortran.npy",
        "stored.npz",
        "deflated.npz",
        "zip.pth",
        "legacy.pth",
        "hostile-legacy.pth",
        "weights.safetensors");
  }

  @ParameterizedTest
  @MethodSource("formats")
  void everyTruncationIsOneClearError(String name) throws IOException {
    byte[] whole = content(name);
    for (int length = 0; length < whole.length; length++) {
      Path file = folder.resolve("truncated");
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> WeightFiles.read(file))
          .as("%s cut to %d bytes", name, length)
          .isInstanceOf(WeightFormatException.class)
          .hasMessageStartingWith(file + "");
    }
  }

  @ParameterizedTest
  @MethodSource("formats")
  void damageIsReadOrRefusedButNeverBreaksAnything(String name) throws IOException {
    byte[] whole = content(name);
    Rng rng = Rng.seeded(1).fork(name);
    for (int round = 0; round < 400; round++) {
      byte[] damaged = whole.clone();
      for (int flips = rng.nextInt(4); flips >= 0; flips--) {
        damaged[rng.nextInt(damaged.length)] = (byte) rng.nextInt(256);
      }
      readOrRefuse(damaged, name + " round " + round);
    }
  }

  private void readOrRefuse(byte[] content, String what) throws IOException {
    Path file = folder.resolve("damaged");
    Files.write(file, content);
    try {
      WeightFiles.read(file);
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).as(what).hasLineCount(1);
    }
  }

  /** The content of a fixture; the safetensors one is made here. */
  private byte[] content(String name) throws IOException {
    if (!name.equals("weights.safetensors")) {
      return Files.readAllBytes(Fixtures.resource(name));
    }
    Path file = folder.resolve(name);
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put("dense", HostArray.of(new float[] {1, 2, 3}, Shape.of(3)));
    arrays.put("mask", HostArray.of(new boolean[] {true}, Shape.of(1)));
    Safetensors.write(file, StateDict.of(arrays, Map.of("k", "v")));
    return Files.readAllBytes(file);
  }
}
