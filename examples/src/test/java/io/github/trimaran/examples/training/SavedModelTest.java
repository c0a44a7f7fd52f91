package io.github.trimaran.examples.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved models that lie about themselves: one line with the file and the field. */
class SavedModelTest {

  @TempDir Path folder;
  private SavedModel whole;

  @BeforeEach
  void readTheEmbeddedModel() throws IOException {
    whole = SavedModel.embedded();
  }

  private Path write(Map<String, HostArray> arrays, String from, String to) throws IOException {
    Map<String, String> notes =
        new LinkedHashMap<>(
            SavedModel.notes(whole.settings(), whole.normalization(), whole.trainedOn()));
    String before = notes.toString();
    notes.replaceAll((name, text) -> text.replace(from, to));
    assertThat(from.isEmpty() || !notes.toString().equals(before)).isTrue();
    Path file = folder.resolve("model.st");
    Safetensors.write(file, StateDict.of(arrays, notes));
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"filters\":32 | \"filters\":4294967296 | document.filters is too large: 4294967296",
        "\"filters\":32 | \"filters\":2147483647 | 2^31 - 1 elements",
        "\"depth\":2 | \"depth\":9223372036854775807 | document.depth is too large",
        "\"hidden\":100 | \"hidden\":101 | of another shape: fc1.weight expects [101",
        "\"filters\":32, | `` | document has no \"filters\"",
        "\"mean_shape\" | \"memean\" | document has no \"mean_shape\"",
        "\"mean_shape\":[1,1,1] | \"mean_shape\":[1,1,4294967297] | mean_shape[2] is too large",
        "\"mean_shape\":[1,1,1] | \"mean_shape\":[1,-1,1] | negative extent -1",
        "\"std\":[255.0] | \"std\":[0] | deviations must be over 0",
        "\"network\":\"basic\" | \"network\":\"nonsense\" | nonsense",
      })
  void notesThatLieAreOneLine(String from, String to, String message) throws IOException {
    Path file = write(whole.weights().arrays(), from, to);
    assertThatThrownBy(() -> SavedModel.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void weightsThatAreNoNumbersAreRefused(float value) throws IOException {
    Map<String, HostArray> arrays = new LinkedHashMap<>(whole.weights().arrays());
    HostArray bias = arrays.get("fc2.bias");
    float[] values = bias.floats().clone();
    values[3] = value;
    arrays.put("fc2.bias", HostArray.of(values, Shape.of(values.length)));
    Path file = write(arrays, "", "");
    assertThatThrownBy(() -> SavedModel.read(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fc2.bias holds " + (double) value);
  }

  @Test
  void namesAreShownWithoutEscapes() throws IOException {
    Path file =
        write(whole.weights().arrays(), "[\"0\"", "[\"\\u001b[2J\\u001b]0;owned\\u0007zero\\nx\"");
    assertThat(SavedModel.read(file).settings().classNames().get(0)).isEqualTo("zero x");
  }
}
