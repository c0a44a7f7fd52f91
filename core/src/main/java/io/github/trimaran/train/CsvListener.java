package io.github.trimaran.train;

import io.github.trimaran.io.files.AtomicFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/**
 * Keeps a table of the epochs in a file of comma-separated values, whole after every epoch; of
 * resumed training too. What is not known is empty; metrics come last, {@code validation_f1}.
 *
 * <pre>{@code
 * Trainer trainer = Trainer.builder(model, adam).listener(new CsvListener(Path.of("log.csv"))).build();
 * }</pre>
 */
public final class CsvListener implements Listener {

  private final Path file;

  /** To that file, which is replaced. */
  public CsvListener(Path file) {
    this.file = file;
  }

  @Override
  public void onEpoch(EpochRecord epoch, History history) {
    try {
      AtomicFiles.write(file, history.toCsv());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
