package io.github.trimaran.vision.image;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no picture, or not one that is read; one line names file and reason. */
public class PictureException extends IOException {

  private static final long serialVersionUID = 1L;

  PictureException(String reason) {
    super(reason);
  }

  PictureException(Path file, String reason) {
    super(file + ": " + reason);
  }

  PictureException(Path file, String reason, Throwable cause) {
    super(file + ": " + reason, cause);
  }
}
