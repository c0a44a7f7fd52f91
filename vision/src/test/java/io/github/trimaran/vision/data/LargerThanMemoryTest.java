package io.github.trimaran.vision.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file and a folder ten times larger than the heap are trained on, in a JVM of their own. */
@Tag("soak")
class LargerThanMemoryTest {

  private static final int HEAP_MB = 32;
  private static final long BYTES = 10L * HEAP_MB * 1024 * 1024;

  @TempDir Path folder;

  private List<String> train(String kind, Path data) throws IOException, InterruptedException {
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                LargerThanMemory.class.getName(),
                kind,
                data.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor()).as(Files.readString(out)).isZero();
    return Files.readAllLines(out).stream().filter(line -> line.startsWith("loss ")).toList();
  }

  /** y is 3 a - 2 b, and 5 more for a colour; after one pass little of its variance is left. */
  @Test
  void aTable() throws Exception {
    Path file = folder.resolve("large.csv");
    long written = 0;
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("a,b,colour,y\n");
      for (long i = 0; written < BYTES; i++) {
        double a = Math.floorMod(i * 7919, 1000) / 1000.0;
        double b = Math.floorMod(i * 104_729, 997) / 997.0;
        boolean red = i % 3 == 0;
        String line =
            a
                + ","
                + b
                + ","
                + (red ? "red" : "blue")
                + ","
                + (3 * a - 2 * b + (red ? 5 : 0))
                + "\n";
        out.write(line);
        written += line.length();
      }
    }
    assertThat(Files.size(file)).isGreaterThanOrEqualTo(BYTES);
    List<String> losses = train("csv", file);
    assertThat(losses).hasSize(1);
    assertThat(Double.parseDouble(losses.get(0).substring(5))).isLessThan(0.1);
  }

  @Test
  void aFolderOfPictures() throws Exception {
    Path pictures = folder.resolve("pictures");
    long written = 0;
    for (int i = 0; written < BYTES; i++) {
      BufferedImage picture = new BufferedImage(800, 800, BufferedImage.TYPE_INT_RGB);
      for (int p = 0; p < 800 * 800; p++) {
        picture.setRGB(
            p % 800, p / 800, i % 2 == 0 ? 0xC00000 + p % 64 : 0x0000C0 + (p % 64 << 16));
      }
      Path file = pictures.resolve(i % 2 == 0 ? "red" : "blue").resolve(i + ".bmp");
      Files.createDirectories(file.getParent());
      ImageIO.write(picture, "bmp", file.toFile());
      written += Files.size(file);
    }
    List<String> losses = train("pictures", pictures);
    assertThat(losses).hasSize(2);
    assertThat(Double.parseDouble(losses.get(1).substring(5))).isLessThan(0.5);
  }
}
