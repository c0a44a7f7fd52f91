package io.github.trimaran.train.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatcherTest {

  private static final int THREADS = 4;
  private static final int QUESTIONS = 20;
  private static final int MILLIS = 20;

  private final AtomicInteger batches = new AtomicInteger();

  /** Takes the same time for one as for many. */
  private List<List<HostArray>> compute(List<Map<String, HostArray>> samples) {
    batches.incrementAndGet();
    try {
      Thread.sleep(MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return samples.stream().map(sample -> List.copyOf(sample.values())).toList();
  }

  private static Map<String, HostArray> sample(int number) {
    return Map.of("input", HostArray.of(new float[] {number}, Shape.of(1)));
  }

  @Test
  void threadsThatAskAgainAndAgainShareTheirBatches() throws Exception {
    Batcher batcher = new Batcher(THREADS, true, this::compute);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> asked = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int own = t;
        asked.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < QUESTIONS; i++) {
                    int number = own * QUESTIONS + i;
                    List<HostArray> answer = batcher.ask(List.of(sample(number))).get(0);
                    assertThat(answer.get(0).floats()[0]).isEqualTo(number);
                  }
                }));
      }
      for (Future<?> each : asked) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    // Whoever comes back first and computes alone makes it two batches for each round: 40.
    assertThat(batches).hasValueLessThan(QUESTIONS * 3 / 2);
  }
}
