package io.github.trimaran.examples.tensorboard;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;

/**
 * A file of events that TensorBoard shows.
 *
 * <pre>{@code
 * try (EventFile events = EventFile.create(Path.of("logs/run1"))) {
 *   events.scalar("loss", 1, 2.3);
 * }
 * // tensorboard --logdir logs
 * }</pre>
 *
 * <p>The messages are those of TensorFlow's {@code event.proto}, {@code summary.proto} and {@code
 * tensor.proto}; the numbers here are the numbers of their fields.
 */
public final class EventFile implements AutoCloseable {

  private static final int BUCKETS = 30;
  private static final int RGB = 3;
  private static final long STRING_TYPE = 7;
  private static final long DATA_CLASS_TENSOR = 2;

  private final RecordFile records;
  private final Clock clock;

  private EventFile(RecordFile records, Clock clock) {
    this.records = records;
    this.clock = clock;
  }

  /**
   * A new file in a folder, which is made where it is missing.
   *
   * @throws IOException if it cannot be written there
   */
  public static EventFile create(Path folder) throws IOException {
    return create(folder, Clock.systemUTC());
  }

  static EventFile create(Path folder, Clock clock) throws IOException {
    Files.createDirectories(folder);
    String name =
        String.format(
            Locale.ROOT,
            "events.out.tfevents.%d.trimaran.%d",
            clock.instant().getEpochSecond(),
            ProcessHandle.current().pid());
    Path file = folder.resolve(name);
    for (int i = 1; Files.exists(file); i++) {
      file = folder.resolve(name + "." + i);
    }
    EventFile events = new EventFile(new RecordFile(file), clock);
    events.write(events.event(0).with(3, "brain.Event:2"));
    events.flush();
    return events;
  }

  /** A number at a step. */
  public void scalar(String tag, long step, double value) throws IOException {
    summary(step, new Message().with(1, tag).with(2, (float) value));
  }

  /** A picture at a step. */
  public void picture(String tag, long step, BufferedImage picture) throws IOException {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    Message image =
        new Message()
            .with(1, (long) picture.getHeight())
            .with(2, (long) picture.getWidth())
            .with(3, (long) RGB)
            .with(4, png.toByteArray());
    summary(step, new Message().with(1, tag).with(4, image));
  }

  /** How values are spread, in buckets of equal width; nothing of no finite value. */
  public void histogram(String tag, long step, double... values) throws IOException {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).sorted().toArray();
    if (finite.length == 0) {
      return;
    }
    double least = finite[0];
    double most = finite[finite.length - 1];
    double width = most > least ? (most - least) / BUCKETS : 1;
    List<Double> limits = new ArrayList<>();
    double[] counts = new double[BUCKETS];
    for (int i = 1; i <= BUCKETS; i++) {
      limits.add(i == BUCKETS ? Math.max(most, least + i * width) : least + i * width);
    }
    for (double value : finite) {
      counts[Math.min(BUCKETS - 1, (int) ((value - least) / width))]++;
    }
    Message histogram =
        new Message()
            .with(1, least)
            .with(2, most)
            .with(3, (double) finite.length)
            .with(4, Arrays.stream(finite).sum())
            .with(5, Arrays.stream(finite).map(value -> value * value).sum())
            .packed(6, limits)
            .packed(7, Arrays.stream(counts).boxed().toList());
    summary(step, new Message().with(1, tag).with(5, histogram));
  }

  /** A text at a step, which TensorBoard shows as Markdown. */
  public void text(String tag, long step, String text) throws IOException {
    Message shape = new Message().with(2, new Message().with(1, 1L));
    Message tensor = new Message().with(1, STRING_TYPE).with(2, shape).with(8, text);
    Message plugin = new Message().with(1, "text");
    Message metadata = new Message().with(1, plugin).with(4, DATA_CLASS_TENSOR);
    summary(step, new Message().with(1, tag).with(8, tensor).with(9, metadata));
  }

  private void summary(long step, Message value) throws IOException {
    write(event(step).with(5, new Message().with(1, value)));
  }

  private Message event(long step) {
    return new Message().with(1, clock.millis() / 1e3).with(2, step);
  }

  private void write(Message event) throws IOException {
    records.write(event.toBytes());
  }

  /** Lets TensorBoard see what was written so far. */
  public void flush() throws IOException {
    records.flush();
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
