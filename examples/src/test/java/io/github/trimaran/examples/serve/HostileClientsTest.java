package io.github.trimaran.examples.serve;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean no good are refused, memory stays bounded, and the page works on. */
@Tag("one-jdk")
class HostileClientsTest extends ServedTest {

  private static final int PATIENCE_MILLISECONDS = 15_000;

  @AfterEach
  void thePageWorksOn() throws Exception {
    assertThat(served.post("digits", "image/png", Served.drawing(3)).json().get("label").asText())
        .isEqualTo("3");
  }

  private static Socket connect() throws IOException {
    Socket socket = new Socket(served.uri().getHost(), served.uri().getPort());
    socket.setSoTimeout(PATIENCE_MILLISECONDS);
    return socket;
  }

  private static String own() {
    return "127.0.0.1:" + served.uri().getPort();
  }

  /** Sends raw bytes and reads what comes until the server closes. */
  private static String exchange(String request) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      return answer(socket);
    }
  }

  private static String answer(Socket socket) throws IOException {
    try {
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw new AssertionError("the server neither answers nor closes", e);
    } catch (IOException e) {
      return "";
    }
  }

  private static String get(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:%d",
        "127.0.0.1",
        "127.0.0.1:1",
        "10.0.0.1:%d",
        "",
        "[",
        "a:b:c"
      })
  void refusesForeignHostNames(String host) throws IOException {
    String name = host.replace("%d", Integer.toString(served.uri().getPort()));
    for (String path : List.of("/", "/api/v1/health")) {
      assertThat(exchange(get(path, "Host: " + name + "\r\n")))
          .startsWith("HTTP/1.1 4")
          .contains("not called that");
    }
  }

  @Test
  void refusesRequestsWithoutOrWithTwoHosts() throws IOException {
    assertThat(exchange(get("/", ""))).startsWith("HTTP/1.1 4");
    assertThat(exchange(get("/", "Host: " + own() + "\r\nHost: " + own() + "\r\n")))
        .startsWith("HTTP/1.1 4");
  }

  @Test
  void answersToItsOwnNames() throws IOException {
    for (String name : List.of("localhost", "LOCALHOST", "127.0.0.1", "[::1]")) {
      String host = name + ":" + served.uri().getPort();
      assertThat(exchange(get("/", "Host: " + host + "\r\n")))
          .startsWith("HTTP/1.1 200")
          .contains("frame-ancestors 'none'")
          .contains("<title>Trimaran");
      assertThat(
              exchange(
                  get("/api/v1/health", "Host: " + host + "\r\nOrigin: http://" + host + "\r\n")))
          .startsWith("HTTP/1.1 200");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: https://127.0.0.1",
        "Origin: http://127.0.0.1:1",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-site"
      })
  void refusesForeignOrigins(String header) throws IOException {
    assertThat(exchange(get("/api/v1/health", "Host: " + own() + "\r\n" + header + "\r\n")))
        .startsWith("HTTP/1.1 403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "/style.css/../index.html",
        "//etc/passwd",
        "/api/v1/jobs/..%2f..",
        "/page/index.html",
        "/index.html%00.png",
        "/\\..\\..\\pom.xml"
      })
  void servesNoOtherFiles(String path) throws IOException {
    assertThat(exchange(get(path, "Host: " + own() + "\r\n")))
        .doesNotContain("root:")
        .doesNotContain("HTTP/1.1 200");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{                                | 400",
        "[]                               | 400",
        "null                             | 400",
        "{\"seen\": 5}                    | 400",
        "{\"seen\": \"AAAA\"}             | 400",
        "{\"seen\": \"%%%\"}              | 400",
        "{\"seen\": \"\", \"seen\": \"\"} | 400",
        "{} {}                            | 400",
      })
  void refusesBrokenJson(String body, int status) throws Exception {
    for (String path : List.of("digits", "changes", "corrections", "network")) {
      Served.Answer answer = served.post(path, "application/json", body.getBytes(ISO_8859_1));
      assertThat(answer.status()).as(path).isEqualTo(status);
      assertThat(answer.json().get("error").asText()).isNotBlank();
    }
  }

  @Test
  void refusesDeepJson() throws Exception {
    String deep = "{\"seen\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}";
    assertThat(served.post("digits", "application/json", deep.getBytes(ISO_8859_1)).status())
        .isEqualTo(400);
  }

  @Test
  void refusesOtherTypesAndMethods() throws Exception {
    Served.Answer refused = served.post("digits", "image/webp", new byte[] {1});
    assertThat(refused.status()).isEqualTo(415);
    assertThat(refused.json().get("error").asText())
        .isEqualTo(
            "the body must be a picture (image/bmp, image/gif, image/jpeg, image/png) or"
                + " application/json, is image/webp");
    assertThat(served.delete("digits").status()).isEqualTo(405);
    assertThat(served.get("nothing").status()).isEqualTo(404);
    assertThat(served.get("jobs/99").status()).isEqualTo(404);
    assertThat(served.postJson("corrections", Map.of("seen", zeros(), "label", "../../x")).status())
        .isEqualTo(400);
  }

  private static String zeros() {
    return Base64.getEncoder().encodeToString(new byte[784]);
  }

  @Test
  void refusesAnAnnouncedHundredMegabytesAtOnce() throws IOException {
    String head =
        "POST /api/v1/digits HTTP/1.1\r\nHost: "
            + own()
            + "\r\nContent-Type: image/png\r\nContent-Length: 100000000\r\n\r\n";
    try (Socket socket = connect()) {
      socket.getOutputStream().write(head.getBytes(ISO_8859_1));
      socket.getOutputStream().flush();
      byte[] start = socket.getInputStream().readNBytes(12);
      assertThat(new String(start, ISO_8859_1)).isEqualTo("HTTP/1.1 413");
    }
  }

  @Test
  void refusesAHundredMegabytesOfUnannouncedLength() throws Exception {
    String head =
        "POST /api/v1/digits HTTP/1.1\r\nHost: "
            + own()
            + "\r\nContent-Type: image/png\r\nTransfer-Encoding: chunked\r\n\r\n";
    byte[] chunk = ("100000\r\n" + "x".repeat(1 << 20) + "\r\n").getBytes(ISO_8859_1);
    long sent = 0;
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(ISO_8859_1));
      for (int i = 0; i < 100; i++) {
        out.write(chunk);
        out.flush();
        sent += chunk.length;
      }
    } catch (IOException e) {
      // Cut off by the server, as it should be.
    }
    assertThat(sent).as("bytes that the server took").isLessThan(20 << 20);
  }

  @Test
  void closesSlowBodiesAndHeads() throws Exception {
    String post =
        "POST /api/v1/digits HTTP/1.1\r\nHost: "
            + own()
            + "\r\nContent-Type: image/png\r\nContent-Length: 1000\r\n\r\nabc";
    for (String start : List.of(post, "GET / HTT", "GET / HTTP/1.1\r\nHost: a\r\nX")) {
      long before = System.nanoTime();
      exchange(start);
      double seconds = (System.nanoTime() - before) / 1e9;
      assertThat(seconds).as(start).isBetween(0.5, 8.0);
    }
  }

  /** 1,000 connections that send half a request each, far more than there may be threads. */
  @Tag("long")
  @Test
  void survivesAThousandConnections() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    byte[] half = ("POST /api/v1/digits HTTP/1.1\r\nHost: " + own()).getBytes(ISO_8859_1);
    int most = 0;
    try {
      for (int i = 0; i < 1_000; i++) {
        try {
          Socket socket = connect();
          sockets.add(socket);
          socket.getOutputStream().write(half);
        } catch (IOException e) {
          // Refused: there are enough.
        }
        most = Math.max(most, webThreads());
      }
      assertThat(most).isLessThanOrEqualTo(Served.LIMITS.connections());
      // Without a word of goodbye from the clients the server gets rid of them.
      int open = 0;
      for (Socket socket : sockets) {
        open += isClosedByServer(socket) ? 0 : 1;
      }
      assertThat(open).isZero();
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static boolean isClosedByServer(Socket socket) throws IOException {
    InputStream in = socket.getInputStream();
    try {
      while (in.read() >= 0) {
        // A status before the end.
      }
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  private static int webThreads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("trimaran-web"))
            .count();
  }

  /** Bodies of many clients together take no more than they may: the rest is told to wait. */
  @Test
  void boundsTheMemoryOfAllBodies() throws Exception {
    List<Socket> sockets = new ArrayList<>();
    String head =
        "POST /api/v1/digits HTTP/1.1\r\nHost: "
            + own()
            + "\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n";
    try {
      for (int i = 0; i < 30; i++) {
        Socket socket = connect();
        sockets.add(socket);
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(new byte[990_000]);
        socket.getOutputStream().flush();
      }
    } catch (IOException e) {
      // Cut off while it sent: it had been told to wait.
    } finally {
      for (Socket socket : sockets) {
        answer(socket);
        socket.close();
      }
    }
    assertThat(metrics())
        .contains("trimaran_requests_total{route=\"/api/v1/digits\",status=\"503\"}");
  }

  private static String metrics() throws IOException {
    return exchange(get("/api/v1/metrics", "Host: " + own() + "\r\n"));
  }
}
