package io.github.trimaran.vision.image;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no picture, or not one that can be used; one line names file and reason. */
public class PictureException extends IOException {

  private static final long serialVersionUID = 1L;

  /** About a picture that came from no file. */
  public PictureException(String reason) {
    super(reason);
  }

  /** The same with what was found out before. */
  public PictureException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** About a file. */
  public PictureException(Path file, String reason) {
    super(file + ": " + reason);
  }

  /** About a file, with what was found out before. */
  public PictureException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
