package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataChoice;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.data.table.CsvFile;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.data.text.TextFiles;
import io.github.trimaran.examples.datasets.Datasets;
import io.github.trimaran.examples.report.Answers;
import io.github.trimaran.examples.report.Charts;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.report.FilterPicture;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.report.Run;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.training.ShowProgress;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.nn.Model;
import io.github.trimaran.random.Rng;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One run of a {@link GalleryProgram}: what it was asked for on the command line, and what it tells
 * about its work. What is told becomes {@code result.json}.
 *
 * <pre>{@code
 * int epochs = gallery.epochs(15, 1);
 * TrainTest digits = gallery.images(DataSets.MNIST);
 * model.init(gallery.backend(), gallery.dtype(), gallery.rng("weights"));
 * ...
 * gallery.history(history);
 * gallery.metric("test_accuracy", accuracy);
 * gallery.picture("samples.png", picture);
 * gallery.answer("%.1f %% of the test images", 100 * accuracy);
 * }</pre>
 */
public final class GalleryRun {

  private final Backend<?> backend;
  private final CommonOptions options;
  private final Integer epochs;
  private final Console console;
  private final Path folder;
  private final long start = System.nanoTime();

  private final Map<String, Object> settings = new LinkedHashMap<>();
  private final Map<String, Object> metrics = new LinkedHashMap<>();
  private final Map<String, List<Double>> courses = new LinkedHashMap<>();
  private final List<String> pictures = new ArrayList<>();
  private DataFacts data = DataFacts.none();
  private String answer = "";

  /**
   * A run with these options.
   *
   * @param epochs that the user asked for; null for the program's own choice
   * @param folder for pictures; exists
   */
  public GalleryRun(
      Backend<?> backend, CommonOptions options, Integer epochs, Console console, Path folder) {
    if (epochs != null && epochs < 1) {
      throw new InputException("--epochs: must be at least 1, is " + epochs);
    }
    this.backend = backend;
    this.options = options;
    this.epochs = epochs;
    this.console = console;
    this.folder = folder;
  }

  // ---- what was asked for ---------------------------------------------------------------------

  /** What computes. */
  public Backend<?> backend() {
    return backend;
  }

  /** What to compute in. */
  public DType dtype() {
    return options.dtype();
  }

  /** A generator of its own for each purpose, from {@code --seed}. */
  public Rng rng(String purpose) {
    return Rng.seeded(options.seed()).fork(purpose);
  }

  /** The options of the command line. */
  public CommonOptions options() {
    return options;
  }

  /** Where messages go. */
  public Console console() {
    return console;
  }

  /** Where files go besides pictures; exists. */
  public Path folder() {
    return folder;
  }

  /** A setting: the first value, or with {@code --quick} the second. */
  public <T> T setting(String name, T usual, T quick) {
    T value = options.quick() ? quick : usual;
    settings.put(name, value);
    return value;
  }

  /** The setting {@code epochs}: {@code --epochs}, else as {@link #setting}. */
  public int epochs(int usual, int quick) {
    int chosen = setting("epochs", usual, quick);
    if (epochs != null) {
      chosen = epochs;
      settings.put("epochs", chosen);
    }
    return chosen;
  }

  // ---- data -----------------------------------------------------------------------------------

  /** A set of images, real or embedded as {@code --data} asks; says which. */
  public TrainTest images(ImageSet set) throws IOException {
    TrainTest images = Datasets.load(set, options, console);
    data(Datasets.facts(images.source()));
    return images;
  }

  /**
   * A file of the data folder, such as {@code tables/mpg.csv}; empty where {@code --data} asks for
   * embedded data, or the file is not there and need not be. Says which.
   *
   * @param title what it holds, for people
   * @param substitute what takes its place, for people
   * @throws InputException if it is not there and {@code --data real} was asked for
   */
  public Optional<Path> file(String name, String title, String substitute) throws IOException {
    DataFolder root = DataFolder.of(options.dataDirectory());
    Path file = root.root().resolve(name);
    boolean there = Files.isRegularFile(file);
    if (!there && options.data() == DataChoice.REAL) {
      throw new InputException(
          "no " + file + "; put it there, choose another --data-dir, or --data embedded");
    }
    if (!there || options.data() == DataChoice.EMBEDDED) {
      if (options.data() == DataChoice.AUTO) {
        console.say("Note: " + name + " is not in " + root + ": using " + substitute + " instead");
      }
      made(substitute);
      return Optional.empty();
    }
    console.say("Data: " + title + " (real), " + file);
    data(new DataFacts(title, "real", Map.of(name, "sha256:" + Sha256.of(file))));
    return Optional.of(file);
  }

  /** Says and notes that the data is made by the program itself. */
  public void made(String title) {
    console.say("Data: " + title + " (embedded)");
    data(new DataFacts(title, "embedded", Map.of()));
  }

  /** A table of the data folder, or the one made in its place; see {@link #file}. */
  public Table table(String name, String title, String substitute, Supplier<Table> made)
      throws IOException {
    Optional<Path> file = file(name, title, substitute);
    return file.isPresent() ? CsvFile.of(file.get()).read() : made.get();
  }

  /** A text of the data folder, or the one made in its place; see {@link #file}. */
  public String text(String name, String title, String substitute, Supplier<String> made)
      throws IOException {
    Optional<Path> file = file(name, title, substitute);
    return file.isPresent() ? TextFiles.read(file.get()) : made.get();
  }

  /** Notes what was computed on. */
  public void data(DataFacts facts) {
    data = facts;
  }

  /** Notes pretrained weights that were used besides the data. */
  public void weights(DataFacts facts) {
    Map<String, String> files = new LinkedHashMap<>(data.files());
    files.putAll(facts.files());
    String source = data.source().equals(facts.source()) ? data.source() : "real";
    data = new DataFacts(data.name() + "; weights of " + facts.name(), source, files);
  }

  // ---- what is told ---------------------------------------------------------------------------

  /** A line that tells what is going on. */
  public void say(String format, Object... values) {
    console.say(String.format(Locale.ROOT, format, values));
  }

  /** Shows a training that goes on. */
  public Listener progress(String name) {
    return new ShowProgress(name, console);
  }

  /** Notes a result: a number or a text. */
  public void metric(String name, Object value) {
    metrics.put(name, value);
  }

  /** Notes several results, such as those of {@link Answers}. */
  public void metrics(Map<String, Object> values) {
    metrics.putAll(values);
  }

  /** Draws the filters of a network's first convolution, and notes the picture. */
  public void filters(Model network) throws IOException {
    Optional<BufferedImage> filters = FilterPicture.ofFirst(network.stateDict());
    if (filters.isPresent()) {
      picture("filters.png", filters.get());
    }
  }

  /** Notes the losses of a training, by epoch and by step. */
  public void history(History history) {
    courses.put("loss", history.epochs().stream().map(EpochRecord::loss).toList());
    courses.put("step_loss", history.losses());
  }

  /** Notes a quantity by epoch. */
  public void course(String name, List<Double> values) {
    courses.put(name, values);
  }

  /** Writes a picture and notes it. */
  public void picture(String name, BufferedImage picture) throws IOException {
    Pictures.writePng(folder.resolve(name), picture);
    pictures.add(name);
  }

  /** Draws each series of values over its position, from 1, and notes the picture. */
  public void chart(String name, String title, String x, String y, Map<String, List<Double>> series)
      throws IOException {
    Charts.lines(folder.resolve(name), title, x, y, series);
    pictures.add(name);
  }

  /** The answer to the program's question, in a sentence with the numbers found. */
  public void answer(String format, Object... values) {
    answer = String.format(Locale.ROOT, format, values);
  }

  /** All that was told, and the seconds it took. */
  public Outcome outcome(String program) {
    metrics.put("seconds", (System.nanoTime() - start) * 1e-9);
    return new Outcome(
        data, settings, List.of(new Run(program, metrics, courses)), pictures, answer);
  }
}
