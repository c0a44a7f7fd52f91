package io.github.trimaran.examples.datasets;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.data.catalog.DataChoice;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.SqueezeNetFiles;
import io.github.trimaran.data.download.DownloadException;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.examples.report.DataFacts;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.io.weights.WeightFiles;
import io.github.trimaran.onnx.Onnx;
import io.github.trimaran.onnx.OnnxContents;
import io.github.trimaran.onnx.OnnxModel;
import io.github.trimaran.random.Rng;
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

  private static final String NAMES = "imagenet_classes.txt";
  private static final String SYNSETS = "synset_words.txt";
  private static final String CLASS_NAMES = "class_names";
  private static final String TRAINED_ON = "trimaran.data";
  private static final String NONE_EMBEDDED =
      "this build has no SqueezeNet weights of its own; 'data get squeezenet' fetches real ones";
  private static final String FIRST_WEIGHT = "features.0.weight";
  private static final String LAST_BIAS = "classifier.1.bias";
  private static final int IMAGENET_CLASSES = 1000;
  private static final String EMBEDDED = "squeezenet-cifar10.safetensors";
  private static final String EMBEDDED_RESOURCE = "/io/github/trimaran/examples/" + EMBEDDED;

  /** In the order of preference. */
  private static final List<String> SUFFIXES =
      List.of(".safetensors", ".pth", ".net", ".caffemodel", ".npz");

  private PretrainedFiles() {}

  /**
   * The weights to use, and a line that says which. Real ones are downloaded where they are not in
   * the data folder.
   *
   * @throws DownloadException if real weights are asked for and cannot be had
   * @throws IOException if those there are cannot be read
   */
  public static Pretrained find(CommonOptions options, Console console) throws IOException {
    Pretrained found = find(options.data(), DataFolder.of(options.dataDirectory()), console);
    console.say("Weights: " + found.facts().name() + " (" + found.facts().source() + ")");
    return found;
  }

  private static Pretrained find(DataChoice choice, DataFolder folder, Console console)
      throws IOException {
    if (choice == DataChoice.EMBEDDED) {
      return embedded();
    }
    if (isIn(folder)) {
      return local(folder);
    }
    try (DownloadBar bar = new DownloadBar(console)) {
      SqueezeNetFiles files = new SqueezeNetFiles(folder, new Downloader(), bar);
      return read(files.get(SqueezeNetFiles.DEFAULT).weights(), null);
    } catch (DownloadException e) {
      String missing = "no SqueezeNet weights in " + folder + ", and " + e.getMessage();
      if (choice == DataChoice.REAL) {
        throw new DownloadException(
            missing + "; put a file of weights into its folder squeezenet, or choose embedded data",
            e);
      }
      console.say(missing + ": using the program's own");
      return embedded();
    }
  }

  /**
   * The weights that are on this machine: real ones if the data folder has them, else the program's
   * own. Nothing is downloaded.
   *
   * @throws IOException if those there are cannot be read
   */
  public static Pretrained local(DataFolder folder) throws IOException {
    Optional<Path> file = real(folder.root().resolve(SqueezeNetFiles.KEY));
    return file.isPresent() ? read(file.get(), null) : embedded();
  }

  /** Why there are no weights without a network; empty if there are. */
  public static Optional<String> missing(CommonOptions options) throws IOException {
    boolean there =
        PretrainedFiles.class.getResource(EMBEDDED_RESOURCE) != null
            || (options.data() != DataChoice.EMBEDDED
                && isIn(DataFolder.of(options.dataDirectory())));
    return there ? Optional.empty() : Optional.of(NONE_EMBEDDED);
  }

  /** Whether there are weights for ImageNet in a data folder. */
  public static boolean isIn(DataFolder folder) throws IOException {
    return real(folder.root().resolve(SqueezeNetFiles.KEY)).isPresent();
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
   * Weights in any format. Names of the classes are in their notes or lie beside them, else classes
   * are numbers.
   *
   * @param entry which dictionary of a checkpoint that holds several; null for the only one
   */
  public static Pretrained read(Path file, String entry) throws IOException {
    if (file.toString().endsWith(".onnx")) {
      return fromOnnx(file);
    }
    return squeezeNet(file, WeightFiles.read(file, entry));
  }

  private static Pretrained squeezeNet(Path file, StateDict weights) throws IOException {
    DataFacts facts =
        facts(
            weights.metadata().containsKey(CLASS_NAMES)
                ? "SqueezeNet, "
                    + Printable.of(weights.metadata().getOrDefault(TRAINED_ON, "own weights"))
                : "SqueezeNet, ImageNet",
            file);
    int classes =
        weights.contains(LAST_BIAS) ? weights.get(LAST_BIAS).shape().size() : IMAGENET_CLASSES;
    return new Pretrained(weights, classNames(file, weights.metadata(), classes), facts);
  }

  private static DataFacts facts(String name, Path file) throws IOException {
    return new DataFacts(
        name, "real", Map.of(file.getFileName().toString(), "sha256:" + Sha256.of(file)));
  }

  /** A SqueezeNet exported under torchvision's names, else the network of the file's graph. */
  private static Pretrained fromOnnx(Path file) throws IOException {
    OnnxModel model = Onnx.read(file);
    if (OnnxContents.read(file)
        .graph()
        .initialisers()
        .keySet()
        .containsAll(List.of(FIRST_WEIGHT, LAST_BIAS))) {
      try (Backend<?> backend = Backends.get("cpu")) {
        model.init(backend, DType.FLOAT32, Rng.seeded(0));
        return squeezeNet(file, model.stateDict().withMetadata(model.metadata()));
      } finally {
        model.close();
      }
    }
    OnnxPictures pictures = OnnxPictures.describe(model, file);
    Pretrained.Other other =
        new Pretrained.Other(
            (backend, dtype) -> OnnxPictures.read(file, backend, dtype),
            pictures.side(),
            pictures.isFixed(),
            pictures.featureNames());
    String name = "the network of " + Printable.of(file.getFileName().toString());
    return new Pretrained(
        null, other, classNames(file, model.metadata(), classes(model)), facts(name, file));
  }

  /** As many as the last number of its output says. */
  private static int classes(OnnxModel model) {
    List<String> extents = model.outputs().get(0).extents();
    return extents == null
        ? IMAGENET_CLASSES
        : extents.stream()
            .skip(1)
            .filter(extent -> extent.matches("[0-9]{1,7}"))
            .mapToInt(Integer::parseInt)
            .max()
            .orElse(IMAGENET_CLASSES);
  }

  private static List<String> classNames(Path file, Map<String, String> notes, int classes)
      throws IOException {
    String noted = notes.get(CLASS_NAMES);
    if (noted != null) {
      return noted.lines().map(Printable::of).toList();
    }
    Path folder = file.toAbsolutePath().getParent();
    for (Path names : List.of(folder.resolve(NAMES), folder.resolve(SYNSETS))) {
      if (Files.isRegularFile(names)) {
        return namesIn(names, classes);
      }
    }
    return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
  }

  private static List<String> namesIn(Path file, int classes) throws IOException {
    List<String> names =
        Files.readString(file)
            .lines()
            .map(line -> line.replaceFirst("^n[0-9]{8} ", "").strip())
            .filter(line -> !line.isEmpty())
            .toList();
    if (names.size() != classes) {
      throw new InputException(
          file + ": names " + names.size() + " classes, the weights beside it have " + classes);
    }
    return names;
  }

  private static Pretrained embedded() throws IOException {
    try (InputStream in = PretrainedFiles.class.getResourceAsStream(EMBEDDED_RESOURCE)) {
      if (in == null) {
        throw new InputException(NONE_EMBEDDED);
      }
      byte[] content = in.readAllBytes();
      DataFacts facts =
          new DataFacts(
              "SqueezeNet, CIFAR-10", "embedded", Map.of(EMBEDDED, "sha256:" + Sha256.of(content)));
      StateDict weights = Safetensors.read(content, EMBEDDED);
      return new Pretrained(weights, weights.metadata().get(CLASS_NAMES).lines().toList(), facts);
    }
  }
}
