package io.github.trimaran.spark;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.io.files.Sha256;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Listener;
import io.github.trimaran.train.StepRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.apache.hadoop.fs.FileContext;
import org.apache.hadoop.fs.Options;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/**
 * A checkpoint on the cluster's file system, as a file of this machine: HDFS, an object store, or
 * any other that Spark reads, by its address.
 *
 * <pre>{@code
 * ClusterFile saved = ClusterFile.of("hdfs://name/runs/7.safetensors", worker);
 * Trainer trainer =
 *     Trainer.builder(model, adam).collective(worker)
 *         .checkpoint(saved.local(), 100).listener(saved.keeper()).build();
 * if (saved.fetch()) {
 *   trainer.resume(saved.local());
 * }
 * }</pre>
 *
 * <p>It is replaced whole or not at all. Where all machines see the same folder, a plain path does
 * the same.
 */
public final class ClusterFile {

  private final org.apache.hadoop.fs.Path address;
  private final FileContext files;
  private final Path local;
  private final Collective worker;
  private FileTime kept;

  private ClusterFile(String address, FileContext files, Path local, Collective worker) {
    this.address = new org.apache.hadoop.fs.Path(address);
    this.files = files;
    this.local = local;
    this.worker = worker;
  }

  /**
   * The file of that address, as this worker sees it.
   *
   * @throws IOException if there is no such file system
   */
  public static ClusterFile of(String address, Collective worker) throws IOException {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(address);
    Path folder = Files.createTempDirectory("trimaran-cluster-file");
    FileContext files =
        FileContext.getFileContext(
            path.toUri(), SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
    return new ClusterFile(address, files, folder.resolve(path.getName()), worker);
  }

  /** Where it lies on this machine. */
  public Path local() {
    return local;
  }

  /**
   * Brings it to this machine, the same to all workers.
   *
   * @return whether it is there
   */
  public boolean fetch() throws IOException {
    boolean there = worker.rank() == 0 && files.util().exists(address);
    boolean anywhere = worker.broadcast(new byte[] {(byte) (there ? 1 : 0)}, 0)[0] == 1;
    if (anywhere) {
      copy(address, new org.apache.hadoop.fs.Path(local.toUri()));
      byte[] own = Sha256.of(local).getBytes(StandardCharsets.UTF_8);
      for (byte[] other : worker.allGather(own)) {
        if (!Arrays.equals(own, other)) {
          throw new IOException(address + ": the workers do not read the same; is it written to?");
        }
      }
    }
    return anywhere;
  }

  /** Brings to the cluster what the trainer writes, by the first worker. */
  public Listener keeper() {
    return new Listener() {
      @Override
      public void onStep(StepRecord step) {
        keep();
      }

      @Override
      public void onEpoch(EpochRecord epoch, History history) {
        keep();
      }

      @Override
      public void onEnd(History history) {
        keep();
      }
    };
  }

  private void keep() {
    if (worker.rank() > 0) {
      return;
    }
    try {
      FileTime written = Files.exists(local) ? Files.getLastModifiedTime(local) : null;
      if (written != null && !written.equals(kept)) {
        copy(new org.apache.hadoop.fs.Path(local.toUri()), address);
        kept = written;
      }
    } catch (IOException e) {
      String reason =
          "cannot write "
              + address
              + ": "
              + SparkFailures.message(e)
              + "; make room there or choose another place (what was there before is as it was)";
      throw new UncheckedIOException(reason, new IOException(reason, e)); // which is told on
    }
  }

  private void copy(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to)
      throws IOException {
    org.apache.hadoop.fs.Path part = to.suffix(".part");
    FileContext all =
        FileContext.getFileContext(SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf()));
    try {
      all.util().copy(files.makeQualified(from), files.makeQualified(part), false, true);
      all.rename(all.makeQualified(part), all.makeQualified(to), Options.Rename.OVERWRITE);
    } catch (IOException | RuntimeException e) {
      try {
        all.delete(all.makeQualified(part), false);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }
}
