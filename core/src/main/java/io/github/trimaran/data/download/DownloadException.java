package io.github.trimaran.data.download;

import java.io.IOException;

/** A published file cannot be had from any of its mirrors; one line says why from each. */
public class DownloadException extends IOException {

  private static final long serialVersionUID = 1L;

  /** With its one line. */
  public DownloadException(String message) {
    super(message);
  }

  /** The same with what caused it. */
  public DownloadException(String message, Throwable cause) {
    super(message, cause);
  }
}
