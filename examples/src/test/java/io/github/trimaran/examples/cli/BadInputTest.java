package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be done is one line, exit code 2, and leaves nothing behind. */
class BadInputTest {

  private static final String TRAIN = "train mnist --data real --data-dir @ --out @/a/b/out ";
  private static final String SMALL = " --num-training 20 --num-validation 0 --num-test 10";

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Program.writeDigits(folder.resolve("mnist"));
    Files.writeString(folder.resolve("file"), "neither picture nor model");
    Pictures.writePng(folder.resolve("picture.png"), DrawnPictures.landscape());
  }

  /** {@code @} is the folder with data; {@code #} begins options that make the training small. */
  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          there is no command 'swim'; see trimaran --help | swim
          Missing required subcommand; see trimaran data --help | data
          Missing required parameter: 'ID' | exercise
          Missing required options: '--content | style-transfer
          Unknown option: '--bogus' | exercise 30a --bogus
          did you mean --epochs | exercise 30a --epoch 3
          no exercise '31'; there are 29a, | exercise 31
          no exercise '99' | exercise 30a 99
          no exercise '99' | compare 99
          there is no set 'foo' | train foo
          there is no set 'foo' | data get foo
          --data-dir: @/file is a file | data get mnist --data-dir @/file
          there is no command 'foo' | data foo
          --backend: there is no backend 'cuda'; choose one of cpu | exercise 30a --backend cuda
          --check-against: there is no backend 'x' | exercise 30a --check-against x
          has no device 'gpu' | exercise 30a --device gpu
          --threads: must be at least 1, is 0 | exercise 30a --threads 0 --out @/a/b
          --threads: must be at least 1, is -3 | backends --threads -3
          Invalid value for option '--seed' | exercise 30a --seed pi
          expected float32 or float64, got 'float16' | exercise 30a --dtype float16
          expected full or mixed, got 'half' | exercise 30a --precision half
          expected auto, embedded or real, got 'fake' | exercise 29a --data fake
          @/file is a file, not a folder | exercise 30a --out @/file
          @/file is a file, not a folder | exercise 30a --out @/file/sub
          there is no folder @/absent | exercise 29a --data-dir @/absent --out @/a/b
          no file @/absent | evaluate --model @/absent
          no file @/absent | predict --model @/absent @/picture.png
          no safetensors header | evaluate --model @/file --data-dir @
          no safetensors header | predict --model @/file @/picture.png
          --host: 192.0.2.1 is no address of this machine | serve --host 192.0.2.1 --out @/a/b
          --host: is empty | serve --host= --out @/a/b
          --host: there is no host no.invalid | serve --host no.invalid --out @/a/b
          """)
  void isOneLine(String message, String commandLine) throws IOException {
    assertRefused(message, commandLine);
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --epochs: must be at least 1, is 0 | --epochs 0
          --batch-size: must be at least 1, is 0 | --batch-size 0
          --num-test: must be at least 1, is 0 | --num-test 0
          --num-validation: must be at least 0, is -1 | --num-validation -1
          --learning-rate: must be over 0, is -1.0 | --learning-rate -1
          --reg: must be at least 0 | --reg -1
          --filters: must be at least 1, is 0 | --filters 0
          --weight-scale: must be over 0 | --weight-scale 0
          41 training images asked for | --num-training 41 --num-validation 0 --num-test 10
          after training 1 are left | --num-training 39 --num-validation 2 --num-test 10
          21 test images asked for | --num-training 20 --num-validation 0 --num-test 21
          filter size 29 is larger than the image, 28 x 28 | # --filter-size 29
          more than 2^31 - 1 elements | # --hidden 2000000000
          --network: there is no 'deep'; choose one of | # --network deep
          --optimizer: there is no 'best'; choose one of adadelta, | # --optimizer best
          --schedule: there is no 'x'; choose one of constant, | # --schedule x
          --augment: there is no 'x'; choose one of | # --augment x
          --resume: no file @/absent | # --resume @/absent
          no safetensors header | # --resume @/file
          --save: @/mnist is a folder | # --save @/mnist
          --save: @/file is a file, not a folder | # --save @/file/model
          --save: names one file | # --save @/model --backend all
          """)
  void impossibleSettingsAreOneLine(String message, String options) throws IOException {
    assertRefused(message, TRAIN + options.replace("#", SMALL));
    if (!options.contains("--backend")) {
      assertRefused(message, TRAIN.replace("train mnist", "exercise 29a") + forOne(options));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--network", "--optimizer", "--schedule", "--augment"})
  void whatMayBeChosenIsWhatTheHelpLists(String option) {
    String refused = Program.run(folder, TRAIN + SMALL + " " + option + " x").err().strip();
    String choices = refused.split("choose one of ")[1];
    String help = Program.run("train", "--help").out().replaceAll("\\s+", " ");
    String listed = help.split(" " + option + "=NAME ")[1].split("\\.")[0].replaceFirst(".*: ", "");
    assertThat(listed.split(", | or ")).containsExactlyInAnyOrder(choices.split(", "));
  }

  /** Any length makes exercise 29a one run of that length. */
  private static String forOne(String options) {
    String given = options.replace("#", SMALL);
    return given.contains("--num-training")
        ? given
        : "--num-training 20 " + given; // the other numbers are checked before the data
  }

  @Test
  void damagedDataIsOneLine() throws IOException {
    byte[] images = Program.images(40);
    byte[] labels = Program.labels(40);
    byte[] packed = Program.gzip(images);
    Path data = folder.resolve("mnist");
    Path trainImages = data.resolve("train-images-idx3-ubyte.gz");

    damaged("truncated", trainImages, Arrays.copyOf(images, images.length - 1));
    damaged("truncated", trainImages, Arrays.copyOf(packed, packed.length / 2));
    damaged("trailing data", trainImages, Arrays.copyOf(images, images.length + 1));
    damaged("starts with 0x00000801, not 0x00000803", trainImages, labels);
    byte[] bent = packed.clone();
    bent[packed.length / 2] ^= 0x55;
    damaged("train-images-idx3-ubyte.gz: ", trainImages, bent);
    Files.write(trainImages, packed);

    damaged(
        "39 labels do not go with the 40 images",
        data.resolve("train-labels-idx1-ubyte.gz"),
        Program.labels(39));
  }

  private void damaged(String message, Path file, byte[] content) throws IOException {
    Files.write(file, content);
    assertRefused(message, TRAIN);
    assertRefused(message, "exercise 29a --data-dir @ --out @/a/b");
  }

  @Test
  void modelsAndPicturesThatAreNoneAreOneLine() throws IOException {
    assertThat(
            Program.run(folder, TRAIN + SMALL + " --epochs 1 --network linear --save @/m")
                .exitCode())
        .isZero();
    assertRefused("no picture", "predict --model @/m @/picture.png @/file");
    assertRefused("no such file", "predict --model @/m @/absent.png");
    assertRefused("not a file", "predict --model @/m @/mnist");
    assertRefused("--num-test: must be at least 1", "evaluate --model @/m --num-test 0");
    assertRefused("has 20 here", "evaluate --model @/m --num-test 21 --data-dir @ --out @/x");
    byte[] whole = Files.readAllBytes(folder.resolve("m"));
    Files.write(folder.resolve("cut"), Arrays.copyOf(whole, whole.length - 1));
    assertRefused("cut: the tensors take", "predict --model @/cut @/picture.png");
    StateDict other = StateDict.of(Map.of("w", HostArray.of(new float[] {1}, Shape.of(1))));
    Safetensors.write(folder.resolve("other"), other);
    assertRefused("other: ", "evaluate --model @/other --data-dir @ --out @/x");
    assertRefused("does not fit", TRAIN + SMALL + " --network mlp --resume @/m");
  }

  @Test
  void aStackTraceComesWithVerboseOnly() {
    Program program = Program.run(folder, TRAIN + SMALL + " --resume @/file --verbose");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("no safetensors header", "\tat io.github.trimaran");
  }

  @Test
  void aRunThatFailsIsOneLineAndExitCode1() throws IOException {
    List<String> before = contents();
    Program program = Program.run(folder, TRAIN + SMALL + " --learning-rate 1e30");
    assertThat(program.exitCode()).as(program.err()).isEqualTo(1);
    assertThat(program.err().strip()).contains("the loss is NaN").hasLineCount(1);
    assertThat(contents()).isEqualTo(before);
  }

  /** Weights that are finite and give scores that are not. */
  @Test
  void scoresThatAreNotNumbersAreNoAnswer() throws IOException {
    StateDict good = SavedModel.embedded().exported();
    Map<String, HostArray> huge = new LinkedHashMap<>();
    good.arrays()
        .forEach(
            (name, array) -> {
              float[] values = array.to(DType.FLOAT32).floats().clone();
              for (int i = 0; i < values.length; i++) {
                values[i] *= 1e30f;
              }
              huge.put(name, HostArray.of(values, array.shape()));
            });
    Safetensors.write(folder.resolve("huge"), StateDict.of(huge, good.metadata()));
    BufferedImage one = new BufferedImage(60, 60, BufferedImage.TYPE_INT_RGB);
    one.createGraphics().fillRect(25, 10, 5, 40);
    Pictures.writePng(folder.resolve("one.png"), one);
    assertRefused(
        "@/huge: its scores are not numbers", "predict --model @/huge @/one.png @/one.png");
  }

  private void assertRefused(String message, String commandLine) throws IOException {
    List<String> before = contents();
    Program program = Program.run(folder, commandLine);
    assertThat(program.exitCode()).as(program.err()).isEqualTo(2);
    assertThat(program.err().strip())
        .startsWith("trimaran: ")
        .contains(message.replace("@", folder.toString()))
        .hasLineCount(1);
    assertThat(contents()).isEqualTo(before);
    assertThat(Path.of("out")).doesNotExist();
  }

  /** The names of everything in the folder. */
  private List<String> contents() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).sorted().toList();
    }
  }
}
