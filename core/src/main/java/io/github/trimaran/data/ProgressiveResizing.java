package io.github.trimaran.data;

import java.util.function.IntToDoubleFunction;

/**
 * Batches whose images are smaller in early epochs, where a network that takes images of any size
 * learns the coarse from them in less time. (Howard 2018 won DAWNBench so; MosaicML's Composer has
 * it under this name.) Three quarters the height and width are 0.56 of the arithmetic.
 *
 * <pre>{@code
 * // Nine epochs on images of 24 x 24 pixels, the others on the usual ones of 32 x 32.
 * BatchSource growing = new ProgressiveResizing(batches, epoch -> epoch < 9 ? 0.75 : 1);
 * trainer.fit(growing, 18);
 * }</pre>
 *
 * <p>Images are resized when everything else about a batch is done. What is measured at the end,
 * such as batch norm's running statistics, comes from the last epochs, which should have whole
 * images.
 */
public final class ProgressiveResizing implements BatchSource {

  private final BatchSource batches;
  private final IntToDoubleFunction scale;

  /**
   * Of these batches of images {@code [N, C, H, W]}.
   *
   * @param scale how high and wide images are in an epoch, counted from 0: over 0, and 1 for as
   *     they are
   */
  public ProgressiveResizing(BatchSource batches, IntToDoubleFunction scale) {
    this.batches = batches;
    this.scale = scale;
  }

  @Override
  public int perEpoch() {
    return batches.perEpoch();
  }

  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    double factor = factor(epoch);
    return new Mapped<>(batches.epoch(epoch, first), batch -> resized(batch, factor));
  }

  @Override
  public Iterable<Shard> shards(int epoch, int first, Shard.Of worker) {
    double factor = factor(epoch);
    return new Mapped<>(
        batches.shards(epoch, first, worker),
        shard -> new Shard(resized(shard.batch(), factor), shard.samples()));
  }

  private double factor(int epoch) {
    double factor = scale.applyAsDouble(epoch);
    if (!(factor > 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "resize: scale must be over 0, is " + factor + " in epoch " + epoch);
    }
    return factor;
  }

  private static Batch resized(Batch batch, double factor) {
    if (factor == 1) {
      return batch;
    }
    int height = scaled(batch.input().shape().dim(-2), factor);
    int width = scaled(batch.input().shape().dim(-1), factor);
    return new ResizeImages(height, width).apply(batch);
  }

  private static int scaled(int pixels, double factor) {
    return (int) Math.max(1, Math.round(pixels * factor));
  }
}
