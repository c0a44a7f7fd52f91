package io.github.trimaran.train;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps a table of the epochs in a file of comma-separated values, whole after every epoch; of
 * resumed training too. What is not known is empty; metrics come last, {@code validation_f1}.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, adam).listener(new CsvListener(Path.of("log.csv"))).build();
 * }</pre>
 */
public final class CsvListener implements Listener {

  private static final String HEADER =
      "epoch,steps,loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds,"
          + "samples_per_second";

  private final Path file;

  /** To that file, which is replaced. */
  public CsvListener(Path file) {
    this.file = file;
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    List<String> metrics = history.metrics();
    StringBuilder table = new StringBuilder(HEADER);
    metrics.forEach(name -> table.append(",validation_").append(name));
    table.append('\n');
    history.epochs().forEach(one -> table.append(row(one, metrics)));
    try {
      AtomicFiles.write(file, table.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String row(EpochRecord epoch, List<String> metrics) {
    return Arrays.stream(epoch.toArray(metrics))
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
