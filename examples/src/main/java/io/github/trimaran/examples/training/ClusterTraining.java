package io.github.trimaran.examples.training;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.BackendOptions;
import io.github.trimaran.backend.Backends;
import io.github.trimaran.backend.Precision;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.examples.datasets.RemoteImages;
import io.github.trimaran.examples.run.Cluster;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.files.Sha256;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A training by several computers, which each do their part of every batch. What comes back is the
 * checkpoint of the whole training, to be gone on with here: nothing is left to train, so that
 * measures and saves what they have trained.
 *
 * @param images to train on
 * @param experiment what to train and how
 * @param backend what computes
 * @param device where
 * @param precision how exactly
 * @param dtype in which numbers
 * @param seed of everything random
 * @param files the first weights, and what to go on from
 */
public record ClusterTraining(
    RemoteImages images,
    Experiment experiment,
    String backend,
    String device,
    Precision precision,
    DType dtype,
    long seed,
    Sent files)
    implements Cluster.Work<byte[]> {

  private static final byte[] NOTHING = {};

  /** Checks that the computers need not know of one another's samples. */
  public ClusterTraining {
    if (experiment.refinements().hardest() < 1) {
      throw new InputException(
          "--hardest: a worker of a cluster does not see the whole batch; leave it out with"
              + " --cluster");
    }
  }

  /**
   * Files that go along.
   *
   * @param save where the first worker saves after each epoch, to go on from there if a computer is
   *     lost; null for nowhere
   * @param before the digest of what lies there already, which is of no use; empty for nothing
   * @param resume a checkpoint to go on from; empty for none
   * @param init a saved model of the first weights; empty for none
   */
  public record Sent(String save, String before, byte[] resume, byte[] init)
      implements java.io.Serializable {

    /** Those that were given here. */
    public static Sent of(Training.Files given) throws IOException {
      Path save = given.save() == null ? null : given.save().toAbsolutePath();
      return new Sent(
          save == null ? null : save.toString(),
          save != null && Files.exists(save) ? Sha256.of(save) : "",
          given.resume() == null ? NOTHING : Files.readAllBytes(given.resume()),
          given.init() == null ? NOTHING : Files.readAllBytes(given.init()));
    }

    /** What the first worker has saved since all was begun, else what to go on from. */
    private byte[] latest(Collective worker, boolean again) throws IOException {
      byte[] own = resume;
      if (again && save != null && worker.rank() == 0) {
        Path file = Path.of(save);
        if (Files.exists(file) && !Sha256.of(file).equals(before)) {
          own = Files.readAllBytes(file);
        }
      }
      return worker.broadcast(own, 0);
    }
  }

  @Override
  public byte[] of(Collective worker, int threads, boolean again) throws IOException {
    Path folder = Files.createTempDirectory("trimaran-worker");
    Path mine = folder.resolve("run.safetensors");
    Path begun = folder.resolve("begun.safetensors");
    Path first = folder.resolve("first.safetensors");
    try (Backend<?> own = Backends.get(backend, new BackendOptions(threads, device, precision))) {
      boolean saves = worker.rank() == 0 && files.save() != null;
      Path saved = saves ? Path.of(files.save()) : mine;
      Path resume = written(begun, files.latest(worker, again));
      Path init = resume == null ? written(first, files.init()) : null;
      Training.Files known = new Training.Files(saved, resume, init);
      new Training(own, dtype, seed, known, new Console(new PrintWriter(Writer.nullWriter()), true))
          .sideBySide(worker)
          .fit(images.load(), experiment);
      return worker.rank() == 0 ? Files.readAllBytes(saved) : NOTHING;
    } finally {
      for (Path file : new Path[] {mine, begun, first, folder}) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The file with that content; null for none. */
  private static Path written(Path file, byte[] content) throws IOException {
    return content.length == 0 ? null : Files.write(file, content);
  }
}
