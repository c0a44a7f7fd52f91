package io.github.trimaran.io.weights;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.trimaran.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Pickled arrays are read as data or refused by a {@link WeightFormatException}. */
class NumpyPickleFuzzTest {

  static List<byte[]> seeds() throws IOException {
    return List.of(
        ("\u0080\2}(U\4datacnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\0\u0085U\1b\u0087R(K\1K\2\u0085"
                + "cnumpy\ndtype\nU\2u1K\0K\1\u0087R(K\3U\1|NNNK\0K\0K\0tb\u0089U\2xytbU\6labels](K\1K\2eu.")
            .getBytes(StandardCharsets.ISO_8859_1));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "2m")
  void anything(byte[] input) throws IOException {
    read(input);
  }

  @Test
  void mutations() throws IOException {
    Mutations.check(seeds(), 3_000, NumpyPickleFuzzTest::read);
  }

  private static void read(byte[] input) throws IOException {
    try {
      NumpyPickle.read(
          new WeightInput(
              new ByteArrayInputStream(input), input.length, "fuzz", MemoryBudget.of(64 << 20)));
    } catch (WeightFormatException e) {
      assertThat(e.getMessage()).startsWith("fuzz: ").doesNotContain("\n");
    }
  }
}
