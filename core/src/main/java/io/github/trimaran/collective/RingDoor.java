package io.github.trimaran.collective;

import io.github.trimaran.backend.BackgroundThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a worker of a {@link Ring} on several machines waits for the one before it. Open it, tell
 * all workers its address, and join:
 *
 * <pre>{@code
 * try (RingDoor door = RingDoor.open(host)) {
 *   List<String> addresses = exchange(door.address());      // of all workers, by rank
 *   Collective worker = door.join(rank, addresses, security);
 * }
 * }</pre>
 *
 * <p>It listens at one address, until the ring is closed, and to the worker before alone: who does
 * not know the secret is sent away, told nothing, and keeps nobody out. One direction of each
 * connection is used.
 */
public final class RingDoor implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RingDoor.class);
  private static final int BACKLOG = 16;
  private static final int GUESTS_AT_ONCE = 16;
  private static final Duration GREETING = Duration.ofSeconds(10);

  private final ServerSocket server;
  private Duration forming = Duration.ofMinutes(1);
  private Duration patience = Duration.ofMinutes(10);

  private RingDoor(ServerSocket server) {
    this.server = server;
  }

  /** A door at a free port of that address of this machine. */
  public static RingDoor open(InetAddress host) throws IOException {
    return new RingDoor(new ServerSocket(0, BACKLOG, host));
  }

  /** How long to wait until all are there; a minute unless changed. */
  public RingDoor forming(Duration atMost) {
    forming = atMost;
    return this;
  }

  /** How long a worker may be behind the others before it counts as lost; ten minutes. */
  public RingDoor patience(Duration atMost) {
    patience = atMost;
    return this;
  }

  /** {@code host:port}, to be told to all workers. */
  public String address() {
    return server.getInetAddress().getHostAddress() + ":" + server.getLocalPort();
  }

  /**
   * Becomes one of the workers. The door is closed when this returns.
   *
   * @param rank which
   * @param addresses of the doors of all, by rank
   * @throws IOException in one line, if they do not find together
   */
  public Collective join(int rank, List<String> addresses, RingSecurity security)
      throws IOException {
    int size = addresses.size();
    int next = (rank + 1) % size;
    CompletableFuture<Link> previous = new CompletableFuture<>();
    Thread porter =
        BackgroundThreads.make("trimaran-ring-door", () -> receive(rank, size, security, previous));
    porter.start();
    Link toNext = null;
    try {
      toNext = call(rank, addresses, security);
      return new Ring(rank, size, toNext, previous.get(forming.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw abandoned(toNext, rank, size, "the one before did not come", e);
    } catch (ExecutionException e) {
      throw abandoned(toNext, rank, size, e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw abandoned(toNext, rank, size, "interrupted", e);
    } catch (IOException e) {
      throw abandoned(
          null,
          rank,
          size,
          "worker " + next + " at " + addresses.get(next) + ": " + e.getMessage(),
          e);
    } finally {
      close(porter);
    }
  }

  /** While somebody waits at it, a closed door still stands open for a moment. */
  private void close(Thread porter) {
    close();
    try {
      porter.join(GREETING.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static IOException abandoned(
      Link toNext, int rank, int size, String reason, Exception cause) {
    if (toNext != null) {
      toNext.close();
    }
    return new IOException(
        "collective: worker " + rank + " of " + size + " found no ring: " + reason, cause);
  }

  private Link call(int rank, List<String> addresses, RingSecurity security) throws IOException {
    String address = addresses.get((rank + 1) % addresses.size());
    int colon = address.lastIndexOf(':');
    Socket socket = new Socket();
    boolean done = false;
    try {
      socket.setSoTimeout((int) forming.toMillis());
      socket.connect(
          new InetSocketAddress(
              address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))),
          (int) forming.toMillis());
      Link link =
          new SocketLink(
              socket, Handshake.asGuest(socket, rank, addresses.size(), security), patience);
      done = true;
      return link;
    } finally {
      if (!done) {
        socket.close();
      }
    }
  }

  /** Lets the worker before in. */
  private void receive(
      int rank, int size, RingSecurity security, CompletableFuture<Link> previous) {
    Semaphore places = new Semaphore(GUESTS_AT_ONCE);
    try {
      while (!previous.isDone()) {
        Socket guest = server.accept();
        if (places.tryAcquire()) {
          BackgroundThreads.make(
                  "trimaran-ring-door",
                  () -> {
                    try {
                      greet(guest, rank, size, security, previous);
                    } finally {
                      places.release();
                    }
                  })
              .start();
        } else {
          guest.close();
        }
      }
    } catch (SocketException e) {
      // The door was closed.
    } catch (IOException e) {
      previous.completeExceptionally(e);
    }
  }

  private void greet(
      Socket guest, int rank, int size, RingSecurity security, CompletableFuture<Link> previous) {
    try {
      guest.setSoTimeout((int) GREETING.toMillis());
      var key = Handshake.asDoor(guest, rank, size, security);
      Link link = new SocketLink(guest, key, patience);
      if (!previous.complete(link)) {
        link.close();
      }
    } catch (IOException e) {
      LOG.warn(
          "collective: worker {} of {} sent {} away: {}",
          rank,
          size,
          guest.getRemoteSocketAddress(),
          e.getMessage());
      try {
        guest.close();
      } catch (IOException again) {
        // It is gone in any case.
      }
    }
  }

  /** Listens no more; workers that have joined are not concerned. */
  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      // It is closed in any case.
    }
  }
}
