package io.github.trimaran.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class DataLoaderTest {

  /** Sample i is the number i, its target i * i. */
  private static Samples numbers(int size) {
    return Samples.of(
        size,
        i ->
            Sample.of(
                HostArray.of(new float[] {i}, Shape.of(1)),
                HostArray.of(new float[] {i * i}, Shape.of(1))));
  }

  private static SampleStream stream(int size) {
    return SampleStream.of(
        size,
        () -> {
          AtomicInteger next = new AtomicInteger();
          return SampleStream.Reader.of(
              () -> next.get() < size ? numbers(size).get(next.getAndIncrement()) : null, () -> {});
        });
  }

  private static List<Integer> order(Iterable<Batch> batches) {
    List<Integer> order = new ArrayList<>();
    for (Batch batch : batches) {
      for (float value : batch.input().floats()) {
        order.add((int) value);
      }
    }
    return order;
  }

  private static List<Batch> list(Iterable<Batch> batches) {
    List<Batch> list = new ArrayList<>();
    batches.forEach(list::add);
    return list;
  }

  @Test
  void samplesAreStackedInOrder() {
    List<Batch> batches = list(new DataLoader(numbers(5), 2).epoch(0));
    assertThat(batches).extracting(Batch::size).containsExactly(2, 2, 1);
    assertThat(batches.get(1).input()).isEqualTo(HostArray.of(new float[] {2, 3}, Shape.of(2, 1)));
    assertThat(batches.get(1).target()).isEqualTo(HostArray.of(new float[] {4, 9}, Shape.of(2, 1)));
  }

  @Test
  void theLastShortBatchCanBeDropped() {
    DataLoader loader = new DataLoader(numbers(5), 2).dropLast();
    assertThat(loader.perEpoch()).isEqualTo(2);
    assertThat(order(loader.epoch(0))).containsExactly(0, 1, 2, 3);
    assertThatThrownBy(() -> new DataLoader(numbers(1), 2).dropLast().perEpoch())
        .hasMessage("batches: there are 1 samples, less than one batch of 2");
    assertThatThrownBy(() -> new DataLoader(numbers(0), 2).perEpoch())
        .hasMessage("batches: there are 0 samples");
  }

  @Test
  void ordersAndPlacesFollowFromSeedEpochAndPlaceAlone() {
    Rng rng = Rng.seeded(3);
    List<Double> drawn = new ArrayList<>();
    DataLoader loader =
        new DataLoader(numbers(7), 3)
            .shuffle(rng)
            .transform(
                (sample, place) -> {
                  drawn.add(place.rng().nextDouble());
                  assertThat(sample.input().floats()[0]).isEqualTo(place.index());
                  return sample;
                });
    assertThat(order(loader.epoch(4)))
        .containsExactlyElementsOf(
            Arrays.stream(rng.fork("shuffle").fork(4).permutation(7)).boxed().toList());
    for (int place = 0; place < 7; place++) {
      double expected = rng.fork("augment").fork(4).fork(place).nextDouble();
      assertThat(drawn.get(place)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void resultsDoNotDependOnTheNumberOfThreads(int workers) {
    SampleTransform noisy =
        (sample, place) -> {
          float noise = (float) place.rng().nextGaussian();
          return sample.with("input", HostArray.of(new float[] {noise}, Shape.of(1)));
        };
    BatchTransform marked =
        (batch, rng) ->
            batch.with("mark", HostArray.of(new double[] {rng.nextDouble()}, Shape.of(1)));
    Rng rng = Rng.seeded(9);
    for (DataLoader serial :
        List.of(
            new DataLoader(numbers(103), 4).shuffle(rng).transform(noisy).transformBatch(marked),
            new DataLoader(stream(103), 4)
                .shuffle(rng, 20)
                .transform(noisy)
                .transformBatch(marked))) {
      try (DataLoader threaded = serial.workers(workers)) {
        for (int epoch = 0; epoch < 3; epoch++) {
          List<Batch> expected = list(serial.epoch(epoch));
          assertThat(list(threaded.epoch(epoch)))
              .usingElementComparator((a, b) -> a.arrays().equals(b.arrays()) ? 0 : 1)
              .isEqualTo(expected);
          assertThat(list(threaded.epoch(epoch, 7)))
              .usingElementComparator((a, b) -> a.arrays().equals(b.arrays()) ? 0 : 1)
              .isEqualTo(expected.subList(7, expected.size()));
        }
      }
    }
  }

  @Test
  void batchesAreMadeWhileTheCallerDoesSomethingElse() throws Exception {
    CountDownLatch second = new CountDownLatch(2);
    Samples counted =
        Samples.of(
            10,
            i -> {
              second.countDown();
              return numbers(10).get(i);
            });
    try (DataLoader loader = new DataLoader(counted, 1).workers(1)) {
      Iterator<Batch> batches = loader.epoch(0).iterator();
      batches.next();
      assertThat(second.await(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void noMoreThanSoManyAreMadeAhead() throws Exception {
    AtomicInteger made = new AtomicInteger();
    Samples counted =
        Samples.of(
            100,
            i -> {
              made.incrementAndGet();
              return numbers(100).get(i);
            });
    try (DataLoader loader = new DataLoader(counted, 1).workers(2, 3)) {
      Iterator<Batch> batches = loader.epoch(0).iterator();
      batches.next();
      batches.next();
      Thread.sleep(100);
      assertThat(made.get()).isLessThanOrEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void whatGoesWrongArrivesAtItsBatch(int workers) {
    Samples damaged =
        Samples.of(
            20,
            i -> {
              if (i == 9) {
                throw new DataException("cats/9.png: damaged picture; replace it");
              }
              return numbers(20).get(i);
            });
    try (DataLoader loader = new DataLoader(damaged, 2).workers(workers)) {
      Iterator<Batch> batches = loader.epoch(0).iterator();
      for (int i = 0; i < 4; i++) {
        assertThat(batches.next().size()).isEqualTo(2);
      }
      assertThatThrownBy(batches::next)
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage("cats/9.png: damaged picture; replace it")
          .hasCauseInstanceOf(DataException.class);
      assertThat(batches.hasNext()).isFalse();
    }
  }

  @Test
  void errorsAndRuntimeExceptionsArriveAsTheyAre() {
    Samples failing =
        Samples.of(
            2,
            i -> {
              if (i == 0) {
                throw new IllegalStateException("first");
              }
              throw new StackOverflowError("second");
            });
    try (DataLoader loader = new DataLoader(failing, 1).workers(1)) {
      assertThatThrownBy(() -> loader.epoch(0).iterator().next())
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("first");
      assertThatThrownBy(() -> loader.epoch(0, 1).iterator().next())
          .isInstanceOf(StackOverflowError.class)
          .hasMessage("second");
    }
  }

  @Test
  void closingEndsTheThreadsAndWhoWaits() throws Exception {
    List<Thread> threads = new ArrayList<>();
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Samples slow =
        Samples.of(
            50,
            i -> {
              synchronized (threads) {
                threads.add(Thread.currentThread());
              }
              begun.countDown();
              try {
                release.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
              return numbers(50).get(i);
            });
    DataLoader loader = new DataLoader(slow, 1).workers(1, 5);
    Iterator<Batch> batches = loader.epoch(0).iterator();
    Thread caller = Thread.currentThread();
    Thread closer =
        new Thread(
            () -> {
              try {
                begun.await();
                // The caller, too, is to have asked for its batches and to wait for the first.
                while (caller.getState() != Thread.State.WAITING) {
                  Thread.sleep(1);
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              loader.close();
              release.countDown();
            });
    closer.start();
    batches.next(); // It was in the making when the loader was closed.
    assertThatThrownBy(batches::next)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("batches: the loader was closed before its epoch was over");
    assertThatThrownBy(() -> loader.epoch(0).iterator())
        .hasMessage("batches: the loader is closed; make another");
    closer.join();
    for (Thread thread : threads) {
      thread.join(20_000);
      assertThat(thread.isAlive()).isFalse();
    }
    assertThat(threads).hasSize(1).doesNotContain(Thread.currentThread());
  }

  @Test
  void aStreamKeepsItsOrderOrIsDrawnFromABuffer() {
    assertThat(order(new DataLoader(stream(5), 2).epoch(0))).containsExactly(0, 1, 2, 3, 4);
    DataLoader shuffled = new DataLoader(stream(200), 7).shuffle(Rng.seeded(1), 10);
    List<Integer> first = order(shuffled.epoch(0));
    assertThat(first).hasSize(200).doesNotHaveDuplicates();
    assertThat(order(shuffled.epoch(0))).isEqualTo(first);
    assertThat(order(shuffled.epoch(1))).isNotEqualTo(first);
    for (int place = 0; place < 200; place++) {
      // At place p the buffer has seen samples 0 to p + 9.
      assertThat(first.get(place)).isLessThan(place + 10);
    }
    assertThat(first).isNotEqualTo(first.stream().sorted().toList());
    assertThat(order(shuffled.epoch(0, 3))).isEqualTo(first.subList(21, 200));
  }

  @Test
  void aBufferAsLargeAsTheStreamMakesEveryOrderAlikely() {
    int[] counts = new int[6];
    DataLoader shuffled = new DataLoader(stream(3), 3).shuffle(Rng.seeded(2), 3);
    for (int epoch = 0; epoch < 6000; epoch++) {
      List<Integer> order = order(shuffled.epoch(epoch));
      counts[order.get(0) * 2 + (order.get(1) > order.get(2) ? 1 : 0)]++;
    }
    // 1000 each, with a deviation of 29.
    assertThat(Arrays.stream(counts).boxed())
        .allSatisfy(count -> assertThat(count).isBetween(850, 1150));
  }

  @Test
  void aStreamThatEndsTooEarlySaysSo() {
    SampleStream shorter = SampleStream.of(10, stream(7)::open);
    assertThatThrownBy(() -> order(new DataLoader(shorter, 4).workers(1).epoch(0)))
        .hasMessage("stream: ended after 7 samples, it is said to have 10");
  }

  @Test
  void aStreamIsClosedAtTheEndAndWhenItsEpochIsGivenUp() {
    AtomicInteger open = new AtomicInteger();
    SampleStream counted =
        SampleStream.of(
            6,
            () -> {
              open.incrementAndGet();
              SampleStream.Reader reader = stream(6).open();
              return SampleStream.Reader.of(reader::next, open::decrementAndGet);
            });
    try (DataLoader loader = new DataLoader(counted, 2)) {
      order(loader.epoch(0));
      assertThat(open).hasValue(0);
      Iterator<Batch> abandoned = loader.epoch(1).iterator();
      abandoned.next();
      assertThat(open).hasValue(1);
    }
    assertThat(open).hasValue(0);
  }

  @Test
  void settingsThatMakeNoSenseAreRefused() {
    assertThatThrownBy(() -> new DataLoader(stream(3), 1).shuffle(Rng.seeded(1)))
        .hasMessageContaining("within a buffer");
    assertThatThrownBy(() -> new DataLoader(numbers(3), 1).shuffle(Rng.seeded(1), 2))
        .hasMessageContaining("a buffer is for streams");
    assertThatThrownBy(() -> new DataLoader(numbers(3), 0))
        .hasMessage("batches: size must be at least 1, is 0");
    assertThatThrownBy(() -> new DataLoader(numbers(3), 1).workers(-1))
        .hasMessageContaining("0 or more threads");
    assertThatThrownBy(() -> new DataLoader(numbers(3), 1).epoch(0, 4))
        .hasMessage("batches: there is no batch 4 in epoch 0 of 3 batches");
  }
}
