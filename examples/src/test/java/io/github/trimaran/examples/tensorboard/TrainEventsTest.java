package io.github.trimaran.examples.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.examples.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --tensorboard DIR} writes what it promises. */
@Tag("one-jdk")
class TrainEventsTest {

  @TempDir Path folder;

  @Test
  void aTrainingWritesItsEvents() throws Exception {
    StringWriter out = new StringWriter();
    Path events = folder.resolve("events");
    int exitCode =
        Main.run(
            new PrintWriter(out, true),
            new PrintWriter(out, true),
            "train",
            "mnist",
            "--data=embedded",
            "--network=basic",
            "--filters=2",
            "--num-training=100",
            "--num-validation=50",
            "--num-test=50",
            "--batch-size=20",
            "--epochs=2",
            "--tensorboard=" + events,
            "--out=" + folder.resolve("out"));
    assertThat(exitCode).as(out.toString()).isZero();
    Map<String, Integer> tags = new TreeMap<>();
    String settings = "";
    try (Stream<Path> files = Files.list(events)) {
      List<byte[]> records =
          EventReader.records(Files.readAllBytes(files.findFirst().orElseThrow()));
      for (byte[] record : records.subList(1, records.size())) {
        String tag = EventReader.text(record, 5, 1, 1);
        tags.merge(tag, 1, Integer::sum);
        settings = tag.equals("settings") ? EventReader.text(record, 5, 1, 8, 8) : settings;
      }
    }
    assertThat(tags)
        .containsEntry("loss/step", 10)
        .containsEntry("learning_rate", 10)
        .containsEntry("images_per_second", 10)
        .containsEntry("accuracy/training", 2)
        .containsEntry("accuracy/validation", 2)
        .containsEntry("parameters/conv1.weight", 3)
        .containsEntry("filters", 3)
        .containsEntry("settings", 1);
    assertThat(settings).contains("| batch_size | 20 |");
  }
}
