package io.github.trimaran.examples.tensorboard;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Event files are read back by a reader of the test's own. TensorBoard's is Python and not among
 * Debian's packages.
 */
class EventFileTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_234_500), ZoneOffset.UTC);

  @TempDir Path folder;

  private interface Writing {
    void write(EventFile events) throws IOException;
  }

  /** The records behind the first, which tells the version. */
  private List<byte[]> written(Writing writing) throws IOException {
    try (EventFile events = EventFile.create(folder, CLOCK)) {
      writing.write(events);
    }
    try (Stream<Path> files = Files.list(folder)) {
      Path file = files.findFirst().orElseThrow();
      assertThat(file.getFileName().toString()).startsWith("events.out.tfevents.1234.");
      List<byte[]> records = EventReader.records(Files.readAllBytes(file));
      assertThat(EventReader.text(records.get(0), 3)).isEqualTo("brain.Event:2");
      return records.subList(1, records.size());
    }
  }

  /** The published check value, so that the reader is right itself. */
  @Test
  void theChecksumIsCrc32c() {
    assertThat(EventReader.crc("123456789".getBytes(US_ASCII))).isEqualTo(0xe3069283);
  }

  @Test
  void scalars() throws IOException {
    List<byte[]> events =
        written(
            file -> {
              file.scalar("loss", 7, 0.25);
              file.scalar("loss", 1L << 40, -3);
            });
    assertThat(events).hasSize(2);
    assertThat(EventReader.one(events.get(0), 1)).isEqualTo(1234.5);
    assertThat(EventReader.one(events.get(0), 2)).isEqualTo(7L);
    assertThat(EventReader.text(events.get(0), 5, 1, 1)).isEqualTo("loss");
    assertThat(EventReader.one(events.get(0), 5, 1, 2)).isEqualTo(0.25f);
    assertThat(EventReader.one(events.get(1), 2)).isEqualTo(1L << 40);
    assertThat(EventReader.one(events.get(1), 5, 1, 2)).isEqualTo(-3f);
  }

  @Test
  void pictures() throws IOException {
    BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(1, 0, 0xff8040);
    byte[] event = written(file -> file.picture("filters", 1, picture)).get(0);
    assertThat(EventReader.one(event, 5, 1, 4, 1)).isEqualTo(2L);
    assertThat(EventReader.one(event, 5, 1, 4, 2)).isEqualTo(3L);
    assertThat(EventReader.one(event, 5, 1, 4, 3)).isEqualTo(3L);
    byte[] png = (byte[]) EventReader.one(event, 5, 1, 4, 4);
    BufferedImage read = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(read.getRGB(1, 0) & 0xffffff).isEqualTo(0xff8040);
  }

  /** Of 0, 1, ..., 59, one of NaN: thirty buckets of two each. */
  @Test
  void histograms() throws IOException {
    double[] values = new double[61];
    for (int i = 0; i < 60; i++) {
      values[i] = i;
    }
    values[60] = Double.NaN;
    byte[] event = written(file -> file.histogram("weights", 1, values)).get(0);
    assertThat(EventReader.one(event, 5, 1, 5, 1)).isEqualTo(0.0);
    assertThat(EventReader.one(event, 5, 1, 5, 2)).isEqualTo(59.0);
    assertThat(EventReader.one(event, 5, 1, 5, 3)).isEqualTo(60.0);
    assertThat(EventReader.one(event, 5, 1, 5, 4)).isEqualTo(1770.0);
    assertThat(EventReader.one(event, 5, 1, 5, 5)).isEqualTo(70_210.0);
    List<Double> limits = EventReader.doubles(event, 5, 1, 5, 6);
    assertThat(limits).hasSize(30);
    assertThat(limits.get(0)).isCloseTo(59 / 30.0, within(1e-12));
    assertThat(limits.get(29)).isGreaterThanOrEqualTo(59);
    assertThat(EventReader.doubles(event, 5, 1, 5, 7)).hasSize(30).containsOnly(2.0);
  }

  @Test
  void aHistogramOfOneValueOrNone() throws IOException {
    List<byte[]> events =
        written(
            file -> {
              file.histogram("none", 1, Double.NaN);
              file.histogram("one", 1, 5, 5, 5);
            });
    assertThat(events).hasSize(1);
    assertThat(EventReader.doubles(events.get(0), 5, 1, 5, 7)).startsWith(3.0, 0.0).hasSize(30);
  }

  @Test
  void texts() throws IOException {
    byte[] event = written(file -> file.text("settings", 0, "| ä | 1 |")).get(0);
    assertThat(EventReader.text(event, 5, 1, 8, 8)).isEqualTo("| ä | 1 |");
    assertThat(EventReader.one(event, 5, 1, 8, 1)).as("DT_STRING").isEqualTo(7L);
    assertThat(EventReader.one(event, 5, 1, 8, 2, 2, 1)).as("extent").isEqualTo(1L);
    assertThat(EventReader.text(event, 5, 1, 9, 1, 1)).isEqualTo("text");
  }
}
