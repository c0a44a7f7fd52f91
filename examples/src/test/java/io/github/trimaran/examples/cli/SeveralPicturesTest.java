package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.DrawnPictures;
import io.github.trimaran.vision.image.Pictures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several pictures in one call: each has its own result, and one that is none takes nobody's. */
class SeveralPicturesTest {

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectories(folder.resolve("a"));
    Files.createDirectories(folder.resolve("b"));
    Files.writeString(folder.resolve("none.png"), "no picture");
  }

  private void writeWeights() throws IOException {
    Path weights = folder.resolve("squeezenet/squeezenet-test.safetensors");
    try (SqueezeNet net = new SqueezeNet(SqueezeNet.Version.V1_0, 3)) {
      net.init(Backends.get("cpu"), DType.FLOAT32, Rng.seeded(1));
      Safetensors.write(weights, net.stateDict());
    }
    Files.writeString(
        weights.resolveSibling("imagenet_classes.txt"), "crane\ncrane, hoist\nship\n");
    for (String name : List.of("a/sea.png", "b/sea.png", "b/Sea.bmp.png")) {
      Pictures.writePng(folder.resolve(name), DrawnPictures.landscape());
    }
  }

  /** A one in ink of this colour; what is not ink is as the picture is. */
  private void writeOne(String name, BufferedImage picture, Color ink) throws IOException {
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(ink);
    graphics.setStroke(new BasicStroke(9));
    graphics.drawLine(55, 20, 50, 100);
    graphics.dispose();
    Pictures.writePng(folder.resolve(name), picture);
  }

  @Test
  void predictAnswersForThoseThatItCanRead() throws IOException {
    BufferedImage white = new BufferedImage(120, 120, BufferedImage.TYPE_INT_RGB);
    white.createGraphics().fillRect(0, 0, 120, 120);
    writeOne("a/one.png", white, Color.BLUE);
    writeOne("b/one.png", new BufferedImage(120, 120, BufferedImage.TYPE_INT_ARGB), Color.WHITE);
    Pictures.writePng(
        folder.resolve("blank.png"), new BufferedImage(9, 9, BufferedImage.TYPE_INT_ARGB));
    StringWriter both = new StringWriter();
    PrintWriter out = new PrintWriter(both, true);
    String[] pictures = {"none.png", "a/one.png", "blank.png", "b/one.png", "absent.png"};
    String[] arguments = new String[pictures.length + 2];
    arguments[0] = "predict";
    arguments[1] = "--quiet";
    for (int i = 0; i < pictures.length; i++) {
      arguments[i + 2] = folder.resolve(pictures[i]).toString();
    }
    assertThat(Main.run(out, out, arguments)).isEqualTo(2);
    List<String> lines = both.toString().lines().toList();
    assertThat(lines).hasSize(pictures.length);
    assertThat(lines.get(0)).startsWith("trimaran: " + arguments[2] + ": no picture");
    assertThat(lines.get(1)).startsWith(arguments[3] + ": 1 ");
    assertThat(lines.get(2)).startsWith("trimaran: " + arguments[4]).contains("blank");
    assertThat(lines.get(3)).startsWith(arguments[5] + ": 1 ");
    assertThat(lines.get(4)).isEqualTo("trimaran: " + arguments[6] + ": no such file");
  }

  @Test
  void saliencyKeepsPicturesOfOneNameApart() throws IOException {
    writeWeights();
    Program program =
        Program.run(
            folder,
            "saliency @/a/sea.png @/none.png @/b/sea.png @/b/Sea.bmp.png"
                + " --size 32 --data-dir @ --out @/out");
    assertThat(program.exitCode()).as(program.err()).isEqualTo(2);
    assertThat(program.err().strip()).contains("none.png: no picture").hasLineCount(1);
    assertThat(folder.resolve("out"))
        .isDirectoryContaining("glob:**/saliency-sea.png")
        .isDirectoryContaining("glob:**/saliency-sea-2.png")
        .isDirectoryContaining("glob:**/saliency-Sea.bmp.png");
    assertThat(folder.resolve("out/result.json"))
        .content()
        .contains("\"saliency-sea.png\", \"saliency-sea-2.png\", \"saliency-Sea.bmp.png\"")
        .contains("\"name\" : \"" + folder.resolve("a/sea.png") + "\"")
        .contains("\"" + folder.resolve("b/sea.png") + "\" : \"sha256:")
        .contains("\"name\" : \"Sea.bmp.png\"");
  }

  @Test
  void classesOfOneNameAreKeptApart() throws IOException {
    writeWeights();
    Program program =
        Program.run(
            folder,
            "class-visualization --class 0,1 --size 48 --iterations 1 --data-dir @ --out @/out");
    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(folder.resolve("out/result.json"))
        .content()
        .contains("\"class-crane.png\", \"class-crane-2.png\", \"class-sheet.png\"");
  }

  @Test
  void styleTransferNamesBothItsPictures() throws IOException {
    writeWeights();
    Program program =
        Program.run(
            folder,
            "style-transfer --content @/a/sea.png --style @/b/sea.png --size 32 --iterations 1"
                + " --data-dir @ --out @/out");
    assertThat(program.exitCode()).as(program.err()).isZero();
    assertThat(folder.resolve("out/result.json"))
        .content()
        .contains("\"" + folder.resolve("a/sea.png") + "\" : \"sha256:")
        .contains("\"" + folder.resolve("b/sea.png") + "\" : \"sha256:");
  }
}
