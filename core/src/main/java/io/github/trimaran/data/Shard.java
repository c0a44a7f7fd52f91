package io.github.trimaran.data;

/**
 * What one of several workers computes of a batch.
 *
 * <pre>{@code
 * for (Shard shard : batches.shards(0, 0, new Shard.Of(1, 4))) {
 *   System.out.println(shard.samples() + " of the batch's samples: " + shard.batch());
 * }
 * }</pre>
 *
 * @param batch its samples. A worker that has none, of a batch with fewer samples than there are
 *     workers, is given one of another's, so that it can take part in what all do
 * @param samples how many of them are its own; 0 for the latter
 */
public record Shard(Batch batch, int samples) {

  /**
   * A worker.
   *
   * @param rank which, from 0
   * @param size how many there are
   */
  public record Of(int rank, int size) {

    /** The only one. */
    public static final Of ALL = new Of(0, 1);

    /** Requires that there is such a worker. */
    public Of {
      if (rank < 0 || rank >= size) {
        throw new IllegalArgumentException(
            "shard: there is no worker " + rank + " of " + size + " workers");
      }
    }

    /** The first of its samples of a batch of that many, and what comes behind its last. */
    int[] bounds(int samples) {
      return new int[] {(int) ((long) rank * samples / size), (int) ((rank + 1L) * samples / size)};
    }

    /** Its part of a batch. */
    public Shard of(Batch batch) {
      if (size == 1) {
        return new Shard(batch, batch.size());
      }
      int[] bounds = bounds(batch.size());
      return bounds[0] == bounds[1]
          ? new Shard(batch.range(0, 1), 0)
          : new Shard(batch.range(bounds[0], bounds[1]), bounds[1] - bounds[0]);
    }
  }
}
