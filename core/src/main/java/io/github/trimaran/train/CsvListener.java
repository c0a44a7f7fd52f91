package io.github.trimaran.train;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Keeps a table of the epochs in a file of comma-separated values, whole after every epoch; of
 * resumed training too. What is not known is empty.
 */
public final class CsvListener implements Listener {

  private static final String HEADER =
      "epoch,steps,loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds,"
          + "samples_per_second\n";

  private final Path file;

  /** To that file, which is replaced. */
  public CsvListener(Path file) {
    this.file = file;
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    String rows = history.epochs().stream().map(CsvListener::row).collect(Collectors.joining());
    try {
      AtomicFiles.write(file, HEADER + rows);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(EpochRecord epoch) {
    return Arrays.stream(epoch.toArray())
            .mapToObj(CsvListener::cell)
            .collect(Collectors.joining(","))
        + "\n";
  }

  private static String cell(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
