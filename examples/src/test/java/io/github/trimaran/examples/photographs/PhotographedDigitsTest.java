package io.github.trimaran.examples.photographs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.mnist.Mnist;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.examples.training.SavedModel;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.prediction.Predictor;
import io.github.trimaran.vision.digits.DigitPreparation;
import io.github.trimaran.vision.image.ContactSheet;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Resize;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the program's own digit reader makes of photographs of MNIST's test digits, see {@link
 * DigitPhotographs}. A few of each kind; with {@code -Dphotographs=N} N, for the table in {@code
 * docs/exercises/29.md}, which is written to {@code target/photographs.md} beside a sheet of one
 * picture of each kind.
 */
@Tag("long")
class PhotographedDigitsTest {

  private static final int COUNT = Integer.getInteger("photographs", 4);
  private static final long SEED = 29;
  private static final double CERTAIN = 0.9;

  /** One picture's outcome: the class, or none where it was refused, and its probability. */
  private record Answer(Optional<Integer> digit, double probability) {}

  /** How many of a kind, of how many. */
  private record Row(String kind, int right, int refused, int certainlyWrong, int all) {

    String line() {
      return String.format(
          Locale.ROOT,
          "| %s | %d | %.3f | %.3f | %.3f |",
          kind,
          all,
          (double) right / all,
          (double) refused / all,
          (double) certainlyWrong / all);
    }
  }

  /** Makes a picture of a digit. */
  @FunctionalInterface
  private interface Camera {
    BufferedImage picture(float[] pixels, Rng rng) throws IOException;
  }

  private final Map<String, BufferedImage> sheet = new LinkedHashMap<>();

  @Test
  void mostAreRead() throws IOException {
    Dataset digits = testDigits();
    List<Row> rows = new ArrayList<>();
    try (Predictor<HostArray, Classified> reader =
        SavedModel.embedded().predictor(Backends.get("cpu"), DType.FLOAT32)) {
      rows.add(measure("as MNIST has it", (pixels, rng) -> scan(pixels), digits, reader));
      for (Disturbance kind : DigitPhotographs.disturbances()) {
        Camera camera = (pixels, rng) -> DigitPhotographs.of(kind, pixels, rng);
        rows.add(measure(kind.label(), camera, digits, reader));
      }
      rows.add(measure("white ink on nothing", DigitPhotographs::drawing, digits, reader));
      for (Disturbance kind : DigitPhotographs.blanks()) {
        Camera camera = (pixels, rng) -> DigitPhotographs.blank(kind, rng);
        rows.add(measure("no digit, " + kind.label(), camera, digits, reader));
      }
    }
    write(rows);
    List<Row> withDigit = rows.stream().filter(row -> !row.kind.startsWith("no digit")).toList();
    int right = withDigit.stream().mapToInt(Row::right).sum();
    assertThat(right).isGreaterThan((int) (0.93 * COUNT * withDigit.size()));
    assertThat(withDigit).allSatisfy(row -> assertThat(2 * row.right).isGreaterThan(row.all));
    List<Row> blank = rows.stream().filter(row -> row.kind.startsWith("no digit")).toList();
    int refused = blank.stream().mapToInt(Row::refused).sum();
    assertThat(refused).isGreaterThan((int) (0.8 * COUNT * blank.size()));
  }

  private static Dataset testDigits() throws IOException {
    String given = System.getenv("TRIMARAN_DATA");
    Stream<Path> places =
        given != null
            ? Stream.of(Path.of(given))
            : Stream.iterate(Path.of("").toAbsolutePath(), p -> p != null, Path::getParent)
                .map(p -> p.resolve("shared/data"));
    Optional<Path> data = places.filter(Mnist::isIn).findFirst();
    assumeTrue(data.isPresent(), "MNIST is not there; TRIMARAN_DATA tells where it is");
    return Mnist.load(data.get()).test();
  }

  private static BufferedImage scan(float[] pixels) {
    BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < pixels.length; i++) {
      picture.setRGB(i % 28, i / 28, Math.round(pixels[i]) * 0x010101);
    }
    return picture;
  }

  private Row measure(
      String kind, Camera camera, Dataset digits, Predictor<HostArray, Classified> reader) {
    int[] order = Rng.seeded(SEED).permutation(digits.size());
    Rng rng = Rng.seeded(SEED).fork(kind);
    List<Answer> answers =
        IntStream.range(0, COUNT)
            .parallel()
            .mapToObj(i -> answer(kind, camera, digits, order[i], rng.fork(i), reader, i))
            .toList();
    int right = 0;
    int refused = 0;
    int certainlyWrong = 0;
    for (int i = 0; i < COUNT; i++) {
      Answer answer = answers.get(i);
      boolean isRight = answer.digit.equals(Optional.of(digits.label(order[i])));
      right += isRight ? 1 : 0;
      refused += answer.digit.isEmpty() ? 1 : 0;
      certainlyWrong +=
          answer.digit.isPresent() && !isRight && answer.probability > CERTAIN ? 1 : 0;
    }
    return new Row(kind, right, refused, certainlyWrong, COUNT);
  }

  private Answer answer(
      String kind,
      Camera camera,
      Dataset digits,
      int digit,
      Rng rng,
      Predictor<HostArray, Classified> reader,
      int number) {
    try {
      BufferedImage picture = camera.picture(digits.image(digit).floats(), rng);
      HostArray prepared;
      try {
        prepared = DigitPreparation.prepare(picture);
      } catch (PictureException e) {
        return new Answer(Optional.empty(), 0);
      }
      if (number == 0) {
        show(kind, picture, prepared);
      }
      Classified seen = reader.predict(prepared.reshape(Shape.of(1, 28, 28)));
      return new Answer(Optional.of(seen.index()), seen.probability());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The photograph with what was made of it in its corner. */
  private void show(String kind, BufferedImage picture, HostArray prepared) {
    BufferedImage small = Resize.longerSide(picture, 240);
    BufferedImage shown = new BufferedImage(240, 240, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = shown.createGraphics();
    graphics.drawImage(small, 0, 0, null);
    graphics.drawImage(ContactSheet.enlarged(scan(prepared.floats())), 156, 156, 84, 84, null);
    graphics.dispose();
    synchronized (sheet) {
      sheet.put(kind, shown);
    }
  }

  private void write(List<Row> rows) throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add("| kind | n | right | refused | wrong with over 90 % |");
    lines.add("|---|---|---|---|---|");
    rows.forEach(row -> lines.add(row.line()));
    Files.createDirectories(Path.of("target"));
    Files.write(Path.of("target/photographs.md"), lines);
    Pictures.writePng(Path.of("target/photographs.png"), ContactSheet.of(sheet));
  }
}
