package io.github.trimaran.examples.gallery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.data.Batch;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.table.CsvFile;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the project makes up in the place of real data has their form. */
class MadeUpTest {

  private static Table real(String name) throws IOException {
    String folder = System.getenv("TRIMARAN_DATA");
    assumeTrue(folder != null, "TRIMARAN_DATA is not set");
    Path file = Path.of(folder, "tables", name);
    assumeTrue(Files.exists(file), "no " + file);
    return CsvFile.of(file).read();
  }

  @Test
  void tablesMissValuesAndFollowFromTheSeed() throws IOException {
    for (Table table :
        List.of(MadeUpTables.cars(Rng.seeded(1)), MadeUpTables.penguins(Rng.seeded(1)))) {
      assertThat(table.withoutMissing().size()).isBetween(200, table.size() - 1);
      assertThat(table.withoutMissing(table.columns().get(0)).size()).isEqualTo(table.size());
    }
    assertThat(MadeUpTables.cars(Rng.seeded(1)).numbers("mpg"))
        .isEqualTo(MadeUpTables.cars(Rng.seeded(1)).numbers("mpg"))
        .isNotEqualTo(MadeUpTables.cars(Rng.seeded(2)).numbers("mpg"));
  }

  @Test
  void carsHaveTheColumnsOfTheRealTable() throws IOException {
    assertThat(MadeUpTables.cars(Rng.seeded(1)).columns()).isEqualTo(real("mpg.csv").columns());
  }

  @Test
  void penguinsHaveTheColumnsAndCategoriesOfTheRealTable() throws IOException {
    Table made = MadeUpTables.penguins(Rng.seeded(1));
    Table birds = real("penguins.csv");
    assertThat(made.columns()).isEqualTo(birds.columns());
    for (String column : List.of("species", "island", "sex")) {
      assertThat(made.texts(column)).hasSameElementsAs(birds.texts(column));
    }
  }

  /** What a window is to tell is what the window a year later sees last, over another mean. */
  @Test
  void windowsOfSales() throws IOException {
    MonthlySales sales = new MonthlySales(2, 60, Rng.seeded(1));
    Samples windows = sales.windows(0, 60);
    assertThat(windows.size()).isEqualTo(2 * (60 - 48 + 1));
    double[] seen = windows.get(0).get(Batch.INPUT).toDoubles();
    double[] next = windows.get(0).get(Batch.TARGET).toDoubles();
    assertThat(seen).hasSize(36);
    assertThat(Arrays.stream(seen, 24, 36).sum()).isCloseTo(0, within(1e-5));
    double[] later = windows.get(12).get(Batch.INPUT).toDoubles();
    double ratio = (1 + next[0]) / (1 + later[24]);
    for (int month = 1; month < 12; month++) {
      assertThat((1 + next[month]) / (1 + later[24 + month])).isCloseTo(ratio, within(1e-5));
    }
    assertThat(sales.windows(12, 60).get(0).get(Batch.INPUT).toDoubles()).isEqualTo(later);
  }

  @Test
  void sentencesAreAsLongAsAskedFor() {
    String text = Sentences.of(5_000, Rng.seeded(1));
    assertThat(text.length()).isBetween(5_000, 5_500);
    assertThat(text.chars().distinct().count()).isBetween(30L, 60L);
    assertThat(Sentences.of(5_000, Rng.seeded(1))).isEqualTo(text);
    assertThat(Sentences.of(5_000, Rng.seeded(2))).isNotEqualTo(text);
  }
}
