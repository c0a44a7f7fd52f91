package io.github.trimaran.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers that are connected by sockets. */
class RingDoorTest {

  private static final byte[] SECRET =
      "a secret of the application".getBytes(StandardCharsets.UTF_8);

  private static RingSecurity security(boolean encrypted) {
    return new RingSecurity(SECRET, "run 1", encrypted);
  }

  private static RingDoor door() throws IOException {
    return RingDoor.open(InetAddress.getLoopbackAddress()).forming(Duration.ofSeconds(2));
  }

  /** A ring in which each worker has such a security. */
  private static List<Future<Collective>> join(List<RingDoor> doors, List<RingSecurity> securities)
      throws InterruptedException {
    List<String> addresses = doors.stream().map(RingDoor::address).toList();
    return SideBySide.each(
        Ring.ofThreads(doors.size()),
        worker ->
            doors.get(worker.rank()).join(worker.rank(), addresses, securities.get(worker.rank())));
  }

  private static List<Collective> ring(int size, RingSecurity security) throws Exception {
    List<RingDoor> doors = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      doors.add(door().patience(Duration.ofSeconds(20)));
    }
    List<Collective> workers = new ArrayList<>();
    for (Future<Collective> each : join(doors, Collections.nCopies(size, security))) {
      workers.add(each.get());
    }
    return workers;
  }

  /** More than the buffers of a socket hold, in both directions at once. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void sumsAreThoseBetweenThreadsBitForBit(boolean encrypted) throws Exception {
    List<List<float[]>> results = new ArrayList<>();
    for (List<Collective> workers : List.of(ring(3, security(encrypted)), Ring.ofThreads(3))) {
      results.add(
          SideBySide.run(
              workers,
              worker -> {
                float[] values = new float[700_000];
                Random random = new Random(worker.rank());
                for (int i = 0; i < values.length; i++) {
                  values[i] = random.nextFloat();
                }
                worker.allReduce(values);
                assertThat(worker.allGather(new byte[worker.rank()])).hasSize(3);
                worker.barrier();
                worker.close();
                return values;
              }));
    }
    for (int rank = 0; rank < 3; rank++) {
      assertThat(Arrays.equals(results.get(0).get(rank), results.get(1).get(0))).isTrue();
    }
  }

  @Test
  void nothingListensOnceTheyAreTogether() throws Exception {
    RingDoor door = door();
    String address = door.address();
    Collective alone = door.join(0, List.of(address), security(false));
    int port = portOf(address);
    assertThat(address).startsWith("127.0.0.1:");
    assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port))
        .isInstanceOf(ConnectException.class);
    double[] values = {3};
    alone.allReduce(values);
    assertThat(values).containsExactly(3);
    alone.close();
  }

  @Test
  void whoDoesNotKnowTheSecretIsRefused() throws Exception {
    RingSecurity wrong = new RingSecurity(new byte[16], "run 1", false);
    RingSecurity late = new RingSecurity(SECRET, "run 0", false);
    for (RingSecurity other : List.of(wrong, late, security(true))) {
      List<Future<Collective>> ends =
          join(List.of(door(), door()), List.of(security(false), other));
      Throwable first = catchThrowable(ends.get(0)::get);
      Throwable second = catchThrowable(ends.get(1)::get);
      assertThat(first)
          .hasMessageContaining("collective: worker 0 of 2 found no ring: worker 1 at");
      assertThat(second).hasMessageContaining("worker 1 of 2 found no ring");
      // Whoever finds out first leaves, and may leave the other with a broken connection.
      assertThat(first.getMessage() + second.getMessage())
          .contains("does not know the secret, or belongs to another run than run");
    }
  }

  /** What a stranger sends, and one who sends nothing, keep the others from nothing. */
  @Test
  void strangersAreSentAway() throws Exception {
    List<RingDoor> doors = List.of(door(), door());
    List<Socket> strangers = new ArrayList<>();
    for (RingDoor door : doors) {
      String address = door.address();
      int port = portOf(address);
      strangers.add(new Socket(InetAddress.getLoopbackAddress(), port));
      Socket talker = new Socket(InetAddress.getLoopbackAddress(), port);
      new DataOutputStream(talker.getOutputStream()).write(new byte[1000]);
      strangers.add(talker);
    }
    List<Future<Collective>> ends = join(doors, List.of(security(false), security(false)));
    for (Future<Collective> end : ends) {
      assertThat(end.get().size()).isEqualTo(2);
      end.get().close();
    }
    assertThat(strangers.get(1).getInputStream().readNBytes(200)).isEmpty();
    for (Socket stranger : strangers) {
      stranger.close();
    }
  }

  /** A neighbour that sends what is too long, or was changed on the way. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void brokenMessagesAreRefused(boolean encrypted) throws Exception {
    for (byte[] frame :
        List.of(
            new byte[] {0x7f, -1, -1, -1, 0},
            new byte[] {-1, -1, -1, -1},
            new byte[] {0, 0, 0, 3, 1, 2, 3},
            new byte[] {0, 0, 0, 40, 1, 2, 3})) {
      RingDoor door = door();
      ServerSocket next = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      List<String> addresses = List.of(door.address(), "127.0.0.1:" + next.getLocalPort());
      Future<String> victim =
          ForkJoinPool.commonPool()
              .submit(
                  () -> {
                    Collective worker = door.join(0, addresses, security(encrypted));
                    try {
                      worker.allReduce(new double[10]);
                      return "a sum";
                    } catch (UncheckedIOException e) {
                      return e.getMessage();
                    }
                  });
      Socket called = next.accept();
      Handshake.asDoor(called, 1, 2, security(encrypted));
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), portOf(addresses.get(0)));
      Handshake.asGuest(socket, 1, 2, security(encrypted));
      socket.getOutputStream().write(frame);
      socket.shutdownOutput();
      assertThat(victim.get())
          .startsWith("collective: worker 0 of 2, a sum of 10 numbers: ")
          .matches(".*(at most \\d+ fit|which none has|changed on the way|has left.*)");
      socket.close();
      called.close();
      next.close();
    }
  }

  private static int portOf(String address) {
    return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
  }

  @Test
  void lostWorkerEndsAllOthers() throws Exception {
    List<Collective> workers = ring(4, security(false));
    List<Future<Object>> ends =
        SideBySide.each(
            workers,
            worker -> {
              worker.barrier();
              if (worker.rank() == 1) {
                worker.close();
                return null;
              }
              for (int i = 0; i < 100; i++) {
                worker.allReduce(new float[10_000]);
              }
              return null;
            });
    for (int rank : new int[] {0, 2, 3}) {
      assertThatThrownBy(ends.get(rank)::get)
          .hasCauseInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("collective: worker ");
    }
  }

  @Test
  void whoIsSilentForTooLongIsLost() throws Exception {
    List<RingDoor> doors =
        List.of(door().patience(Duration.ofMillis(300)), door().patience(Duration.ofMillis(300)));
    List<Future<Collective>> joined = join(doors, List.of(security(false), security(false)));
    Collective waiting = joined.get(0).get();
    assertThatThrownBy(() -> waiting.allReduce(new float[4]))
        .hasMessage("collective: worker 0 of 2, a sum of 4 numbers: nothing was heard for 0 s");
    joined.get(1).get().close();
  }

  @Test
  void shortSecretsAreRefused() {
    assertThatThrownBy(() -> new RingSecurity(new byte[8], "run", false))
        .hasMessage("collective: the secret must have at least 16 bytes, has 8");
  }
}
