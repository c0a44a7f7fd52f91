package io.github.trimaran.examples.datasets;

import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Progress;

/** Shows downloads on a console, one file after the other. */
public final class DownloadBar implements DownloadProgress, AutoCloseable {

  private final Console console;
  private String file;
  private Progress progress = Progress.NONE;

  /** On that console. */
  public DownloadBar(Console console) {
    this.console = console;
  }

  @Override
  public void update(String name, long done, long total) {
    if (!name.equals(file)) {
      progress.close();
      file = name;
      progress = console.progress("Downloading " + name, total, "bytes");
    }
    progress.advanceTo(done, "");
  }

  @Override
  public void waiting(String name) {
    console.say("Waiting for another download of " + name);
  }

  @Override
  public void close() {
    progress.close();
  }
}
