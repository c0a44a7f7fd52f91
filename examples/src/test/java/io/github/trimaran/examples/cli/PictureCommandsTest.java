package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pictures;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that make pictures, with random weights in a data folder of their own. */
class PictureCommandsTest {

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path picture;
  private Path weights;

  @BeforeEach
  void prepare() throws IOException {
    picture = folder.resolve("picture.png");
    Pictures.writePng(picture, DrawnPictures.landscape());
    weights = folder.resolve("squeezenet/squeezenet-test.safetensors");
    try (SqueezeNet net = new SqueezeNet(SqueezeNet.Version.V1_0, 3)) {
      net.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
      Safetensors.write(weights, net.stateDict());
    }
    Files.writeString(weights.resolveSibling("imagenet_classes.txt"), "cat\ndog, hound\nship\n");
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    if (!all.contains("--data-dir")) {
      all.addAll(List.of("--data-dir", folder.toString()));
    }
    all.addAll(List.of("--out", folder.resolve("out").toString()));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
  }

  @Test
  void styleTransferWritesPicturesAndResult() {
    assertThat(
            run(
                "style-transfer",
                "--content",
                picture.toString(),
                "--style",
                picture.toString(),
                "--size",
                "64",
                "--iterations",
                "4",
                "--picture-every",
                "2",
                "--style-layers",
                "features.1,features.3=2.5",
                "--optimizer",
                "adam"))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**/result.png")
        .isDirectoryContaining("glob:**/content.png")
        .isDirectoryContaining("glob:**/style.png")
        .isDirectoryContaining("glob:**/step-0004.png")
        .isDirectoryContaining("glob:**/progress.gif");
    assertThat(folder.resolve("out/result.json"))
        .content()
        .contains("\"loss_first\"", "\"loss_last\"", "\"features.3\" : 2.5", "sha256:");
  }

  @Test
  void classVisualizationTakesNamesAndNumbers() {
    assertThat(
            run(
                "class-visualization",
                "--class",
                "hound,2",
                "--iterations",
                "2",
                "--size",
                "48",
                "--no-clip"))
        .as(err.toString())
        .isZero();
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**/class-dog.png")
        .isDirectoryContaining("glob:**/class-ship.png")
        .isDirectoryContaining("glob:**/class-sheet.png");
    assertThat(folder.resolve("out/result.json")).content().contains("\"clip\" : false");
  }

  @Test
  void saliencyTakesSeveralPictures() {
    assertThat(run("saliency", picture.toString(), "--size", "64")).as(err.toString()).isZero();
    assertThat(folder.resolve("out/saliency-picture.png")).exists();
  }

  @Test
  void saliencyReportsTheSizeItChose() {
    assertThat(run("saliency", picture.toString())).as(err.toString()).isZero();
    assertThat(folder.resolve("out/result.json")).content().contains("\"size\" : 227");
  }

  @Test
  void exercise30bNeedsNoData() {
    assertThat(run("exercise", "30b")).as(err.toString()).isZero();
    assertThat(folder.resolve("out/result.json"))
        .content()
        .contains("\"max_abs_error_vs_formula\"", "\"max_rel_error_vs_finite_differences\"");
  }

  @Test
  void badInputIsOneLineAndExitCode2() throws IOException {
    Path text = Files.writeString(folder.resolve("text.jpg"), "no picture");
    assertOneLine("no picture", run("saliency", text.toString()));
    assertOneLine("no such file", run("saliency", folder.resolve("absent.png").toString()));
    assertOneLine("no class is called", run("class-visualization", "--class", "unicorn"));
    assertOneLine(
        "the size must be at least 32",
        run(
            "style-transfer",
            "--content",
            picture.toString(),
            "--style",
            picture.toString(),
            "--size",
            "3"));
    assertOneLine(
        "no feature map 'conv1'",
        run(
            "style-transfer",
            "--content",
            picture.toString(),
            "--style",
            picture.toString(),
            "--content-layer",
            "conv1",
            "--size",
            "64"));
    assertOneLine(
        "--size: must be at least 32", run("saliency", picture.toString(), "--size", "3"));
    Files.writeString(weights, "damaged");
    assertOneLine("no file of weights", run("saliency", picture.toString()));
    assertOneLine(
        "absent.net: no such file",
        run("saliency", picture.toString(), "--weights", folder.resolve("absent.net").toString()));
  }

  private void assertOneLine(String message, int exitCode) {
    assertThat(exitCode).isEqualTo(2);
    assertThat(err.toString().strip()).contains(message).hasLineCount(1);
    err.getBuffer().setLength(0);
    assertThat(folder.resolve("out/result.json")).doesNotExist();
  }
}
