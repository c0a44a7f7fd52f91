package io.github.trimaran.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.benchmarks.peers.OnnxFiles;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.weights.WeightFormatException;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.onnx.OnnxExport;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxCasesTest {

  private static final Pattern ALL = Pattern.compile("");

  @TempDir private Path folder;
  private Path sequences;

  /** A network of {@code [batch, length, 4]}. */
  @BeforeEach
  void write() throws IOException {
    sequences = folder.resolve("sequences.onnx");
    try (Backend<?> backend = Backends.get("cpu");
        Layer layer = new Linear(4, 3)) {
      layer.init(backend, DType.FLOAT32, Rng.seeded(29));
      OnnxExport.of(layer)
          .freeAxis("length", 1)
          .write(HostArray.zeros(Shape.of(1, 5, 4), DType.FLOAT32), sequences);
    }
  }

  @Test
  void aFreeBatchIsOneAndSixteen() throws IOException {
    List<Case> cases = OnnxCases.of(sequences, Map.of("length", 5), ALL);
    assertThat(cases).hasSize(8);
    assertThat(cases.get(0).id())
        .isEqualTo(
            "OnnxFile.outputs backend=cpu dtype=float32 extents=batch=1,length=5 model="
                + sequences.toAbsolutePath());
    assertThat(OnnxCases.of(sequences, Map.of("length", 5, "batch", 3), Pattern.compile("=cpu")))
        .singleElement()
        .satisfies(
            one ->
                assertThat(OnnxFiles.extents(one.parameters().get("extents")))
                    .isEqualTo(Map.of("batch", 3, "length", 5)));
  }

  @Test
  void errorsAreOneLine() throws IOException {
    assertThatThrownBy(() -> OnnxCases.of(sequences, Map.of(), ALL))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--model: %s has free axes; say how long they are: --extent 'length=N'", sequences);
    assertThatThrownBy(() -> OnnxCases.of(sequences, Map.of("height", 5), ALL))
        .isInstanceOf(InputException.class)
        .hasMessage("--extent: %s has no free axis 'height'; there are [batch, length]", sequences);
    assertThatThrownBy(() -> OnnxCases.of(sequences, Map.of("length", 0), ALL))
        .isInstanceOf(InputException.class)
        .hasMessage("--extent: length must be at least 1, is 0");
    assertThatThrownBy(() -> OnnxCases.of(folder, Map.of(), ALL))
        .isInstanceOf(InputException.class)
        .hasMessage("--model: %s is a folder", folder);
    Path text = Files.writeString(folder.resolve("text.onnx"), "no network");
    assertThatThrownBy(() -> OnnxCases.of(text, Map.of(), ALL))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageStartingWith(text + ": ")
        .hasMessageNotContaining("\n");
  }

  @Test
  void bothComputeTheSame() {
    Map<String, Integer> extents = Map.of("batch", 2, "length", 3);
    List<?> ours = (List<?>) OnnxFiles.of("cpu", DType.FLOAT32, sequences, extents).run();
    float[][] theirs =
        (float[][]) OnnxFiles.of(OnnxCases.PEER, DType.FLOAT32, sequences, extents).run();
    assertThat(((HostArray) ours.get(0)).floats()).containsExactly(theirs[0], within(1e-5f));
  }
}
