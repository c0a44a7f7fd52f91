package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.Ring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.BarrierTaskContext;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints: on the cluster's file system, and where there is no room. */
@Tag("one-jdk")
class SparkFilesTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Clusters.local();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** Worker 1 dies after step 5; what worker 0 had brought to the cluster is gone on from. */
  @Test
  void trainingGoesOnFromTheFileOfTheCluster(@TempDir Path folder) throws Exception {
    String address = folder.resolve("run.safetensors").toUri().toString();
    String resumed = folder.resolve("resumed").toString();
    double[] found =
        SparkWorkers.of(spark, 2)
            .run(
                worker -> {
                  ClusterFile saved = ClusterFile.of(address, worker);
                  boolean there = saved.fetch();
                  if (there && worker.rank() == 0) {
                    Files.createFile(Path.of(resumed));
                  }
                  return Toys.trainNormed(
                      worker,
                      saved.local().toString(),
                      saved.keeper(),
                      step -> {
                        if (step == 5
                            && worker.rank() == 1
                            && BarrierTaskContext.get().stageAttemptNumber() == 0) {
                          throw new AssertionError("the end of this task");
                        }
                      });
                });
    assertThat(found).isEqualTo(Toys.undisturbed());
    assertThat(Path.of(resumed)).exists();
    assertThat(folder.resolve("run.safetensors")).isNotEmptyFile();
    assertThat(folder.resolve("run.safetensors.part")).doesNotExist();
  }

  /** As if it were written to meanwhile: each worker reads another. */
  @Test
  void workersThatReadAnotherFileAreRefused(@TempDir Path folder) throws Exception {
    List<Path> files =
        List.of(
            Files.writeString(folder.resolve("first"), "one"),
            Files.writeString(folder.resolve("second"), "two"));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Collective> workers = Ring.ofThreads(2);
    List<Future<Boolean>> both =
        workers.stream()
            .map(
                worker ->
                    threads.submit(
                        () ->
                            ClusterFile.of(files.get(worker.rank()).toUri().toString(), worker)
                                .fetch()))
            .toList();
    threads.shutdown();
    for (int rank = 0; rank < 2; rank++) {
      Future<Boolean> result = both.get(rank);
      assertThatThrownBy(result::get)
          .isInstanceOf(ExecutionException.class)
          .hasRootCauseInstanceOf(IOException.class)
          .hasRootCauseMessage(
              files.get(rank).toUri().toString().replace("file:///", "file:/")
                  + ": the workers do not read the same; is it written to?");
    }
  }

  @Test
  void fileSystemsThatAreNotThereAreToldInOneLine() {
    assertThatThrownBy(() -> ClusterFile.of("nosuch://host/file", Collective.alone()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("nosuch");
  }

  /** On a file system of 64 kB. */
  @Test
  void fullDiskSaysWhatToDo(@TempDir Path folder) throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small.toString()) == 0,
        "this user may not mount a small file system");
    try {
      Files.write(small.resolve("other"), new byte[60_000]);
      String saved = small.resolve("run.safetensors").toString();
      assertThatThrownBy(
              () ->
                  SparkWorkers.of(spark, 2)
                      .run(worker -> Toys.trainNormed(worker, saved, step -> {})))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot write "
                  + saved
                  + ": No space left on device; make room there or choose another place (what was"
                  + " there before is as it was)");
      assertThat(small.toFile().list()).containsExactly("other");
      Files.delete(small.resolve("other"));
      double[] found =
          SparkWorkers.of(spark, 2).run(worker -> Toys.trainNormed(worker, saved, step -> {}));
      assertThat(found).isEqualTo(Toys.undisturbed());
    } finally {
      run("umount", small.toString());
    }
  }

  private static int run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      return 1; // there is no such command
    }
  }
}
