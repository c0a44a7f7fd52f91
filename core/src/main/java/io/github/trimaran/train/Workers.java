package io.github.trimaran.train;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.Pipeline;
import io.github.trimaran.data.Shard;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.SharedBatch;
import io.github.trimaran.tensor.Tensor;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * What the workers of one call of {@link Trainer#fit} do together. A training alone has one worker,
 * and none of it.
 *
 * <p>The loss of a batch is {@code sum over workers r of n[r] / n * L[r]}, with n[r] what the loss
 * L[r] of worker r's shard is the mean of. So each takes the gradients of {@code n[r] / n * L[r]},
 * and their sum is the gradient of the whole.
 */
final class Workers implements AutoCloseable {

  /**
   * What workers found for a batch.
   *
   * @param count what the loss is the mean of
   * @param loss the mean, without regularisation
   */
  record Totals(double count, double loss, int samples, long labelled, long correct) {

    static Totals of(Outcome outcome, Shard shard) {
      if (shard.samples() == 0) {
        return new Totals(0, 0, 0, 0, 0);
      }
      Confusion hits = Confusion.withoutTable();
      hits.add(outcome);
      return new Totals(
          outcome.countIn(shard.samples()),
          outcome.loss().item(),
          shard.samples(),
          hits.labelled(),
          hits.correct());
    }

    /** What counts nothing costs nothing, even if its mean is that of nothing. */
    private double[] toSums(boolean stop) {
      return new double[] {
        count, count == 0 ? 0 : count * loss, samples, labelled, correct, stop ? 1 : 0
      };
    }

    private static Totals ofSums(double[] sums) {
      return new Totals(
          sums[0], sums[1] / sums[0], (int) sums[2], Math.round(sums[3]), Math.round(sums[4]));
    }
  }

  private final Collective collective;
  private final BooleanSupplier stopRequested;

  /** Null for a training alone. */
  private final Pipeline pipeline;

  private boolean stop;

  /** {@code stopRequested}: whether this worker is asked to stop. */
  Workers(Collective collective, BooleanSupplier stopRequested) {
    this.collective = collective;
    this.stopRequested = stopRequested;
    this.pipeline = collective.size() == 1 ? null : new Pipeline(collective);
  }

  boolean areSeveral() {
    return pipeline != null;
  }

  /** Whether it is this one that writes files. */
  boolean isFirst() {
    return collective.rank() == 0;
  }

  /** Which part of batches this one has. */
  Shard.Of shard() {
    return new Shard.Of(collective.rank(), collective.size());
  }

  /** How the model is run on a shard of a batch: what is random is another for each worker. */
  Mode mode(Rng rng, Shard shard) {
    return pipeline == null
        ? Mode.train(rng)
        : Mode.train(rng.fork("worker").fork(collective.rank()))
            .sharing(new SharedBatch(pipeline, shard.samples() > 0));
  }

  // ---- steps ----------------------------------------------------------------------------------

  /** What all found, and whether one of them is asked to stop. */
  Totals total(Totals own) {
    if (pipeline == null) {
      return own;
    }
    double[] sums = own.toSums(stopRequested.getAsBoolean());
    pipeline.allReduce(sums);
    stop = sums[5] > 0;
    return Totals.ofSums(sums);
  }

  /** This worker's summand of the loss. */
  Tensor summand(Outcome outcome, Totals own, Totals all) {
    if (pipeline == null) {
      return outcome.loss();
    }
    if (own.count() > 0 || all.count() == 0 || Double.isFinite(outcome.loss().item())) {
      return outcome.loss().mul(own.count() / all.count());
    }
    if (outcome.outputs() == null) {
      throw new IllegalArgumentException(
          "training: all samples of worker "
              + collective.rank()
              + " weigh nothing; tell the objective's outcome by scored(outputs, targets), so that"
              + " it can take part all the same");
    }
    // The mean of nothing is NaN, and so would be all gradients.
    return outcome.outputs().sum().mul(0);
  }

  /** To sum up gradients while more are computed. */
  GradientSum gradientSum() {
    return new GradientSum(pipeline);
  }

  /** Whether training is to stop: asked of one worker, it is known to all after the next step. */
  boolean stopsHere() {
    return pipeline == null ? stopRequested.getAsBoolean() : stop;
  }

  // ---- the beginning and the end --------------------------------------------------------------

  /** Requires that all begin alike. */
  void begin(Trainer trainer, int epochs, int batchesPerEpoch) {
    if (pipeline == null) {
      return;
    }
    MessageDigest digest = Sha256.digest();
    Progress progress = trainer.progress();
    long[] place = {
      progress.epoch, progress.batch, progress.step, epochs, batchesPerEpoch, trainer.rngState()
    };
    for (long number : place) {
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }
    feed(digest, trainer.model().stateDict());
    feed(digest, trainer.optimizer().state());
    List<byte[]> all = pipeline.allGather(digest.digest());
    for (int rank = 1; rank < all.size(); rank++) {
      if (!Arrays.equals(all.get(rank), all.get(0))) {
        throw new IllegalStateException(
            "training: worker "
                + rank
                + " does not begin as worker 0 does; give all the same model, seeds, batches and"
                + " epochs, and let all resume from the same checkpoint");
      }
    }
  }

  private static void feed(MessageDigest digest, StateDict state) {
    for (String name : state.names()) {
      digest.update(name.getBytes(StandardCharsets.UTF_8));
      digest.update(ArrayMessage.of(List.of(state.get(name))));
    }
  }

  /** Lets the others end when this one does not go on. */
  void fail(Throwable thrown) {
    // All diverge at the same step, and all know.
    if (pipeline != null && !(thrown instanceof DivergedException)) {
      pipeline.fail(
          "training: worker "
              + collective.rank()
              + " of "
              + collective.size()
              + " failed: "
              + (thrown.getMessage() == null ? thrown : thrown.getMessage()));
    }
  }

  /** For what evaluation exchanges. */
  Collective collective() {
    return pipeline == null ? collective : pipeline;
  }

  @Override
  public void close() {
    if (pipeline != null) {
      pipeline.close();
    }
  }
}
