package io.github.trimaran.examples.weights;

import io.github.trimaran.data.catalog.DataChoice;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.Safetensors;
import io.github.trimaran.io.Sha256;
import io.github.trimaran.io.StateDict;
import io.github.trimaran.io.WeightFiles;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Finds the weights that {@code --data} and {@code --data-dir} ask for. */
public final class PretrainedFiles {

  private static final String FOLDER = "squeezenet";
  private static final String NAMES = "imagenet_classes.txt";
  private static final String LAST_BIAS = "classifier.1.bias";
  private static final int IMAGENET_CLASSES = 1000;
  private static final String EMBEDDED = "squeezenet-cifar10.safetensors";
  private static final String EMBEDDED_RESOURCE = "/io/github/trimaran/examples/" + EMBEDDED;
  private static final List<String> EMBEDDED_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  /** In the order of preference. */
  private static final List<String> SUFFIXES =
      List.of(".safetensors", ".pth", ".net", ".caffemodel", ".npz");

  private PretrainedFiles() {}

  /**
   * The weights to use.
   *
   * @throws InputException if there are none of the kind asked for
   * @throws IOException if those there are cannot be read
   */
  public static Pretrained find(CommonOptions options) throws IOException {
    if (options.data() != DataChoice.EMBEDDED) {
      Optional<Path> file = real(folder(options));
      if (file.isPresent()) {
        return read(file.get());
      }
    }
    Optional<String> missing = missing(options);
    if (missing.isPresent()) {
      throw new InputException(missing.get());
    }
    return embedded();
  }

  /** Why there are no weights of the kind asked for; empty if there are. */
  public static Optional<String> missing(CommonOptions options) throws IOException {
    Path folder = folder(options);
    if (options.data() != DataChoice.EMBEDDED && real(folder).isPresent()) {
      return Optional.empty();
    }
    if (options.data() != DataChoice.REAL
        && PretrainedFiles.class.getResource(EMBEDDED_RESOURCE) != null) {
      return Optional.empty();
    }
    return Optional.of(
        options.data() == DataChoice.EMBEDDED
            ? "there are no embedded SqueezeNet weights yet; use real ones with --data-dir"
            : "no SqueezeNet weights in "
                + folder
                + "; put a file of weights there, or name another folder with --data-dir");
  }

  private static Path folder(CommonOptions options) {
    return DataFolder.of(options.dataDirectory()).root().resolve(FOLDER);
  }

  private static Optional<Path> real(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> candidates =
          files.filter(file -> name(file).contains("squeezenet")).sorted().toList();
      return SUFFIXES.stream()
          .flatMap(suffix -> candidates.stream().filter(file -> name(file).endsWith(suffix)))
          .findFirst();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
  }

  /**
   * Weights of ImageNet in any format; names of the classes lie beside them, else they are numbers.
   */
  public static Pretrained read(Path file) throws IOException {
    StateDict weights = WeightFiles.read(file);
    DataFacts facts =
        new DataFacts(
            "SqueezeNet, ImageNet",
            "real",
            Map.of(file.getFileName().toString(), "sha256:" + Sha256.of(file)));
    return new Pretrained(weights, classNames(file.resolveSibling(NAMES), weights), facts);
  }

  private static List<String> classNames(Path file, StateDict weights) throws IOException {
    if (Files.isRegularFile(file)) {
      return Files.readString(file)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    }
    int classes =
        weights.contains(LAST_BIAS) ? weights.get(LAST_BIAS).shape().size() : IMAGENET_CLASSES;
    return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
  }

  private static Pretrained embedded() throws IOException {
    try (InputStream in = PretrainedFiles.class.getResourceAsStream(EMBEDDED_RESOURCE)) {
      byte[] content = in.readAllBytes();
      DataFacts facts =
          new DataFacts(
              "SqueezeNet, CIFAR-10", "embedded", Map.of(EMBEDDED, "sha256:" + Sha256.of(content)));
      return new Pretrained(Safetensors.read(content, EMBEDDED), EMBEDDED_CLASSES, facts);
    }
  }
}
