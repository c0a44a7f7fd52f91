package io.github.trimaran.backend.cpu.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

  @Test
  void runsEveryTaskOnce() {
    for (int threads = 1; threads <= 3; threads++) {
      Workers workers = new Workers(threads);
      for (int count : new int[] {0, 1, 2, 1000}) {
        AtomicIntegerArray runs = new AtomicIntegerArray(1000);
        workers.forEach(count, runs::incrementAndGet);
        for (int i = 0; i < 1000; i++) {
          assertThat(runs.get(i)).isEqualTo(i < count ? 1 : 0);
        }
      }
    }
  }

  @Test
  void cutsARangeWithoutGaps() {
    AtomicLong sum = new AtomicLong();
    new Workers(2)
        .ranges(
            1001,
            10,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                sum.addAndGet(i);
              }
            });
    assertThat(sum.get()).isEqualTo(1001L * 1000 / 2);
  }

  @Test
  void tasksMayHandOutWorkThemselves() {
    Workers workers = new Workers(2);
    AtomicLong runs = new AtomicLong();
    workers.forEach(
        20, i -> workers.forEach(20, j -> workers.forEach(5, k -> runs.incrementAndGet())));
    assertThat(runs.get()).isEqualTo(2000);
  }

  @Test
  void severalThreadsMayUseThemAtOnce() throws InterruptedException {
    Workers workers = new Workers(2);
    AtomicLong runs = new AtomicLong();
    Thread[] users = new Thread[4];
    for (int t = 0; t < users.length; t++) {
      users[t] =
          new Thread(
              () -> {
                for (int i = 0; i < 500; i++) {
                  workers.forEach(7, k -> runs.incrementAndGet());
                }
              });
      users[t].start();
    }
    for (Thread user : users) {
      user.join();
    }
    assertThat(runs.get()).isEqualTo(4 * 500 * 7);
  }

  @Test
  void eachThreadBeginsWithItsOwnShare() {
    Workers workers = new Workers(2);
    Map<Thread, Integer> firsts = new ConcurrentHashMap<>();
    CountDownLatch both = new CountDownLatch(2);
    workers.forEach(
        8,
        i -> {
          if (firsts.putIfAbsent(Thread.currentThread(), i) == null) {
            both.countDown();
            await(both); // so that neither does everything before the other comes
          }
        });
    assertThat(firsts).containsEntry(Thread.currentThread(), 0).hasSize(2).containsValue(4);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailureReachesTheCaller() {
    Workers workers = new Workers(2);
    for (int bad = 0; bad < 10; bad++) {
      int failing = bad;
      assertThatThrownBy(
              () ->
                  workers.forEach(
                      10,
                      i -> {
                        if (i == failing) {
                          throw new IndexOutOfBoundsException("task " + i);
                        }
                      }))
          .isInstanceOf(IndexOutOfBoundsException.class)
          .hasMessage("task " + bad);
    }
  }
}
