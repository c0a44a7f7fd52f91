package io.github.trimaran.examples.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP server with limits on everything that clients send, and a guard against other
 * sites.
 *
 * <pre>{@code
 * try (WebServer server = WebServer.start("127.0.0.1", 0, Limits.standard(), routes, metrics)) {
 *   System.out.println(server.uri());
 * }
 * }</pre>
 *
 * <p>The limits on connections and on the time of a request are the JDK's, which has them for the
 * whole process: those of the first server hold.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  /** Seconds that answers under way have when the server is closed. */
  private static final int FAREWELL_SECONDS = 1;

  private static final long IDLE_THREAD_SECONDS = 10;

  /** Nothing but the page's own files; nobody may show it in a frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:;"
          + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final HttpServer server;
  private final ExecutorService threads;
  private final String host;
  private final Guard guard;
  private final Limits limits;
  private final Routes routes;
  private final Metrics metrics;
  private final Bodies bodies;
  private final Semaphore answers;

  private WebServer(HttpServer server, String host, Limits limits, Routes routes, Metrics metrics) {
    this.server = server;
    this.host = host;
    this.limits = limits;
    this.routes = routes;
    this.metrics = metrics;
    InetAddress bound = server.getAddress().getAddress();
    this.guard = new Guard(names(host, bound), bound.isAnyLocalAddress(), port());
    this.bodies = new Bodies(limits);
    this.answers = new Semaphore(limits.answers(), true);
    this.threads =
        new ThreadPoolExecutor(
            0,
            limits.connections(),
            IDLE_THREAD_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "trimaran-web");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Listens.
   *
   * @param host name or address to listen on
   * @param port 0 for any that is free
   * @throws IOException if it cannot be listened on
   */
  public static WebServer start(
      String host, int port, Limits limits, Routes routes, Metrics metrics) throws IOException {
    setLimits(limits);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    WebServer started = new WebServer(HttpServer.create(address, 0), host, limits, routes, metrics);
    started.server.setExecutor(started.threads);
    started.server.createContext("/", started::handle);
    started.server.start();
    return started;
  }

  private static void setLimits(Limits limits) {
    String connections = Integer.toString(limits.connections());
    System.setProperty("jdk.httpserver.maxConnections", connections);
    System.setProperty("sun.net.httpserver.maxIdleConnections", connections);
    System.setProperty("sun.net.httpserver.maxReqTime", Integer.toString(limits.requestSeconds()));
    System.setProperty("sun.net.httpserver.maxRspTime", "60");
    System.setProperty("sun.net.httpserver.maxReqHeaders", "64");
    // Else an answer waits up to 40 ms for the client's word that it has the headers.
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private static Set<String> names(String host, InetAddress bound) {
    Set<String> names = new LinkedHashSet<>();
    names.add(literal(host.toLowerCase(Locale.ROOT)));
    if (bound.isLoopbackAddress() || bound.isAnyLocalAddress()) {
      names.add("localhost");
      names.add("127.0.0.1");
      names.add("[::1]");
    }
    return names;
  }

  /** As it stands in an address of a page. */
  private static String literal(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    return server.getAddress().getAddress().isLoopbackAddress();
  }

  /** Where the page is. */
  public URI uri() {
    InetAddress bound = server.getAddress().getAddress();
    String name = bound.isAnyLocalAddress() ? "127.0.0.1" : literal(host);
    return URI.create("http://" + name + ":" + port() + "/");
  }

  /** Where others reach it, if it listens on all addresses of the machine; else empty. */
  public List<URI> addresses() throws SocketException {
    if (!server.getAddress().getAddress().isAnyLocalAddress()) {
      return List.of();
    }
    return NetworkInterface.networkInterfaces()
        .flatMap(NetworkInterface::inetAddresses)
        .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
        .map(address -> URI.create("http://" + address.getHostAddress() + ":" + port() + "/"))
        .toList();
  }

  private void handle(HttpExchange exchange) {
    long start = System.nanoTime();
    String route = "none";
    Response response;
    try (exchange) {
      try {
        String path = exchange.getRequestURI().getRawPath();
        refuseStrangers(exchange.getRequestHeaders(), path);
        Routes.Match match = routes.find(exchange.getRequestMethod(), path);
        route = match.route().pattern();
        response = answer(exchange, match);
      } catch (HttpProblem e) {
        response = Response.problem(e.status(), e.getMessage());
      } catch (RuntimeException | OutOfMemoryError e) {
        LOG.warn("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
        response = Response.problem(HttpProblem.FAILED, "the server failed: " + e.getMessage());
      }
      try {
        send(exchange, response);
      } finally {
        metrics.count(route, response.status(), System.nanoTime() - start);
      }
    } catch (IOException e) {
      // The client is gone, or was too slow.
      LOG.debug("{} {}: {}", exchange.getRequestMethod(), exchange.getRequestURI(), e.toString());
    }
  }

  private void refuseStrangers(Headers headers, String path) throws HttpProblem {
    Optional<String> objection = guard.objection(headers);
    if (objection.isEmpty() && path != null && path.startsWith("/api/")) {
      objection = guard.foreignPage(headers);
    }
    if (objection.isPresent()) {
      throw new HttpProblem(HttpProblem.FORBIDDEN, objection.get());
    }
  }

  private Response answer(HttpExchange exchange, Routes.Match match)
      throws HttpProblem, IOException {
    Headers headers = exchange.getRequestHeaders();
    try (Bodies.Body body =
        bodies.read(exchange.getRequestBody(), headers.getFirst("Content-Length"))) {
      String type = Request.typeOf(headers.getFirst("Content-Type"));
      Request request = new Request(match.variables(), type, body.bytes());
      if (!waited()) {
        throw new HttpProblem(HttpProblem.BUSY, "the server is busy; try again in a second");
      }
      try {
        return match.handler().answer(request);
      } finally {
        answers.release();
      }
    }
  }

  private boolean waited() {
    try {
      return answers.tryAcquire(limits.waitSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void send(HttpExchange exchange, Response response) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", response.type());
    headers.set("Cache-Control", "no-store");
    headers.set("Content-Security-Policy", POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set("Cross-Origin-Opener-Policy", "same-origin");
    if (response.status() == HttpProblem.BUSY) {
      headers.set("Retry-After", "1");
    }
    boolean bodiless = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(response.status(), bodiless ? -1 : response.body().length);
    if (!bodiless) {
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(response.body());
      }
    }
  }

  /** Lets answers under way finish, for a second, and stops listening. */
  @Override
  public void close() {
    server.stop(FAREWELL_SECONDS);
    threads.shutdownNow();
  }
}
