package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.cifar.Cifar10;
import io.github.trimaran.examples.engines.Engines;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the long record reaches on the published images, where these are in the data folder: the
 * digests of the batches tell them from the JPEG-recompressed ones, on which it makes 1.6 to 2.0
 * times as many errors ({@code docs/cifar10-record.md}). It takes more than an hour.
 */
@Tag("record")
class OriginalImagesTest {

  private static final double ASKED = 0.955;

  @TempDir Path folder;

  @Test
  void recordDeepLearnsThePublishedImages() throws IOException {
    Engines.assumeOnTheClassPath();
    Path data = RealData.require(Cifar10.FOLDER).getParent();
    String images = Cifar10.load(data).source().name();
    assumeTrue(images.equals("CIFAR-10"), "the images in " + data + " are " + images);
    Program run =
        Program.run(
            "train",
            "cifar10",
            "--network=record-deep",
            "--backend=djl",
            "--quiet",
            "--data-dir=" + data,
            "--out=" + folder);
    assertThat(run.exitCode()).as(run.err()).isZero();
    JsonNode result = new ObjectMapper().readTree(folder.resolve("result.json").toFile());
    JsonNode accuracy = result.at("/runs/0/metrics/test_accuracy");
    System.out.println("record-deep  on the published images: " + accuracy);
    assertThat(accuracy.doubleValue()).isGreaterThanOrEqualTo(ASKED);
  }
}
