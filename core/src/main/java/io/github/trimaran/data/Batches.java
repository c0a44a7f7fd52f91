package io.github.trimaran.data;

import io.github.trimaran.random.Rng;

/**
 * The batches of a dataset of images, epoch by epoch: a {@link DataLoader} with what images are
 * usually given. The last batch of an epoch has what is left and may be short.
 *
 * <pre>{@code
 * Batches training =
 *     Batches.shuffled(split.train(), 50, Rng.seeded(1))
 *         .normalized(Normalization.perChannel(split.train()))
 *         .augmented(new RandomCrop(4, RandomCrop.Border.REFLECT).then(Flip.random()));
 * }</pre>
 *
 * <p>Bytes are scaled from 0..255 to 0..1 unless {@link #normalized} says otherwise; floats are
 * left as they are.
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
public final class Batches implements BatchSource, AutoCloseable {

  private final Dataset dataset;
  private final DataLoader plain;
  private final Normalization normalization;
  private final Augmentation augmentation;
  private final Mixing mixing;
  private final DataLoader loader;

  private Batches(
      Dataset dataset,
      DataLoader plain,
      Normalization normalization,
      Augmentation augmentation,
      Mixing mixing) {
    this.dataset = dataset;
    this.plain = plain;
    this.normalization = normalization;
    this.augmentation = augmentation;
    this.mixing = mixing;
    DataLoader made = plain.transform(normalization.andThen(augmentation));
    this.loader =
        mixing == Mixing.NONE
            ? made
            : made.transformBatch((batch, rng) -> mixing.mix(batch, dataset.classes(), rng));
  }

  private static Batches of(Dataset dataset, DataLoader plain) {
    Normalization usual = dataset.isBytes() ? Normalization.unit() : Normalization.none();
    return new Batches(dataset, plain, usual, Augmentation.NONE, Mixing.NONE);
  }

  /** Every epoch in the order of the dataset. */
  public static Batches inOrder(Dataset dataset, int batchSize) {
    return of(dataset, new DataLoader(dataset, batchSize));
  }

  /**
   * Every epoch in another order.
   *
   * @param rng what the orders follow from; it is not advanced
   */
  public static Batches shuffled(Dataset dataset, int batchSize, Rng rng) {
    return of(dataset, new DataLoader(dataset, batchSize).shuffle(rng));
  }

  /** The same with another normalisation. */
  public Batches normalized(Normalization other) {
    return new Batches(dataset, plain, other, augmentation, mixing);
  }

  /** The same with each image changed after normalisation, another way in every epoch. */
  public Batches augmented(Augmentation other) {
    return new Batches(dataset, plain, normalization, other, mixing);
  }

  /** The same with the images of each batch mixed with one another, after augmentation. */
  public Batches mixed(Mixing other) {
    return new Batches(dataset, plain, normalization, augmentation, other);
  }

  /** The same made ahead by that many threads; see {@link DataLoader#workers(int)}. */
  public Batches workers(int threads) {
    return new Batches(dataset, plain.workers(threads), normalization, augmentation, mixing);
  }

  /** What the batches are made from. */
  public Dataset dataset() {
    return dataset;
  }

  /** The number of images in all batches but the last. */
  public int batchSize() {
    return loader.batchSize();
  }

  @Override
  public int perEpoch() {
    return loader.perEpoch();
  }

  /** The batches of an epoch, counted from 0; see {@link #epoch(int, int)}. */
  public Iterable<Batch> epoch(int epoch) {
    return epoch(epoch, 0);
  }

  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    return loader.epoch(epoch, first);
  }

  @Override
  public Iterable<Shard> shards(int epoch, int first, Shard.Of worker) {
    return loader.shards(epoch, first, worker);
  }

  /** Ends the threads. */
  @Override
  public void close() {
    loader.close();
  }
}
