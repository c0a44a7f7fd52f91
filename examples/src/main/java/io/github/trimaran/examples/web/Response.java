package io.github.trimaran.examples.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What is answered.
 *
 * @param status of HTTP
 * @param type of the body
 * @param body the bytes
 */
public record Response(int status, String type, byte[] body) {

  private static final int OK = 200;
  private static final int ACCEPTED = 202;

  /** Bytes of a type. */
  public static Response of(String type, byte[] body) {
    return new Response(OK, type, body);
  }

  /** Text. */
  public static Response text(String type, String text) {
    return of(type + "; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
  }

  /** An object as JSON. */
  public static Response json(Object value) {
    return json(OK, value);
  }

  /** An object as JSON, for what was begun and is not done. */
  public static Response accepted(Object value) {
    return json(ACCEPTED, value);
  }

  static Response problem(int status, String message) {
    return json(status, Map.of("error", message));
  }

  private static Response json(int status, Object value) {
    try {
      return new Response(status, Request.JSON, Request.MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot write as JSON: " + e.getOriginalMessage(), e);
    }
  }
}
