package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PthTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"zip.pth", "legacy.pth"})
  void readsBothForms(String name) throws IOException {
    StateDict dict = Pth.read(Fixtures.resource(name));
    assertThat(dict.names())
        .containsExactly("dense", "transposed", "slice", "half", "count", "mask");
    assertThat(dict.get("dense").shape()).isEqualTo(Shape.of(3, 4));
    assertThat(dict.get("dense").floats()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    assertThat(dict.get("transposed").shape()).isEqualTo(Shape.of(4, 3));
    assertThat(dict.get("transposed").floats())
        .containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    assertThat(dict.get("slice").floats()).containsExactly(5, 6, 9, 10);
    assertThat(dict.get("half").floats()).containsExactly(0.5f, -2);
    assertThat(dict.get("count").shape()).isEqualTo(Shape.scalar());
    assertThat(dict.get("count").longs()).containsExactly(1L << 40);
    assertThat(dict.get("mask").booleans()).containsExactly(true, false, true);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hostile-zip.pth", "hostile-legacy.pth"})
  void executesNothing(String name) {
    assertThatThrownBy(() -> Pth.read(Fixtures.resource(name)))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("refused: the pickle asks for posix.system");
    assertThat(Path.of("/tmp/trimaran-was-executed")).doesNotExist();
  }

  /** Pickles as text; {@code <80>} is a byte in hexadecimal. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "cbuiltins<0a>eval<0a>X<04><00><00><00>1+1)<85>R. | refused: the pickle asks for builtins.eval",
        "<8c><05>posix<8c><06>system<93>. | refused: the pickle asks for posix.system",
        "cos<0a>system<0a>. | refused: the pickle asks for os.system",
        "ctorch<0a>FloatStorage<0a>)R. | calls something that is no function",
        "ccollections<0a>OrderedDict<0a>N R. | instruction 0x20 is not read",
        "ccollections<0a>OrderedDict<0a>NR. | without a tuple of arguments",
        "iposix<0a>system<0a>. | instruction 0x69 is not read",
        "K<01>. | no dictionary of tensors",
        "}K<01>K<02>s. | its entry '1' is no tensor",
        "}]K<02>s. | neither text nor an integer",
        ". | its stack is empty",
        "(. | its stack is empty",
        "t. | no mark",
        "h<05>. | nothing was remembered under 5",
        "X<ff><ff><ff><7f>abc. | a string of 2147483647 bytes",
        "<8d><ff><ff><ff><ff><ff><ff><ff><ff>. | a string of 18446744073709551615 bytes",
        "X<10><00><00><00>abc. | needs 16 bytes",
        "<8b><ff><ff><ff><7f>. | an integer of 2147483647 bytes",
        "K<01>Q. | no storage",
        "]K<01>b. | the state of something that is no dictionary",
        "}N | needs 1 bytes, 0 are left",
        "<80><09>. | pickle protocol 9",
      })
  void refusesWhatIsNoStateDictionary(String pickle, String message) throws IOException {
    Path file = zip(pickle);
    assertThatThrownBy(() -> Pth.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining(message);
  }

  @Test
  void boundsItsMemory() throws IOException {
    Path endless = zip("]".repeat(1_100_000) + ".");
    assertThatThrownBy(() -> Pth.read(endless))
        .hasMessageContaining("more than 1000000 instructions");
    // A list that holds itself, as a value: nothing may walk into it for ever.
    Path cyclic = zip("}X<01><00><00><00>a]q<00>h<00>as.");
    assertThatThrownBy(() -> Pth.read(cyclic)).hasMessageContaining("its entry 'a' is no tensor");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | K<03><85> | K<01><85> | 12 | ok",
        "10 | K<03><85> | K<01><85> | 12 | reaches beyond its storage of 12",
        "0 | K<03><85> | K<06><85> | 12 | reaches beyond its storage of 12",
        "0 | J<ff><ff><ff><7f><85> | K<00><85> | 12 | more than half of the heap",
        "0 | J<ff><ff><ff><ff><85> | K<01><85> | 12 | impossible shape",
        "0 | K<03><85> | J<ff><ff><ff><ff><85> | 12 | impossible stride",
        "0 | K<03><85> | ) | 12 | do not belong to its shape",
        "0 | K<03><85> | K<01><85> | 100 | needs 400 bytes, 48 are left",
      })
  void checksViewsAgainstTheirStorage(
      int offset, String sizes, String strides, int count, String message) throws IOException {
    String storage =
        "(U<07>storagectorch<0a>FloatStorage<0a>U<01>0U<03>cpuK"
            + String.format("<%02x>", count)
            + "tQ";
    String view =
        "ctorch._utils<0a>_rebuild_tensor_v2<0a>("
            + storage
            + String.format("K<%02x>", offset)
            + sizes
            + strides
            + "<89>}tR";
    Path file = zip("}U<01>w" + view + "s.");
    if (message.equals("ok")) {
      assertThat(Pth.read(file).get("w").shape()).isEqualTo(Shape.of(3));
    } else {
      assertThatThrownBy(() -> Pth.read(file))
          .isInstanceOf(WeightFormatException.class)
          .hasMessageContaining(message);
    }
  }

  /** A float tensor of that many elements of storage 0, with this stride. */
  private static String tensor(int elements, int stride) {
    return "ctorch._utils<0a>_rebuild_tensor_v2<0a>((U<07>storagectorch<0a>FloatStorage<0a>U<01>0"
        + "U<03>cpuK<0c>tQK<00>"
        + String.format("K<%02x><85>K<%02x><85>", elements, stride)
        + "<89>}tR";
  }

  /** A dictionary of these keys and values. */
  private static String dict(String... items) {
    StringBuilder text = new StringBuilder("}(");
    for (int i = 0; i < items.length; i += 2) {
      text.append(String.format("U<%02x>%s%s", items[i].length(), items[i], items[i + 1]));
    }
    return text + "u";
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model", "model_state_dict", "net", "anything"})
  void findsTheWeightsOfACheckpoint(String entry) throws IOException {
    String weights = dict("w", tensor(3, 1), "b", tensor(1, 1));
    // The optimiser's state is of tensors too, but by the numbers of its parameters.
    String state = "}K<00>" + dict("exp_avg", tensor(3, 1)) + "s";
    Path file =
        zip(dict("epoch", "K<07>", entry, weights, "optimizer", dict("state", state)) + ".");
    StateDict dict = Pth.read(file);
    assertThat(dict.names()).containsExactly("w", "b");
    assertThat(dict.metadata()).containsExactly(java.util.Map.entry(Pth.ENTRY, entry));
    assertThat(WeightFiles.read(file)).isEqualTo(dict);
  }

  @Test
  void asksWhichOfSeveralDictionariesIsMeant() throws IOException {
    Path file =
        zip(
            dict(
                    "netG", dict("w", tensor(3, 1)),
                    "netD", dict("v", tensor(2, 1)),
                    "ema", dict("model", dict("u", tensor(1, 1))))
                + ".");
    assertThatThrownBy(() -> Pth.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageEndingWith(
            "holds several dictionaries of tensors; choose one of netG, netD, ema.model");
    assertThat(Pth.read(file, "netD").names()).containsExactly("v");
    assertThat(WeightFiles.read(file, "ema.model").names()).containsExactly("u");
    assertThatThrownBy(() -> Pth.read(file, "netE"))
        .hasMessageContaining("has no dictionary of tensors 'netE'; choose one of netG");
  }

  @Test
  void leavesOutThePrefixOfWrappers() throws IOException {
    Path file = zip(dict("module.a.w", tensor(3, 1), "module.b", tensor(1, 1)) + ".");
    StateDict dict = Pth.read(file);
    assertThat(dict.names()).containsExactly("a.w", "b");
    assertThat(dict.metadata()).containsEntry(Pth.PREFIX, "module.");
    Path both = zip(dict("_orig_mod.module.w", tensor(3, 1)) + ".");
    assertThat(Pth.read(both).names()).containsExactly("w");
    assertThat(Pth.read(both).metadata()).containsEntry(Pth.PREFIX, "_orig_mod.module.");
    Path one = zip(dict("module.w", tensor(3, 1), "b", tensor(1, 1)) + ".");
    assertThat(Pth.read(one).names()).containsExactly("module.w", "b");
  }

  @Test
  void aStrideOfZeroRepeats() throws IOException {
    StateDict dict = Pth.read(zip(dict("w", tensor(200, 0)) + "."));
    assertThat(dict.get("w").shape()).isEqualTo(Shape.of(200));
    assertThat(dict.get("w").floats()).containsOnly(0);
  }

  /** A list of 70,000 items, remembered, and handed to 20,000 calls. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "U<01>aK<01><86> | ccollections<0a>OrderedDict<0a> | h<00><85>",
        "K<01> | ctorch._utils<0a>_rebuild_tensor_v2<0a>"
            + " | ((U<07>storagectorch<0a>FloatStorage<0a>U<01>0U<03>cpuK<0c>tQK<00>h<00>h<00>t"
      })
  void copiesNoListAgainAndAgain(String item, String function, String arguments)
      throws IOException {
    String call = "h<01>" + arguments + "R0";
    Path file =
        zip("]q<00>(" + item.repeat(70_000) + "e0" + function + "q<01>0" + call.repeat(20_000));
    assertThatThrownBy(() -> Pth.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("refused: the pickle copies its lists again and again");
  }

  /** The directory calls an entry by bytes that are no text: the JDK's own exception says so. */
  @Test
  void aZipWhoseDirectoryLiesIsOneLine() throws IOException {
    Path file = zip(dict("w", tensor(3, 1)) + ".");
    byte[] content = Files.readAllBytes(file);
    byte[] name = "archive/data/0".getBytes(StandardCharsets.US_ASCII);
    int at = content.length - 22 - name.length;
    while (!Arrays.equals(content, at, at + name.length, name, 0, name.length)) {
      at--;
    }
    content[at] = (byte) 0xff;
    Files.write(file, content);
    assertThatThrownBy(() -> Pth.read(file))
        .isInstanceOf(WeightFormatException.class)
        .hasMessageContaining("test.pth: ");
  }

  /** A PyTorch zip with this pickle and a storage of 12 floats. */
  private Path zip(String pickle) throws IOException {
    Path file = folder.resolve("test.pth");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      zip.putNextEntry(new ZipEntry("archive/data.pkl"));
      zip.write(bytes(pickle));
      zip.putNextEntry(new ZipEntry("archive/data/0"));
      zip.write(new byte[48]);
    }
    return file;
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] raw = text.getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '<') {
        out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
        i += 3;
      } else {
        out.write(raw[i]);
      }
    }
    return out.toByteArray();
  }
}
