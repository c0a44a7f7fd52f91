package io.github.trimaran.train;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.random.Rng;
import java.util.stream.IntStream;

/** Small random images whose class is which of their quarters is brightest. */
final class ToyBatches implements BatchSource {

  private static final int SIZE = 4;

  private final int perEpoch;
  private final int batchSize;
  private final Rng rng;

  ToyBatches(int perEpoch, int batchSize, long seed) {
    this.perEpoch = perEpoch;
    this.batchSize = batchSize;
    this.rng = Rng.seeded(seed);
  }

  @Override
  public int perEpoch() {
    return perEpoch;
  }

  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    return () ->
        IntStream.range(first, perEpoch).mapToObj(i -> batch(rng.fork(epoch).fork(i))).iterator();
  }

  private Batch batch(Rng random) {
    float[] images = new float[batchSize * SIZE * SIZE];
    long[] labels = new long[batchSize];
    for (int n = 0; n < batchSize; n++) {
      int quarter = random.nextInt(4);
      labels[n] = quarter;
      for (int y = 0; y < SIZE; y++) {
        for (int x = 0; x < SIZE; x++) {
          boolean bright = y / 2 == quarter / 2 && x / 2 == quarter % 2;
          images[(n * SIZE + y) * SIZE + x] = (float) (random.nextGaussian() + (bright ? 3 : 0));
        }
      }
    }
    return Batch.of(
        HostArray.of(images, Shape.of(batchSize, 1, SIZE, SIZE)),
        HostArray.of(labels, Shape.of(batchSize)));
  }
}
