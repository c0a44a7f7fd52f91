package io.github.trimaran.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many workers, each a thread, on a network that is slow and loses what it carries. */
class RingSimulationTest {

  /**
   * A way on which messages take their time. One that is lost is sent again after a while, as TCP
   * does; after so many messages the way is cut, without a word to either end.
   */
  private static final class SlowLink implements Link {
    private final QueueLink queue = new QueueLink();
    private final Random random;
    private final int cutAfter;
    private int sent;

    SlowLink(long seed, int cutAfter) {
      random = new Random(seed);
      this.cutAfter = cutAfter;
    }

    @Override
    public void send(byte[] message) throws IOException {
      queue.send(message);
    }

    @Override
    public byte[] receive(int most) throws IOException {
      byte[] message = queue.receive(most);
      if (sent++ >= cutAfter) {
        throw new IOException("nothing was heard for 1 s");
      }
      try {
        boolean lost = random.nextInt(50) == 0;
        Thread.sleep(lost ? 5 : 0, random.nextInt(200_000));
      } catch (InterruptedException e) {
        throw new IOException("interrupted", e);
      }
      return message;
    }

    @Override
    public void close() {
      queue.close();
    }
  }

  private static List<Collective> ring(int size, int cut, int cutAfter) {
    List<Link> links = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      links.add(new SlowLink(i, i == cut ? cutAfter : Integer.MAX_VALUE));
    }
    List<Collective> workers = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      workers.add(new Ring(i, size, links.get(i), links.get((i + size - 1) % size)));
    }
    return workers;
  }

  /** Sums are those of a network that is neither slow nor lossy, bit for bit. */
  private static void assertSums(int size, int length, int rounds) throws Exception {
    List<List<float[]>> both = new ArrayList<>();
    for (List<Collective> workers : List.of(ring(size, -1, 0), Ring.ofThreads(size))) {
      both.add(
          SideBySide.run(
              workers,
              worker -> {
                float[] values = new float[length];
                for (int i = 0; i < length; i++) {
                  values[i] = (float) Math.sin(i + 31.0 * worker.rank());
                }
                for (int round = 0; round < rounds; round++) {
                  worker.allReduce(values);
                  for (int i = 0; i < length; i++) {
                    values[i] = values[i] / worker.size() + worker.rank() * 1e-3f;
                  }
                }
                return values;
              }));
    }
    for (int rank = 0; rank < size; rank++) {
      assertThat(both.get(0).get(rank)).isEqualTo(both.get(1).get(rank));
    }
  }

  @ParameterizedTest
  @CsvSource({"2, 50, 5", "7, 50, 3", "64, 100, 1"})
  void slowNetworksChangeNothing(int size, int length, int rounds) throws Exception {
    assertSums(size, length, rounds);
  }

  private static void assertAllEnd(int size) throws Exception {
    List<Future<Object>> ends =
        SideBySide.each(
            ring(size, size / 3, 5), // early: else those behind it may be done already
            worker -> {
              worker.allReduce(new double[100]);
              return null;
            });
    String reason =
        "collective: worker "
            + (size / 3 + 1)
            + " of "
            + size
            + ", a sum of 100 numbers: nothing was heard for 1 s";
    int told = 0;
    for (Future<Object> end : ends) {
      assertThatThrownBy(end::get).hasMessageContaining("collective: worker ");
      told += end.toString().contains(reason) ? 1 : 0;
    }
    assertThat(told).isGreaterThan(size / 2);
  }

  @Test
  void cutEndsAllWithItsReason() throws Exception {
    assertAllEnd(50);
  }

  @Test
  @Tag("soak")
  void hundredsOfWorkers() throws Exception {
    assertSums(300, 10_000, 3);
    assertSums(512, 600, 1);
    assertAllEnd(400);
  }
}
