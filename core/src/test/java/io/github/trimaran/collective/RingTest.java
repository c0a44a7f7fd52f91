package io.github.trimaran.collective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RingTest {

  /** Whole numbers, so that the order of the sum does not show: length n, worker r has r + i. */
  @ParameterizedTest
  @CsvSource({"1, 5", "2, 1", "2, 7", "3, 2", "4, 0", "5, 1000", "3, 2100001"})
  void sumsUpWhateverTheLength(int size, int length) throws Exception {
    List<float[]> floats =
        SideBySide.run(
            Ring.ofThreads(size),
            worker -> {
              float[] values = new float[length];
              double[] doubles = new double[length];
              for (int i = 0; i < length; i++) {
                values[i] = worker.rank() + i % 1000;
                doubles[i] = 2 * values[i];
              }
              worker.allReduce(values);
              worker.allReduce(doubles);
              for (int i = 0; i < length; i += 1 + length / 1000) {
                assertThat(doubles[i]).isEqualTo(2.0 * values[i]);
              }
              return values;
            });
    for (float[] values : floats) {
      for (int i = 0; i < length; i += 1 + length / 1000) {
        assertThat(values[i]).isEqualTo(size * (i % 1000) + size * (size - 1) / 2);
      }
    }
  }

  /**
   * 1e16 swallows a 1 that is added to it. Part c is summed up from worker c + 1 on: of three
   * workers with 1, 1e16 and -1e16, part 0 is (1e16 - 1e16) + 1, part 1 (-1e16 + 1) + 1e16, and
   * part 2 (1 + 1e16) - 1e16.
   */
  @Test
  void orderOfTheSumFollowsFromThePlace() throws Exception {
    double[] own = {1, 1e16, -1e16};
    double lost = -1e16 + 1 + 1e16;
    for (int repeat = 0; repeat < 20; repeat++) {
      for (double[] sums :
          SideBySide.run(
              Ring.ofThreads(3),
              worker -> {
                Thread.sleep((worker.rank() * 7L + 3) % 5);
                double[] values = new double[3];
                Arrays.fill(values, own[worker.rank()]);
                worker.allReduce(values);
                return values;
              })) {
        assertThat(sums).containsExactly(1, lost, 0);
      }
    }
  }

  @Test
  void broadcastsAndGathersMessagesOfAnyLength() throws Exception {
    List<List<byte[]>> all =
        SideBySide.run(
            Ring.ofThreads(3),
            worker -> {
              byte[] sent = {(byte) (10 + worker.rank())};
              assertThat(worker.broadcast(sent, 2)).containsExactly(12);
              assertThat(worker.broadcast(worker.rank() == 0 ? new byte[0] : null, 0)).isEmpty();
              return worker.allGather(new byte[worker.rank()]);
            });
    for (List<byte[]> gathered : all) {
      assertThat(gathered).extracting(message -> message.length).containsExactly(0, 1, 2);
    }
  }

  @Test
  void barrierWaitsForTheLast() throws Exception {
    AtomicInteger there = new AtomicInteger();
    assertThat(
            SideBySide.run(
                Ring.ofThreads(4),
                worker -> {
                  Thread.sleep(10L * worker.rank());
                  there.incrementAndGet();
                  worker.barrier();
                  return there.get();
                }))
        .containsExactly(4, 4, 4, 4);
  }

  @Test
  void whoDoesSomethingElseIsToldSo() throws Exception {
    List<Future<Object>> ends =
        SideBySide.each(
            Ring.ofThreads(3),
            worker -> {
              worker.allReduce(new double[worker.rank() == 1 ? 30 : 60]);
              return null;
            });
    assertThat(ends)
        .allSatisfy(
            end ->
                assertThatThrownBy(end::get)
                    .hasCauseInstanceOf(UncheckedIOException.class)
                    .hasMessageMatching(
                        ".*collective: worker \\d of 3, a sum of .* numbers: .*does something"
                            + " else.*"));
  }

  @Test
  void failureOfOneEndsAll() throws Exception {
    CyclicBarrier begun = new CyclicBarrier(4);
    List<Future<Object>> ends =
        SideBySide.each(
            Ring.ofThreads(4),
            worker -> {
              begun.await();
              if (worker.rank() == 2) {
                worker.fail("worker 2: the disk is full");
                return null;
              }
              worker.allReduce(new float[100]);
              return null;
            });
    assertThat(ends.get(2).get()).isNull();
    for (int rank : new int[] {0, 1, 3}) {
      assertThatThrownBy(ends.get(rank)::get)
          .hasMessageMatching(".*(the disk is full|has left|is closed)");
    }
    assertThatThrownBy(ends.get(3)::get).hasMessageContaining("worker 2: the disk is full");
  }

  @Test
  void noCallAfterTheEnd() {
    Collective worker = Ring.ofThreads(1).get(0);
    worker.close();
    assertThatThrownBy(worker::barrier)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("collective: worker 0 of 1 is closed");
    assertThatThrownBy(() -> new Ring(2, 2, null, null))
        .hasMessage("collective: there is no worker 2 of 2 workers");
    assertThatThrownBy(() -> Ring.ofThreads(0))
        .hasMessage("collective: needs at least 1 worker, has 0");
  }

  @Test
  void aPipelineKeepsTheOrder() throws Exception {
    List<Double> sums =
        SideBySide.run(
            Ring.ofThreads(2),
            worker -> {
              try (Pipeline pipeline = new Pipeline(worker)) {
                float[] later = {1};
                Future<?> started = pipeline.startAllReduce(later);
                double[] at = {worker.rank()};
                pipeline.allReduce(at);
                Pipeline.await(started);
                return at[0] + 10 * later[0];
              }
            });
    assertThat(sums).containsExactly(21.0, 21.0);
  }
}
