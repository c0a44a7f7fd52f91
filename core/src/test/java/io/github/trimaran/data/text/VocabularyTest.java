package io.github.trimaran.data.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Windows;
import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VocabularyTest {

  @Test
  void charactersInTheirOrder() {
    Vocabulary vocabulary = Vocabulary.ofCharacters("banana 😀é");
    assertThat(vocabulary.size()).isEqualTo(6); // space a b n é 😀
    HostArray numbers = vocabulary.encode("nab😀é ");
    assertThat(numbers).isEqualTo(HostArray.of(new long[] {3, 1, 2, 5, 4, 0}, Shape.of(6)));
    assertThat(vocabulary.decode(numbers)).isEqualTo("nab😀é ");
    assertThat(vocabulary.apply("a").get("input").longs()).containsExactly(1);
  }

  @Test
  void bytesKnowEveryText() {
    Vocabulary bytes = Vocabulary.ofBytes();
    assertThat(bytes.size()).isEqualTo(256);
    assertThat(bytes.encode("é!").longs()).containsExactly(0xC3, 0xA9, 0x21);
    assertThat(bytes.decode(bytes.encode("😀 é"))).isEqualTo("😀 é");
  }

  @Test
  void aMissingCharacterIsNamedWithItsPlace() {
    Vocabulary vocabulary = Vocabulary.ofCharacters("abc\n😀");
    assertThatThrownBy(() -> vocabulary.encode("ab\n😀aé"))
        .hasMessage(
            "vocabulary: character 'é' (U+00E9) in line 2, column 3 is none of the 5 that it has;"
                + " make it of all texts that will come, or of bytes");
    assertThatThrownBy(() -> vocabulary.decode(HostArray.of(new long[] {5}, Shape.of(1))))
        .hasMessage("vocabulary: 5 is not from 0 to 4");
    assertThatThrownBy(() -> Vocabulary.ofCharacters("")).hasMessageContaining("empty");
  }

  @Test
  void aMissingCharacterOfAFileIsNamedWithTheFile(@TempDir Path folder) throws IOException {
    Vocabulary vocabulary = Vocabulary.ofCharacters("abc\n😀");
    Path file = Files.writeString(folder.resolve("some.txt"), "ab\n😀aé");
    assertThatThrownBy(() -> vocabulary.encode(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ", line 2, column 3: character 'é' (U+00E9) is none of the 5 of the vocabulary;"
                + " make it of all texts that will come, or of bytes");
    Files.writeString(file, "b\n😀");
    assertThat(vocabulary.encode(file)).isEqualTo(vocabulary.encode("b\n😀"));
  }

  @Test
  void savedAndReadItIsTheSame() throws IOException {
    for (Vocabulary vocabulary :
        new Vocabulary[] {Vocabulary.ofBytes(), Vocabulary.ofCharacters("xyz 😀")}) {
      String json = Json.write(vocabulary.toJson());
      var read = (Vocabulary) PredictionProvider.allPreparations().read(Json.parseObject(json));
      assertThat(read.encode("xyz")).isEqualTo(vocabulary.encode("xyz"));
      assertThat(read.size()).isEqualTo(vocabulary.size());
    }
    for (String settings :
        new String[] {
          "{\"units\":\"words\",\"characters\":[1]}",
          "{\"units\":\"characters\",\"characters\":[2,1]}",
          "{\"units\":\"characters\",\"characters\":[-1]}",
          "{\"units\":\"characters\",\"characters\":[]}"
        }) {
      assertThatThrownBy(() -> Vocabulary.fromJson(Json.parseObject(settings)))
          .isInstanceOf(JsonException.class);
    }
  }

  @Test
  void windowsOfASeries() {
    HostArray series = HostArray.of(new long[] {10, 11, 12, 13, 14, 15, 16}, Shape.of(7));
    Windows shifted = Windows.shifted(series, 3);
    assertThat(shifted.size()).isEqualTo(4);
    Sample last = shifted.get(3);
    assertThat(last.input().longs()).containsExactly(13, 14, 15);
    assertThat(last.target().longs()).containsExactly(14, 15, 16);
    Windows apart = Windows.forecast(series, 3, 2).stride(2);
    assertThat(apart.size()).isEqualTo(2);
    assertThat(apart.get(1).input().longs()).containsExactly(12, 13, 14);
    assertThat(apart.get(1).target().longs()).containsExactly(15, 16);
    HostArray pairs = HostArray.of(new float[] {1, 2, 3, 4, 5, 6}, Shape.of(3, 2));
    assertThat(Windows.forecast(pairs, 1, 1).get(1).target())
        .isEqualTo(HostArray.of(new float[] {5, 6}, Shape.of(1, 2)));
    assertThatThrownBy(() -> Windows.shifted(series, 7))
        .hasMessage("windows: a series of 7 is shorter than one window and its target, 8");
  }

  @Test
  void filesAreReadInTheirEncoding(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("some.txt");
    Files.writeString(file, "\uFEFFone\ntwö", StandardCharsets.UTF_8);
    assertThat(TextFiles.read(file)).isEqualTo("one\ntwö");
    Files.writeString(file, "one\ntwö", StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> TextFiles.read(file))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ", line 2: is not text in UTF-8; say which encoding it is in, such as windows-1252");
    assertThat(TextFiles.read(file, StandardCharsets.ISO_8859_1)).isEqualTo("one\ntwö");
    Files.write(file, new byte[0]);
    assertThat(TextFiles.read(file)).isEmpty();
    // Ends within a character.
    Files.write(file, new byte[] {'a', (byte) 0xC3});
    assertThatThrownBy(() -> TextFiles.read(file)).hasMessageContaining("line 1: is not text");
  }

  @Test
  void shakespeareHas65Characters() throws IOException {
    String plays = TextFiles.read(RealData.require("text/tinyshakespeare.txt"));
    Vocabulary vocabulary = Vocabulary.ofCharacters(plays);
    assertThat(plays).hasSize(1_115_394);
    assertThat(vocabulary.size()).isEqualTo(65);
    assertThat(vocabulary.decode(vocabulary.encode(plays))).isEqualTo(plays);
  }
}
