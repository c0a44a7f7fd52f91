package io.github.trimaran.data.mnist;

import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The MNIST database of handwritten digits (LeCun, Cortes and Burges): 60,000 training and 10,000
 * test images {@code [1, 28, 28]}, 0 background, 255 ink.
 *
 * <pre>{@code
 * if (Mnist.isIn(folder)) {
 *   TrainTest digits = Mnist.load(folder);
 * }
 * }</pre>
 */
public final class Mnist {

  /** What its pictures show. */
  public static final List<String> CLASS_NAMES =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  /** Digests of the four published files after decompression. */
  private static final Map<Part, String> PUBLISHED =
      Map.of(
          Part.TRAIN_IMAGES, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
          Part.TRAIN_LABELS, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
          Part.TEST_IMAGES, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
          Part.TEST_LABELS, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

  private static final int SIDE = 28;

  private enum Part {
    TRAIN_IMAGES("train-images", "idx3"),
    TRAIN_LABELS("train-labels", "idx1"),
    TEST_IMAGES("t10k-images", "idx3"),
    TEST_LABELS("t10k-labels", "idx1");

    final String stem;
    final String kind;

    Part(String stem, String kind) {
      this.stem = stem;
      this.kind = kind;
    }

    /** The names in use: published with a hyphen, often unpacked with a dot. */
    Stream<String> names() {
      return Stream.of("-", ".")
          .flatMap(mark -> Stream.of(".gz", "").map(end -> stem + mark + kind + "-ubyte" + end));
    }

    Optional<Path> in(Path folder) {
      return names().map(folder::resolve).filter(Files::isRegularFile).findFirst();
    }
  }

  private Mnist() {}

  /** Whether a data folder has all four files, in {@code mnist/} or itself. */
  public static boolean isIn(Path dataFolder) {
    return missingIn(dataFolder).isEmpty();
  }

  /** The files that a data folder does not have, by name and where they belong. */
  public static List<Path> missingIn(Path dataFolder) {
    Path folder = folder(dataFolder).orElse(dataFolder.resolve("mnist"));
    return Stream.of(Part.values())
        .filter(part -> part.in(folder).isEmpty())
        .map(part -> folder.resolve(part.names().findFirst().orElseThrow()))
        .toList();
  }

  /**
   * Reads the four files from {@code mnist/} in a data folder, or from the folder itself. The set
   * is called {@code MNIST} if it is the published one, whoever compressed it.
   *
   * @throws DataException if a file is missing or damaged, or labels and images disagree
   */
  public static TrainTest load(Path dataFolder) throws IOException {
    Path folder =
        folder(dataFolder)
            .orElseThrow(
                () ->
                    new DataException(
                        Files.isDirectory(dataFolder)
                            ? dataFolder
                                + ": no MNIST files here or in its folder mnist, such as "
                                + "train-images-idx3-ubyte.gz; get them with: data get mnist"
                            : dataFolder + ": there is no such folder"));
    Map<Part, Path> paths = new LinkedHashMap<>();
    Map<Part, IdxFile> contents = new LinkedHashMap<>();
    for (Part part : Part.values()) {
      Path path = part.in(folder).orElseThrow(() -> missing(folder, part));
      paths.put(part, path);
      contents.put(part, IdxFile.read(path, part.kind.equals("idx3") ? 3 : 1));
    }
    DataSource source = source(paths, contents);
    return new TrainTest(
        dataset(source, paths, contents, Part.TRAIN_IMAGES, Part.TRAIN_LABELS),
        dataset(source, paths, contents, Part.TEST_IMAGES, Part.TEST_LABELS));
  }

  private static Optional<Path> folder(Path dataFolder) {
    return Stream.of(dataFolder.resolve("mnist"), dataFolder)
        .filter(folder -> Stream.of(Part.values()).anyMatch(part -> part.in(folder).isPresent()))
        .findFirst();
  }

  private static DataException missing(Path folder, Part part) {
    return new DataException(
        folder
            + ": "
            + part.names().findFirst().orElseThrow()
            + " is missing; get it with: data get mnist");
  }

  private static DataSource source(Map<Part, Path> paths, Map<Part, IdxFile> contents) {
    Map<String, String> files = new LinkedHashMap<>();
    boolean published = true;
    for (Part part : Part.values()) {
      files.put(paths.get(part).getFileName().toString(), "sha256:" + contents.get(part).sha256());
      published &= contents.get(part).contentSha256().equals(PUBLISHED.get(part));
    }
    return DataSource.real(published ? "MNIST" : "other files in MNIST's format", files);
  }

  private static Dataset dataset(
      DataSource source,
      Map<Part, Path> paths,
      Map<Part, IdxFile> contents,
      Part imagePart,
      Part labelPart)
      throws DataException {
    IdxFile images = contents.get(imagePart);
    IdxFile labels = contents.get(labelPart);
    int rows = images.extents()[1];
    int columns = images.extents()[2];
    if (rows != SIDE || columns != SIDE) {
      throw new DataException(
          paths.get(imagePart)
              + ": its images are "
              + rows
              + "x"
              + columns
              + ", those of MNIST 28x28");
    }
    if (images.count() != labels.count()) {
      throw new DataException(
          paths.get(labelPart)
              + ": "
              + labels.count()
              + " labels do not go with the "
              + images.count()
              + " images of "
              + paths.get(imagePart).getFileName());
    }
    return Dataset.ofBytes(
        source,
        CLASS_NAMES,
        Shape.of(1, SIDE, SIDE),
        images.values(),
        digits(paths.get(labelPart), labels.values()));
  }

  private static int[] digits(Path file, byte[] values) throws DataException {
    int[] digits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      digits[i] = values[i] & 0xFF;
      if (digits[i] > 9) {
        throw new DataException(
            file + ": label " + digits[i] + " of image " + i + " is no digit from 0 to 9");
      }
    }
    return digits;
  }
}
