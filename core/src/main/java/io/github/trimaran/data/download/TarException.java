package io.github.trimaran.data.download;

import java.io.IOException;

/** What is wrong with a tar archive; whoever knows the file's name adds it. */
final class TarException extends IOException {

  private static final long serialVersionUID = 1L;

  TarException(String message) {
    super(message);
  }
}
