package io.github.trimaran.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no room one line says where and what to do, and nothing half-written is left. */
@Tag("one-jdk")
class FullDiskTest {

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Clusters.local();
    SparkEnv.get()
        .conf()
        .set("spark.hadoop.fs.AbstractFileSystem.full.impl", FullFs.class.getName());
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  /** As Spark's shuffle fails where its local folder is full. */
  @Test
  void sparksOwnFoldersAreNamed() {
    StructType number = new StructType().add("id", DataTypes.IntegerType);
    Dataset<Row> rows =
        spark
            .createDataFrame(List.of(RowFactory.create(1), RowFactory.create(2)), number)
            .map((MapFunction<Row, Row>) row -> noRoom(), Encoders.row(number))
            .repartition(2);
    assertThatThrownBy(
            () ->
                SparkWorkers.of(spark, 2)
                    .run(rows, row -> sample(), (worker, own) -> own.size() + " samples"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "workers: No space left on device where Spark keeps what passes between executors; make"
                + " room in its local folders, or name others (spark.local.dir, SPARK_LOCAL_DIRS of"
                + " the workers)");
  }

  private static Row noRoom() throws IOException {
    throw new IOException("No space left on device");
  }

  private static Sample sample() {
    return Sample.of(
        HostArray.of(new float[1], Shape.of(1)), HostArray.of(new long[1], Shape.of()));
  }

  /** The checkpoint fits on this machine, but not on the cluster's file system. */
  @Test
  void aCheckpointWithoutRoomIsNotHalfThere(@TempDir Path folder) throws IOException {
    Path before = Files.writeString(folder.resolve("run.safetensors"), "before");
    String address = "full:" + before;
    assertThatThrownBy(
            () ->
                SparkWorkers.of(spark, 2)
                    .run(
                        worker -> {
                          ClusterFile saved = ClusterFile.of(address, worker);
                          return Toys.trainNormed(
                              worker, saved.local().toString(), saved.keeper(), step -> {});
                        }))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "cannot write "
                + address
                + ": No space left on device; make room there or choose another place (what was"
                + " there before is as it was)");
    assertThat(folder.toFile().list()).containsExactly("run.safetensors");
    assertThat(before).hasContent("before");
  }
}
