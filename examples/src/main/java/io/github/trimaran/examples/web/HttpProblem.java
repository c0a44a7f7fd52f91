package io.github.trimaran.examples.web;

/**
 * Why a request is not answered as asked: a status and one line for people.
 *
 * <pre>{@code
 * throw new HttpProblem(404, "there is no job 'a7'");
 * }</pre>
 */
public final class HttpProblem extends Exception {

  private static final long serialVersionUID = 1L;

  /** The request is not understood. */
  public static final int BAD_REQUEST = 400;

  /** It comes from where it may not. */
  public static final int FORBIDDEN = 403;

  /** There is no such thing. */
  public static final int NOT_FOUND = 404;

  /** There is, but not for this method. */
  public static final int METHOD_NOT_ALLOWED = 405;

  /** Not now, as things are. */
  public static final int CONFLICT = 409;

  /** The body is too large. */
  public static final int TOO_LARGE = 413;

  /** The body is of the wrong type. */
  public static final int UNSUPPORTED_TYPE = 415;

  /** It is understood, but cannot be used: a picture without a digit. */
  public static final int UNUSABLE = 422;

  /** Too much is asked at once. */
  public static final int BUSY = 503;

  /** Something went wrong here. */
  public static final int FAILED = 500;

  private final int status;

  /** With a status from 400 to 599. */
  public HttpProblem(int status, String message) {
    super(message);
    this.status = status;
  }

  /** The status. */
  public int status() {
    return status;
  }
}
