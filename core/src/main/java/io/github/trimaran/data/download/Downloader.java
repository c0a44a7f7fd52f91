package io.github.trimaran.data.download;

import io.github.trimaran.io.files.PathLock;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Downloads published files. A file appears under its name only when its size and SHA-256 are
 * right; what a broken download had is kept and resumed; each mirror is tried in turn.
 *
 * <pre>{@code
 * PublishedFile labels = DataSets.MNIST.files().get(0);
 * new Downloader().fetch(labels, folder.resolve(labels.name()), progress);
 * }</pre>
 */
public final class Downloader {

  /** How often a connection that breaks off is taken up again before the next mirror's turn. */
  private static final int ATTEMPTS = 3;

  private final HttpClient client;
  private final Duration connectTimeout;
  private final Duration silence;

  /** Waits 5 seconds for a connection and 30 for data. */
  public Downloader() {
    this(Duration.ofSeconds(5), Duration.ofSeconds(30));
  }

  /**
   * With other limits.
   *
   * @param connectTimeout how long to wait for a connection
   * @param silence how long to wait for the next bytes
   */
  public Downloader(Duration connectTimeout, Duration silence) {
    this.connectTimeout = connectTimeout;
    this.silence = silence;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(connectTimeout)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
  }

  /**
   * Downloads a file, unless an earlier download had all of it. Of two downloads of one file at
   * once, in this process or in several, one works and the other waits for it.
   *
   * @param target where it shall lie; missing folders on the way are made
   * @throws DownloadException if no mirror has it whole and right; {@code target} is as it was
   */
  public void fetch(PublishedFile file, Path target, DownloadProgress progress)
      throws DownloadException {
    Path lockFile = target.resolveSibling("." + target.getFileName() + ".lock");
    try (PathLock lock = PathLock.acquire(lockFile, () -> progress.waiting(file.name()))) {
      if (file.isAt(target)) {
        return;
      }
      fetchFromMirrors(file, target, progress);
    } catch (DownloadException e) {
      throw e;
    } catch (IOException e) {
      throw new DownloadException("cannot write " + target + ": no permission, or no folder", e);
    }
  }

  private void fetchFromMirrors(PublishedFile file, Path target, DownloadProgress progress)
      throws DownloadException {
    List<String> reasons = new ArrayList<>();
    IOException last = null;
    for (URI mirror : file.mirrors()) {
      try (PartFile part = new PartFile(target)) {
        fetchFrom(mirror, file, part, progress);
        part.moveToTarget();
        return;
      } catch (DownloadException e) {
        throw e;
      } catch (IOException e) {
        reasons.add(mirror.getHost() + ": " + reason(e));
        last = e;
      }
    }
    throw new DownloadException(
        "cannot download " + file.name() + ": " + String.join("; ", reasons), last);
  }

  private void fetchFrom(URI mirror, PublishedFile file, PartFile part, DownloadProgress progress)
      throws IOException {
    if (part.length() > file.bytes()) {
      part.delete();
    }
    for (int attempt = 1; ; attempt++) {
      boolean resumed = part.length() > 0;
      try {
        if (part.length() < file.bytes()) {
          resumed &= transfer(mirror, file, part, progress);
        }
      } catch (BrokenOffException e) {
        if (attempt >= ATTEMPTS) {
          throw e;
        }
        continue;
      }
      if (part.sha256().equals(file.sha256())) {
        return;
      }
      part.delete();
      // What was resumed may have been begun by another file; what came in one piece is wrong.
      if (!resumed) {
        throw new IOException("what it sends is not the published file, its SHA-256 differs");
      }
    }
  }

  /** Appends the rest of the file, or all of it; whether it was the rest. */
  private boolean transfer(URI mirror, PublishedFile file, PartFile part, DownloadProgress progress)
      throws IOException {
    HttpResponse<InputStream> response = request(mirror, part.length());
    try (InputStream body = response.body()) {
      boolean resumed = response.statusCode() == 206 && startsAt(response, part.length());
      if (!resumed && response.statusCode() == 416) {
        part.delete();
        throw new BrokenOffException("it cannot send the rest of the file", null);
      }
      if (!resumed && response.statusCode() != 200) {
        throw new IOException("HTTP status " + response.statusCode());
      }
      if (!resumed) {
        part.delete();
      }
      copy(body, file, part, progress);
      return resumed;
    }
  }

  private HttpResponse<InputStream> request(URI mirror, long from) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(mirror).timeout(silence);
    if (from > 0) {
      request.header("Range", "bytes=" + from + "-");
    }
    try {
      return client.send(request.build(), response -> new TimedBody(silence));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static boolean startsAt(HttpResponse<?> response, long position) {
    return response
        .headers()
        .firstValue("Content-Range")
        .filter(range -> range.startsWith("bytes " + position + "-"))
        .isPresent();
  }

  private static void copy(
      InputStream body, PublishedFile file, PartFile part, DownloadProgress progress)
      throws IOException {
    byte[] chunk = new byte[1 << 16];
    long done = part.length();
    progress.update(file.name(), done, file.bytes());
    while (done < file.bytes()) {
      int count = receive(body, chunk);
      if (count < 0) {
        throw new BrokenOffException("it sent " + done + " of " + file.bytes() + " bytes", null);
      }
      if (done + count > file.bytes()) {
        break;
      }
      part.append(chunk, count);
      done += count;
      progress.update(file.name(), done, file.bytes());
    }
    if (done < file.bytes() || receive(body, chunk) >= 0) {
      part.delete();
      throw new IOException("it sends more than the " + file.bytes() + " bytes of the file");
    }
  }

  /** Only what the network does is worth another attempt; a full disk is not. */
  private static int receive(InputStream body, byte[] chunk) throws BrokenOffException {
    try {
      return body.read(chunk);
    } catch (IOException e) {
      throw new BrokenOffException(e.getMessage(), e);
    }
  }

  private String reason(IOException e) {
    if (e instanceof HttpConnectTimeoutException) {
      return "no connection within " + connectTimeout.toSeconds() + " s";
    }
    if (e instanceof HttpTimeoutException) {
      return "no answer within " + silence.toSeconds() + " s";
    }
    if (e instanceof ConnectException) {
      return "no connection";
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static final class BrokenOffException extends IOException {

    private static final long serialVersionUID = 1L;

    BrokenOffException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
