package io.github.trimaran.data.cifar;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.io.files.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CIFAR-10 (Krizhevsky 2009, "Learning multiple layers of features from tiny images"): 50,000
 * training and 10,000 test images {@code [3, 32, 32]}, red, green, blue, of ten classes.
 *
 * <pre>{@code
 * if (Cifar10.isIn(folder)) {
 *   TrainTest images = Cifar10.load(folder);
 * }
 * }</pre>
 *
 * <p>The binary layout: in {@code cifar-10-batches-bin/}, five training batches and a test batch of
 * 10,000 records each; a record is a label byte and 3,072 bytes of pixels, plane by plane.
 */
public final class Cifar10 {

  /** The folder of the batches. */
  public static final String FOLDER = "cifar-10-batches-bin";

  /** The folder of the batches in Python's packing. */
  public static final String PYTHON_FOLDER = "cifar-10-batches-py";

  private static final String META = "batches.meta.txt";
  private static final String TEST = "test_batch.bin";
  private static final List<String> TRAIN =
      List.of(
          "data_batch_1.bin",
          "data_batch_2.bin",
          "data_batch_3.bin",
          "data_batch_4.bin",
          "data_batch_5.bin");

  private static final Shape IMAGE = Shape.of(3, 32, 32);
  private static final int RECORD = 1 + IMAGE.size();
  private static final int PER_BATCH = 10_000;

  /** The names of the classes, which are the same for everybody. */
  private static final List<String> CLASS_NAMES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int CLASSES = CLASS_NAMES.size();

  private Cifar10() {}

  /**
   * Whether a data folder has all six batches, in {@code cifar-10-batches-bin/}, in {@code
   * cifar-10-batches-py/} or itself.
   */
  public static boolean isIn(Path dataFolder) {
    Path folder = folder(dataFolder);
    return missing(folder, isPython(folder)).isEmpty();
  }

  /**
   * Reads the batches from {@code cifar-10-batches-bin/} or {@code cifar-10-batches-py/} in a data
   * folder, or from the folder itself. The class names need not be there: everybody knows them. The
   * set is called {@code CIFAR-10}, {@code CIFAR-10 (JPEG-recompressed)} or {@code other files in
   * CIFAR-10's format}, by the digests of the files.
   *
   * @throws DataException if a batch is missing, truncated, or has a label over 9
   */
  public static TrainTest load(Path dataFolder) throws IOException {
    Path folder = folder(dataFolder);
    boolean python = isPython(folder);
    List<String> missing = missing(folder, python);
    if (!missing.isEmpty()) {
      throw new DataException(
          folder
              + ": "
              + (Files.isDirectory(folder) ? String.join(", ", missing) + " missing" : "not there")
              + "; docs/get-cifar10.md tells how to get CIFAR-10");
    }
    List<String> classes = classNames(folder.resolve(META));
    Batch train = new Batch(PER_BATCH * TRAIN.size());
    for (String name : TRAIN) {
      train.read(folder.resolve(fileName(name, python)), python);
    }
    Batch test = new Batch(PER_BATCH);
    test.read(folder.resolve(fileName(TEST, python)), python);
    DataSource source = source(folder, train.digests, test.digests);
    return new TrainTest(
        Dataset.ofBytes(source, classes, IMAGE, train.pixels, train.labels),
        Dataset.ofBytes(source, classes, IMAGE, test.pixels, test.labels));
  }

  private static Path folder(Path dataFolder) {
    Path inside = dataFolder.resolve(FOLDER);
    Path python = dataFolder.resolve(PYTHON_FOLDER);
    if (Files.isDirectory(inside)) {
      return inside;
    }
    if (Files.isDirectory(python)) {
      return python;
    }
    boolean itself = Files.exists(dataFolder.resolve(TRAIN.get(0))) || isPython(dataFolder);
    return itself ? dataFolder : inside;
  }

  /** The Python version calls the same batches by the same names without an ending. */
  private static String fileName(String name, boolean python) {
    return python ? name.substring(0, name.lastIndexOf('.')) : name;
  }

  private static boolean isPython(Path folder) {
    return !Files.exists(folder.resolve(TRAIN.get(0)))
        && Files.exists(folder.resolve(fileName(TRAIN.get(0), true)));
  }

  private static List<String> missing(Path folder, boolean python) {
    List<String> names = new ArrayList<>(TRAIN);
    names.add(TEST);
    names.replaceAll(name -> fileName(name, python));
    names.removeIf(name -> Files.isRegularFile(folder.resolve(name)));
    return names;
  }

  /** The names, one a line; the published file ends with empty lines. */
  private static List<String> classNames(Path file) throws IOException {
    if (!Files.exists(file)) {
      return CLASS_NAMES;
    }
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    List<String> names = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (names.size() != CLASSES) {
      throw new DataException(
          file + ": has " + names.size() + " class names, CIFAR-10 has 10; get it again");
    }
    return names;
  }

  private static DataSource source(Path folder, List<String> train, List<String> test)
      throws IOException {
    List<String> digests = new ArrayList<>(train);
    digests.addAll(test);
    Map<String, String> files = new LinkedHashMap<>();
    for (int i = 0; i < TRAIN.size(); i++) {
      files.put(TRAIN.get(i), "sha256:" + train.get(i));
    }
    files.put(TEST, "sha256:" + test.get(0));
    Path sums = folder.resolve("SHA256SUMS");
    String listed = Files.exists(sums) ? Files.readString(sums, StandardCharsets.ISO_8859_1) : "";
    return DataSource.real(Edition.titleOf(digests, listed), files);
  }

  /** Records that are read one file after the other. */
  private static final class Batch {

    private final byte[] pixels;
    private final int[] labels;
    private final List<String> digests = new ArrayList<>();
    private int count;

    Batch(int images) {
      pixels = new byte[images * IMAGE.size()];
      labels = new int[images];
    }

    void read(Path file, boolean python) throws IOException {
      byte[] records = python ? PythonBatch.records(file, PER_BATCH, IMAGE.size()) : records(file);
      for (int i = 0; i < PER_BATCH; i++, count++) {
        int label = records[i * RECORD] & 0xFF;
        if (label >= CLASSES) {
          throw new DataException(
              file + ": label " + label + " of image " + i + " is over 9; get the file again");
        }
        labels[count] = label;
        System.arraycopy(records, i * RECORD + 1, pixels, count * IMAGE.size(), IMAGE.size());
      }
      digests.add(Sha256.of(records));
    }

    private static byte[] records(Path file) throws IOException {
      int expected = PER_BATCH * RECORD;
      try (InputStream in = Files.newInputStream(file)) {
        long size = Files.size(file);
        byte[] records = in.readNBytes(expected);
        if (size != expected || records.length != expected) {
          throw new DataException(
              file
                  + ": "
                  + (size < expected ? "truncated" : "too long")
                  + ": "
                  + size
                  + " bytes, a batch of 10,000 images has "
                  + expected
                  + "; get it again");
        }
        return records;
      }
    }
  }
}
