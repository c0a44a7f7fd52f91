package io.github.trimaran.vision.data;

import io.github.trimaran.data.DataException;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.prediction.ClassAnswer;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder of pictures, a folder within for each class: what torchvision calls an ImageFolder.
 *
 * <pre>{@code
 * PictureFolder pets = PictureFolder.of(Path.of("pets"), PicturePreparation.of(64, 64));
 * List<int[]> parts = Splits.stratified(pets.labels(), Rng.seeded(1), 0.8, 0.2);
 * DataLoader batches =
 *     new DataLoader(pets.select(parts.get(0)), 32).shuffle(Rng.seeded(1)).workers(2);
 * }</pre>
 *
 * <p>Classes are in alphabetical order of their folders, pictures within them too, in further
 * folders as well; files whose names begin with a dot, or do not end as pictures do, are passed
 * over. A sample has {@code "input"}, float32 {@code [3, H, W]}, and {@code "target"}, the class.
 * Pictures are read when they are asked for, so the folder may be larger than the memory.
 */
public final class PictureFolder implements Samples {

  private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "gif", "bmp");

  private final PicturePreparation preparation;
  private final List<String> classes;
  private final List<Path> files;
  private final List<Integer> labels;

  private PictureFolder(
      PicturePreparation preparation,
      List<String> classes,
      List<Path> files,
      List<Integer> labels) {
    this.preparation = preparation;
    this.classes = List.copyOf(classes);
    this.files = List.copyOf(files);
    this.labels = List.copyOf(labels);
  }

  /**
   * The pictures below that folder.
   *
   * @throws DataException if it is not there, has no folder for a class, or one without a picture
   */
  public static PictureFolder of(Path folder, PicturePreparation preparation) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          folder + (Files.exists(folder) ? ": not a folder" : ": no such folder"));
    }
    List<String> classes = new ArrayList<>();
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (Path own : children(folder, Files::isDirectory)) {
      List<Path> pictures = pictures(own);
      if (pictures.isEmpty()) {
        throw new DataException(
            own + ": a class without a picture (PNG, JPEG, GIF, BMP); put some in, or remove it");
      }
      pictures.forEach(picture -> labels.add(classes.size()));
      classes.add(own.getFileName().toString());
      files.addAll(pictures);
    }
    if (classes.isEmpty()) {
      throw new DataException(
          folder + ": has no folders; it should have one for each class, with its pictures");
    }
    return new PictureFolder(preparation, classes, files, labels);
  }

  private static List<Path> pictures(Path folder) throws IOException {
    List<Path> pictures = new ArrayList<>(children(folder, PictureFolder::isPicture));
    for (Path further : children(folder, Files::isDirectory)) {
      pictures.addAll(pictures(further));
    }
    return pictures;
  }

  private static List<Path> children(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(wanted)
          .sorted((a, b) -> a.getFileName().toString().compareTo(b.getFileName().toString()))
          .toList();
    }
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString();
    String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    return ENDINGS.contains(ending) && Files.isRegularFile(file);
  }

  /** The names of classes 0, 1, ... */
  public List<String> classes() {
    return classes;
  }

  /** What makes inputs of the pictures; saved with a model, it does the same to others. */
  public PicturePreparation preparation() {
    return preparation;
  }

  /** What scores mean: the class and its probability. */
  public ClassAnswer answer() {
    return new ClassAnswer(classes);
  }

  /** The file of a sample. */
  public Path file(int index) {
    return files.get(index);
  }

  @Override
  public int size() {
    return files.size();
  }

  /**
   * Reads a picture.
   *
   * @throws DataException if it is damaged, with its file
   */
  @Override
  public Sample get(int index) throws IOException {
    try {
      return Sample.of(preparation.input(Pictures.read(files.get(index))), labels.get(index));
    } catch (PictureException e) {
      throw new DataException(e.getMessage() + "; replace or remove it", e);
    }
  }

  @Override
  public int[] labels() {
    return labels.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public String toString() {
    return files.size() + " pictures of " + classes;
  }
}
