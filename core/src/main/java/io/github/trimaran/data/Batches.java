package io.github.trimaran.data;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.random.Rng;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;

/**
 * The batches of a dataset, epoch by epoch. The last batch of an epoch has what is left and may be
 * short.
 *
 * <pre>{@code
 * Batches training =
 *     Batches.shuffled(dataset, 50, Rng.seeded(1))
 *         .normalized(Normalization.perChannel(dataset))
 *         .augmented(Flip.random());
 * for (Batch batch : training.epoch(0)) {
 *   System.out.println(batch);
 * }
 * }</pre>
 *
 * <p>Everything random about epoch {@code e} follows from the seed and {@code e} alone, and the
 * augmentation of an image, and the mixing of a batch, from its place in that epoch. So a position
 * is two numbers, epoch and batch, and training goes on from there with the same batches as if it
 * had never stopped.
 */
public final class Batches implements BatchSource {

  private final Dataset dataset;
  private final int batchSize;
  private final Rng rng;
  private final boolean shuffle;
  private final Normalization normalization;
  private final Augmentation augmentation;
  private final Mixing mixing;

  private Batches(
      Dataset dataset,
      int batchSize,
      Rng rng,
      boolean shuffle,
      Normalization normalization,
      Augmentation augmentation,
      Mixing mixing) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batches: size must be at least 1, is " + batchSize);
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.rng = rng;
    this.shuffle = shuffle;
    this.normalization = normalization;
    this.augmentation = augmentation;
    this.mixing = mixing;
  }

  /** Every epoch in the order of the dataset, values 0..255 scaled to 0..1. */
  public static Batches inOrder(Dataset dataset, int batchSize) {
    return new Batches(
        dataset,
        batchSize,
        Rng.seeded(0),
        false,
        Normalization.unit(),
        Augmentation.NONE,
        Mixing.NONE);
  }

  /**
   * Every epoch in another order, values 0..255 scaled to 0..1.
   *
   * @param rng what the orders follow from; it is not advanced
   */
  public static Batches shuffled(Dataset dataset, int batchSize, Rng rng) {
    return new Batches(
        dataset,
        batchSize,
        Rng.restore(rng.state()),
        true,
        Normalization.unit(),
        Augmentation.NONE,
        Mixing.NONE);
  }

  /** The same with another normalisation. */
  public Batches normalized(Normalization other) {
    return new Batches(dataset, batchSize, rng, shuffle, other, augmentation, mixing);
  }

  /** The same with each image changed after normalisation, another way in every epoch. */
  public Batches augmented(Augmentation other) {
    return new Batches(dataset, batchSize, rng, shuffle, normalization, other, mixing);
  }

  /** The same with the images of each batch mixed with one another, after augmentation. */
  public Batches mixed(Mixing other) {
    return new Batches(dataset, batchSize, rng, shuffle, normalization, augmentation, other);
  }

  /** What the batches are made from. */
  public Dataset dataset() {
    return dataset;
  }

  /** The number of images in all batches but the last. */
  public int batchSize() {
    return batchSize;
  }

  @Override
  public int perEpoch() {
    return Shape.stepsBelow(0, dataset.size(), batchSize);
  }

  /** The batches of an epoch, counted from 0; see {@link #epoch(int, int)}. */
  public Iterable<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  /**
   * The batches of an epoch from batch {@code first} on. A batch's arrays are used again for the
   * next one: it is valid until that is asked for.
   */
  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    if (epoch < 0 || first < 0 || first > perEpoch()) {
      throw new IllegalArgumentException(
          "batches: there is no batch "
              + first
              + " in epoch "
              + epoch
              + " of "
              + perEpoch()
              + " batches");
    }
    return () -> new Epoch(epoch, first);
  }

  private final class Epoch implements Iterator<Batch> {

    private final int epoch;
    private final int[] order;
    private final Rng imageRng;
    private final Rng mixingRng;
    private int position;
    private Batch batch;

    Epoch(int epoch, int first) {
      this.epoch = epoch;
      this.order =
          shuffle
              ? rng.fork("shuffle").fork(epoch).permutation(dataset.size())
              : IntStream.range(0, dataset.size()).toArray();
      this.imageRng = rng.fork("augment").fork(epoch);
      this.mixingRng = rng.fork("mix").fork(epoch);
      this.position = (int) Math.min((long) first * batchSize, dataset.size());
    }

    @Override
    public boolean hasNext() {
      return position < order.length;
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("batches: epoch " + epoch + " is over");
      }
      int size = Math.min(batchSize, order.length - position);
      if (batch == null || batch.size() != size) {
        batch = allocate(size);
      }
      for (int i = 0; i < size; i++) {
        fill(i);
      }
      Rng batchRng = mixingRng.fork(position);
      position += size;
      return mixing.mix(batch, dataset.classNames().size(), batchRng);
    }

    private void fill(int i) {
      Shape imageShape = dataset.imageShape();
      float[] values = batch.input().floats();
      int offset = i * imageShape.size();
      int index = order[position + i];
      batch.target().longs()[i] = dataset.label(index);
      dataset.copyImage(index, values, offset);
      normalization.apply(values, offset, imageShape);
      if (augmentation != Augmentation.NONE) {
        var image = new Augmentation.Image(values, offset, imageShape, index, epoch);
        augmentation.apply(image, imageRng.fork(position + i));
      }
    }
  }

  private Batch allocate(int size) {
    Shape image = dataset.imageShape();
    Shape images = Shape.of(size, image.dim(0), image.dim(1), image.dim(2));
    return Batch.of(
        HostArray.of(new float[images.size()], images),
        HostArray.of(new long[size], Shape.of(size)));
  }
}
