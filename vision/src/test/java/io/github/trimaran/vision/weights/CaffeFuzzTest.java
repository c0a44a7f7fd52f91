package io.github.trimaran.vision.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import io.github.trimaran.io.weights.WeightFormatException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Caffe models are read or refused by a {@link WeightFormatException}. */
class CaffeFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(CaffeModelTest.newForm(), CaffeModelTest.oldForm());
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, CaffeFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      CaffeModel.read(new ByteArrayInputStream(input), input.length, Path.of("fuzz"));
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ");
    }
  }
}
