package io.github.trimaran.examples.web;

/**
 * What clients may ask of the server at most.
 *
 * @param bodyBytes of one body
 * @param allBodiesBytes of all bodies that are being received or used
 * @param connections at once; each has a thread while a request is read or answered
 * @param answers that are computed at once; more wait
 * @param waitSeconds until one that waits is told that the server is busy
 * @param requestSeconds until a request must have arrived whole
 */
public record Limits(
    int bodyBytes,
    int allBodiesBytes,
    int connections,
    int answers,
    int waitSeconds,
    int requestSeconds) {

  /** 4 MB a body, 64 MB in all, 256 connections, 32 answers at once. */
  public static Limits standard() {
    return new Limits(4 << 20, 64 << 20, 256, 32, 5, 10);
  }
}
