package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeepCompressionTest {

  @TempDir Path folder;
  private Path net;

  @BeforeEach
  void findTheFile() {
    Optional<Path> found = TestData.find("squeezenet/compressed_SqueezeNet.net");
    assumeThat(found).isPresent();
    net = found.get();
  }

  @Test
  void decodesToTheWeightsOfTheSafetensorsFile() throws IOException {
    StateDict decoded = WeightFiles.read(net);
    StateDict expected = WeightFiles.read(net.resolveSibling("squeezenet1_0.safetensors"));
    assertThat(decoded.names()).containsExactlyElementsOf(expected.names());
    assertThat(decoded.arrays()).isEqualTo(expected.arrays());
    assertThat(decoded.elements()).isEqualTo(1_248_424);
    assertThat(expected.metadata()).containsAllEntriesOf(decoded.metadata());
  }

  @Test
  void refusesEntriesBeyondTheWeight() throws IOException {
    byte[] bytes = Files.readAllBytes(net);
    int firstCount = (bytes[0] & 0xff) | (bytes[1] & 0xff) << 8;
    int gaps = 4 * 26 + 4 * 256 + 4 * 96 + firstCount;
    Arrays.fill(bytes, gaps, gaps + firstCount / 2, (byte) 0xff);
    Path file = folder.resolve("gaps.net");
    Files.write(file, bytes);
    assertThatThrownBy(() -> DeepCompression.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("features.0 has entries beyond its weight of 14112");
  }

  /** Cut anywhere, it is one line that names the file. */
  @Test
  void refusesATruncatedFile() throws IOException {
    byte[] bytes = Files.readAllBytes(net);
    Path file = folder.resolve("cut.net");
    for (int length = 0; length < bytes.length; length += 13_001) {
      Files.write(file, Arrays.copyOf(bytes, length));
      assertThatThrownBy(() -> DeepCompression.read(file))
          .as("cut to %d bytes", length)
          .isInstanceOf(WeightFormatException.class)
          .hasMessageStartingWith(file.toString());
    }
  }
}
