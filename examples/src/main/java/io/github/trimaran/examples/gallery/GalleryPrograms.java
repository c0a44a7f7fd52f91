package io.github.trimaran.examples.gallery;

import io.github.trimaran.examples.run.Selection;
import java.util.List;

/** The programs of the gallery. */
public final class GalleryPrograms {

  private static final List<GalleryProgram> ALL =
      List.of(
          new Shakespeare(),
          new Cars(),
          new Penguins(),
          new Forecast(),
          new Autoencoder(),
          new Segmenter(),
          new Transfer());

  private GalleryPrograms() {}

  /** All of them. */
  public static List<GalleryProgram> all() {
    return ALL;
  }

  /**
   * The programs of these names, in this order; {@code all} stands for all.
   *
   * @throws IllegalArgumentException if there is none of a name, listing those there are
   */
  public static List<GalleryProgram> named(List<String> names) {
    return Selection.of("program in the gallery", ALL, GalleryProgram::name, names);
  }
}
