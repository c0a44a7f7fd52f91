package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @TempDir Path folder;

  private static StateDict everyType() {
    Map<String, HostArray> arrays = new LinkedHashMap<>();
    arrays.put("mask", HostArray.of(new boolean[] {true, false, true}, Shape.of(3)));
    arrays.put(
        "f", HostArray.of(new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE}, Shape.of(2, 2)));
    arrays.put("empty", HostArray.of(new float[0], Shape.of(0, 7)));
    arrays.put("d", HostArray.of(new double[] {Math.PI}, Shape.scalar()));
    arrays.put("größe \"x\"", HostArray.of(new long[] {Long.MIN_VALUE, 7}, Shape.of(2)));
    return StateDict.of(arrays, Map.of("note", "line\nbreak"));
  }

  @Test
  void readsBackWhatItWrote() throws IOException {
    Path file = folder.resolve("all.safetensors");
    Safetensors.write(file, everyType());
    assertThat(Safetensors.read(file)).isEqualTo(everyType());
    assertThat(Safetensors.read(Files.readAllBytes(file), "bytes")).isEqualTo(everyType());
    Safetensors.write(file, StateDict.of(Map.of()));
    assertThat(Safetensors.read(file).names()).isEmpty();
  }

  @Test
  void writesTheBytesOfTheFormat() throws IOException {
    Path file = folder.resolve("one.safetensors");
    Safetensors.write(file, StateDict.of(Map.of("a", HostArray.of(new float[] {1}, Shape.of(1)))));
    String header = "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}";
    ByteBuffer expected =
        ByteBuffer.wrap(Fixtures.safetensors(header + " ".repeat(-header.length() & 7), 4));
    expected.order(ByteOrder.LITTLE_ENDIAN).putFloat(expected.capacity() - 4, 1);
    assertThat(Files.readAllBytes(file)).isEqualTo(expected.array());
  }

  @Test
  void alignsEveryTensorToItsElements() throws IOException {
    Path file = folder.resolve("all.safetensors");
    Safetensors.write(file, everyType());
    byte[] bytes = Files.readAllBytes(file);
    int length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt();
    JsonObject header = Json.parseObject(Arrays.copyOfRange(bytes, 8, 8 + length));
    assertThat((8 + length) % 8).isZero();
    for (String name : everyType().names()) {
      int width = everyType().get(name).dtype().bytes();
      assertThat(header.object(name).integers("data_offsets")[0] % width).as(name).isZero();
    }
  }

  @Test
  void widensTheSmallTypesExactly() throws IOException {
    String[] types = {"F16", "BF16", "I32", "I16", "I8", "U8"};
    int[] widths = {2, 2, 4, 2, 1, 1};
    StringBuilder header = new StringBuilder("{");
    int at = 0;
    for (int i = 0; i < types.length; i++) {
      header
          .append(i == 0 ? "" : ",")
          .append(
              "\""
                  + types[i]
                  + "\":{\"dtype\":\""
                  + types[i]
                  + "\",\"shape\":[1],\"data_offsets\":["
                  + at
                  + ","
                  + (at += widths[i])
                  + "]}");
    }
    byte[] file = Fixtures.safetensors(header + "}", at);
    ByteBuffer data = ByteBuffer.wrap(file, file.length - at, at).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort((short) 0xc100).putShort((short) 0x4049).putInt(-70000);
    data.putShort((short) -300).put((byte) -5).put((byte) 200);
    StateDict dict = Safetensors.read(file, "test");
    assertThat(dict.get("F16").floats()).containsExactly(-2.5f);
    assertThat(dict.get("BF16").floats()).containsExactly(3.140625f);
    assertThat(dict.get("I32").longs()).containsExactly(-70000);
    assertThat(dict.get("I16").longs()).containsExactly(-300);
    assertThat(dict.get("I8").longs()).containsExactly(-5);
    assertThat(dict.get("U8").longs()).containsExactly(200);
  }

  @Test
  void halfPrecisionIsWrittenOnRequest() throws IOException {
    Path file = folder.resolve("half.safetensors");
    Map<String, HostArray> arrays =
        Map.of(
            "w", HostArray.of(new float[] {0.1f, 65504f}, Shape.of(2)),
            "n", HostArray.of(new long[] {1}, Shape.of(1)));
    Safetensors.writeHalf(file, StateDict.of(arrays));
    StateDict read = Safetensors.read(file);
    assertThat(read.get("w").floats()).containsExactly(0.099975586f, 65504f);
    assertThat(read.get("n").longs()).containsExactly(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"a\":{}} | 4 | duplicate name",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | does not fill",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | a hole from 0",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 8 | take 4 bytes, the file has 8",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}} | 3 | take 4 bytes, the file has 3",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 8 | where another one lies",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}} | 4 | impossible shape",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2147483647,9],\"data_offsets\":[0,4]}} | 4 | more than 2^31 - 1",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,4]}} | 4 | bad data offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}} | 4 | bad data offsets",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1.0],\"data_offsets\":[0,4]}} | 4 | should be an integer",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}} | 4 | no \"data_offsets\"",
        "{\"__metadata__\":{\"a\":1}} | 0 | should be a string",
        "[] | 0 | should be an object",
      })
  void refusesDamagedHeaders(String header, int dataBytes, String message) {
    assertThatThrownBy(() -> Safetensors.read(Fixtures.safetensors(header, dataBytes), "the file"))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageStartingWith("the file: ")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource({"-1", "9223372036854775807", "100000000", "0", "57"})
  void refusesAbsurdHeaderLengthsBeforeAllocating(long length) {
    byte[] file = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN).putLong(length).array();
    assertThatThrownBy(() -> Safetensors.read(file, "the file"))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("no safetensors header of");
  }

  private static StateDict read(String header, int... data) throws IOException {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + text.length + data.length);
    file.order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).put(text);
    for (int value : data) {
      file.put((byte) value);
    }
    return Safetensors.read(file.array(), "test.safetensors");
  }

  @Test
  void whatHasNoCounterpartIsAnErrorOnlyWhenItIsAskedFor() throws IOException {
    StateDict dict =
        read(
            "{\"scale\":{\"dtype\":\"F8_E4M3\",\"shape\":[3],\"data_offsets\":[0,3]},"
                + "\"a\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[3,5]},"
                + "\"empty\":{\"dtype\":\"F4\",\"shape\":[0],\"data_offsets\":[5,5]}}",
            1,
            2,
            3,
            250,
            7);
    assertThat(dict.names()).containsExactly("a");
    assertThat(dict.get("a").longs()).containsExactly(250, 7);
    assertThatThrownBy(() -> dict.get("scale"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("state dictionary: entry 'scale' has type F8_E4M3, which is not read");
    assertThatThrownBy(
            () -> dict.requireMatch("Linear", Map.of("scale", Shape.of(3), "a", Shape.of(2))))
        .hasMessageContaining("1 missing: scale [3], has type F8_E4M3, which is not read");
    dict.requireMatch("Linear", Map.of("a", Shape.of(2)));
  }

  @Test
  void unsignedIntegersWidenAndUnknownFieldsArePassedOver() throws IOException {
    StateDict dict =
        read(
            "{\"a\":{\"dtype\":\"U16\",\"shape\":[2],\"data_offsets\":[0,4],\"checksum\":\"x\"},"
                + "\"b\":{\"dtype\":\"U32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            0xff,
            0xff,
            1,
            0,
            0xfe,
            0xff,
            0xff,
            0xff);
    assertThat(dict.get("a").longs()).containsExactly(65_535, 1);
    assertThat(dict.get("b").longs()).containsExactly(4_294_967_294L);
  }
}
