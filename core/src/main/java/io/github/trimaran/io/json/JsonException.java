package io.github.trimaran.io.json;

import java.io.IOException;

/**
 * Text that is not the JSON it should be; the message has the line and column, or the name of the
 * value.
 */
public class JsonException extends IOException {

  private static final long serialVersionUID = 1L;

  /** An exception with this message. */
  public JsonException(String message) {
    super(message);
  }
}
