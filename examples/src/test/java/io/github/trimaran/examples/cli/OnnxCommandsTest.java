package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.onnx.Onnx;
import io.github.trimaran.onnx.OnnxExport;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks leave the program as ONNX, and come into it. */
class OnnxCommandsTest {

  @TempDir Path folder;

  @BeforeEach
  void saveAModel() throws IOException {
    Safetensors.write(folder.resolve("digits.safetensors"), SavedModel.embedded().exported());
  }

  private Path aOne() throws IOException {
    BufferedImage paper = new BufferedImage(90, 120, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = paper.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 90, 120);
    pen.setColor(Color.BLACK);
    pen.setStroke(new BasicStroke(9, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    pen.drawLine(50, 20, 42, 100);
    pen.dispose();
    Path file = folder.resolve("one.png");
    Pictures.writePng(file, paper);
    return file;
  }

  /** What follows the name of the picture. */
  private static String answer(Program run, Path picture) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out()
        .lines()
        .filter(line -> line.startsWith(picture + ": "))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anExportedNetworkIsLookedIntoAndPredictsTheSame() throws IOException {
    Program export =
        Program.run(
            folder, "export --model @/digits.safetensors --format onnx --opset 17 @/net.onnx");
    assertThat(export.exitCode()).as(export.err()).isZero();
    assertThat(export.out()).contains("parameters in " + folder.resolve("net.onnx"));

    Program onnx = Program.run(folder, "onnx --parameters @/net.onnx");
    assertThat(onnx.exitCode()).as(onnx.err()).isZero();
    assertThat(onnx.out())
        .contains("opset 17")
        .contains("images float [batch, 1, 28, 28]", "scores float [batch, 10]")
        .containsPattern("Gemm +2 +known")
        .contains("class_names: 0 1 2 3", "conv1.weight float32", "All is known");

    Path one = aOne();
    String expected = answer(Program.run("predict", one.toString()), one);
    assertThat(expected).contains(": 1 ");
    Program predict = Program.run(folder, "predict --model @/net.onnx @/one.png");
    assertThat(answer(predict, one)).isEqualTo(expected);
    assertThat(predict.out()).doesNotContain("does not tell how to prepare");
  }

  @Test
  void weightsOfSqueezeNetComeFromOnnxToo() throws IOException {
    Path file = folder.resolve("net.onnx");
    try (Backend<?> backend = Backends.get("cpu");
        SqueezeNet net = new SqueezeNet(SqueezeNet.Version.SMALL, 3)) {
      net.init(backend, DType.FLOAT32, Rng.seeded(1));
      OnnxExport.of(net)
          .classNames(List.of("cat", "dog", "ship"))
          .metadata(ImagePreparation.imageNet().metadata())
          .write(HostArray.zeros(Shape.of(1, 3, 32, 32), DType.FLOAT32), file);
    }
    Pictures.writePng(folder.resolve("picture.png"), DrawnPictures.landscape());
    Program predict = Program.run(folder, "predict --model @/net.onnx @/picture.png");
    assertThat(answer(predict, folder.resolve("picture.png"))).containsPattern("cat|dog|ship");
    for (String command :
        List.of(
            "saliency @/picture.png",
            "class-visualization --class dog --iterations 2",
            "style-transfer --content @/picture.png --style @/picture.png --size 32 --iterations 2"
                + " --style-layers features.1 --content-layer features.3")) {
      Program run = Program.run(folder, command + " --weights @/net.onnx --out @/out");
      assertThat(run.exitCode()).as(command + ": " + run.err() + run.out()).isZero();
    }
  }

  /** A network of a form of its own, which takes images of one size. */
  @Test
  void anyClassifierOfPicturesIsLookedThrough() throws IOException {
    Path file = folder.resolve("own.onnx");
    try (Backend<?> backend = Backends.get("cpu");
        Sequential net =
            new Sequential(
                new Conv2d(3, 4, 5).stride(2),
                new ReLU(),
                new Conv2d(4, 6, 3).stride(2),
                new ReLU(),
                new Flatten(),
                new Linear(216, 3))) {
      net.init(backend, DType.FLOAT32, Rng.seeded(1));
      OnnxExport.of(net)
          .classNames(List.of("cat", "dog", "ship"))
          .write(HostArray.zeros(Shape.of(1, 3, 32, 32), DType.FLOAT32), file);
    }
    Pictures.writePng(folder.resolve("picture.png"), DrawnPictures.landscape());
    for (String command :
        List.of(
            "saliency @/picture.png",
            "class-visualization --class dog --iterations 2",
            "style-transfer --content @/picture.png --style @/picture.png --iterations 2")) {
      Program run = Program.run(folder, command + " --weights @/own.onnx --out @/out");
      assertThat(run.exitCode()).as(command + ": " + run.err() + run.out()).isZero();
    }
    assertThat(Pictures.read(folder.resolve("out/result.png")).getWidth()).isEqualTo(32);
    Program large = Program.run(folder, "saliency @/picture.png --size 64 --weights @/own.onnx");
    assertThat(large.exitCode()).isEqualTo(2);
    assertThat(large.err()).contains("--size: the network takes images of 32 pixels only, is 64");
  }

  /** What gives an image has no classes. */
  @Test
  void aNetworkFromImageToImageIsRefused() throws IOException {
    try (Backend<?> backend = Backends.get("cpu");
        Conv2d blur = new Conv2d(1, 4, 3)) {
      blur.init(backend, DType.FLOAT32, Rng.seeded(1));
      Onnx.write(
          blur,
          HostArray.zeros(Shape.of(1, 1, 28, 28), DType.FLOAT32),
          folder.resolve("blur.onnx"));
    }
    aOne();
    refused("predict --model @/blur.onnx @/one.png", "blur.onnx", "[4, 26, 26]", "not a score");
  }

  private void refused(String commandLine, String... reasons) {
    Program run = Program.run(folder, commandLine);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(2);
    assertThat(run.err().strip().lines()).hasSize(1);
    assertThat(run.err()).contains(reasons);
  }

  @Test
  void whatCannotBeDoneIsOneLine() throws IOException {
    Files.writeString(folder.resolve("text.onnx"), "no model");
    aOne();
    refused("onnx @/none.onnx", "no file", "none.onnx");
    refused("onnx @/text.onnx", "text.onnx");
    refused("predict --model @/none.onnx @/one.png", "none.onnx", "export --format onnx");
    refused("predict --model @/text.onnx @/one.png", "text.onnx");
    refused("export --model @/digits.safetensors --opset 7 @/net.onnx", "--opset", "13 to 23");
    refused("export --model @/digits.safetensors --opset 17 @/net.st", "--format onnx");
    refused("export --model @/text.onnx @/net.onnx", "is ONNX already");
    assertThat(folder.resolve("net.onnx")).doesNotExist();
    refused("export --model @/digits.safetensors --format onnx @/", "is a folder");
    refused("onnx @/", "is a folder");
    refused("evaluate --model @/text.onnx", "is an ONNX file");
    byte[] before = Files.readAllBytes(folder.resolve("digits.safetensors"));
    refused(
        "export --model @/digits.safetensors --format onnx @/digits.safetensors",
        "is the file of --model");
    assertThat(Files.readAllBytes(folder.resolve("digits.safetensors"))).isEqualTo(before);
  }
}
