package io.github.trimaran.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.DataException;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.RealData;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.prediction.PredictionProvider;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TablePreparationTest {

  private static final List<String> COLUMNS = List.of("size", "kind", "price");

  /** Sizes 2, 4, missing, 6: mean 4, deviation sqrt(8 / 3). */
  private static final Table TRAIN =
      Table.of(
          COLUMNS,
          List.of(
              List.of("2", "b", "10"),
              List.of("4", "a", "20"),
              Arrays.asList(null, "c", "30"),
              List.of("6", "a", "40")));

  private static final double STD = Math.sqrt(8.0 / 3);

  private static float[] input(Samples samples, int index) throws IOException {
    return samples.get(index).input().floats();
  }

  private static double answer(TablePreparation preparation, float output) {
    return preparation
        .numberAnswer()
        .apply(List.of(HostArray.of(new float[] {output}, Shape.of(1))));
  }

  @Test
  void numbersAreStandardisedAndCategoriesAreOneOfSeveral() throws IOException {
    TablePreparation preparation = TableRecipe.predicting("price").fit(TRAIN);
    assertThat(preparation.inputNames())
        .containsExactly("size", "size missing", "kind=a", "kind=b", "kind=c");
    assertThat(preparation.width()).isEqualTo(5);
    assertThat(preparation.categories("kind")).containsExactly("a", "b", "c");
    Samples samples = preparation.samples(TRAIN);
    assertThat(input(samples, 0)).containsExactly((float) (-2 / STD), 0, 0, 1, 0);
    assertThat(input(samples, 1)).containsExactly(0, 0, 1, 0, 0);
    assertThat(input(samples, 2)).containsExactly(0, 1, 0, 0, 1);
    assertThat(samples.get(3).target()).isEqualTo(HostArray.of(new float[] {40}, Shape.of(1)));
    assertThat(answer(preparation, 7)).isEqualTo(7);
  }

  @Test
  void whatIsMeasuredComesFromTheTrainingPart() throws IOException {
    TablePreparation preparation = TableRecipe.predicting("price").without("kind").fit(TRAIN);
    Table test = Table.of(COLUMNS, List.of(List.of("4", "z", "99")));
    assertThat(input(preparation.samples(test), 0)).containsExactly(0, 0);
  }

  @Test
  void theTargetCanBeStandardised() throws IOException {
    TablePreparation preparation = TableRecipe.predicting("price").standardizedTarget().fit(TRAIN);
    double std = Math.sqrt(125);
    float target = preparation.samples(TRAIN).get(0).target().floats()[0];
    assertThat(target).isEqualTo((float) (-15 / std));
    assertThat(answer(preparation, target)).isCloseTo(10, within(1e-6));
  }

  @Test
  void kindsCanBeTold() throws IOException {
    TablePreparation preparation =
        TableRecipe.predicting("kind").category("size").without("price").fit(TRAIN);
    assertThat(preparation.inputNames())
        .containsExactly("size=2", "size=4", "size=6", "size missing");
    assertThat(preparation.classes()).containsExactly("a", "b", "c");
    Samples samples = preparation.samples(TRAIN);
    assertThat(samples.labels()).containsExactly(1, 0, 2, 0);
    assertThat(samples.get(0).target().shape()).isEqualTo(Shape.scalar());
    assertThat(input(samples, 2)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void indicesAreForEmbeddings() throws IOException {
    TablePreparation preparation =
        TableRecipe.predicting("price").index("kind", "size").unknownAsMissing().fit(TRAIN);
    assertThat(preparation.width()).isZero();
    Batch batch = new DataLoader(preparation.samples(TRAIN), 4).epoch(0).iterator().next();
    assertThat(batch.names()).containsExactly("size", "kind", "target");
    assertThat(batch.get("kind")).isEqualTo(HostArray.of(new long[] {2, 1, 3, 1}, Shape.of(4)));
    assertThat(batch.get("size")).isEqualTo(HostArray.of(new long[] {1, 2, 0, 3}, Shape.of(4)));
    assertThat(preparation.apply(Map.of("kind", "z", "size", 4)).get("kind").longs())
        .containsExactly(0);
  }

  @Test
  void aColumnThatNeverVariesBecomesZero() throws IOException {
    Table table = Table.of(List.of("x", "y"), List.of(List.of("3", "1"), List.of("3", "2")));
    TablePreparation preparation = TableRecipe.predicting("y").fit(table);
    assertThat(input(preparation.samples(table), 1)).containsExactly(0);
  }

  @Test
  void onlyDecimalsAreNumbers() throws IOException {
    for (String text : List.of("1f", "0x10", "Infinity", "1e999", "1,5", "--1", "1e", "NaN ")) {
      Table table = Table.of(List.of("x", "y"), List.of(List.of(text, "1"), List.of("2", "2")));
      assertThat(TableRecipe.predicting("y").fit(table).inputNames()).hasSize(2);
    }
    Table table = Table.of(List.of("x", "y"), List.of(List.of("-1.5e1", "1"), List.of("+.5", "2")));
    assertThat(TableRecipe.predicting("y").fit(table).inputNames()).containsExactly("x");
  }

  @Test
  void oneRowForAPrediction() throws IOException {
    TablePreparation preparation = TableRecipe.predicting("price").fit(TRAIN);
    Map<String, Object> row = new HashMap<>(Map.of("size", 6.0, "kind", "b", "other", 1));
    assertThat(preparation.apply(row).get("input").floats())
        .containsExactly((float) (2 / STD), 0, 0, 1, 0);
    row.put("size", null);
    assertThat(preparation.apply(row).get("input").floats()).containsExactly(0, 1, 0, 1, 0);
    row.remove("size");
    assertThatThrownBy(() -> preparation.apply(row))
        .hasMessageContaining("the row has no 'size'; put null if it is missing");
  }

  @Test
  void errorsNameTheRowAndTheWayOut(@TempDir Path folder) throws IOException {
    TablePreparation preparation = TableRecipe.predicting("price").fit(TRAIN);
    Path file = folder.resolve("new.csv");
    Files.writeString(file, "price,kind,size\n1,a,2\n1,d,2\n");
    assertThatThrownBy(() -> preparation.samples(CsvFile.of(file)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ", line 3: column 'kind' has 'd', which the training part does not have; it has"
                + " [a, b, c]; correct it, or take unknown categories for missing");
    Files.writeString(file, "price,kind,size\n1,a,x\n");
    assertThatThrownBy(() -> preparation.samples(CsvFile.of(file)))
        .hasMessage(
            file
                + ", line 2: column 'size' has 'x', which is no number; correct it, or say that it"
                + " stands for a missing value");
    Files.writeString(file, "price,kind,size\n,a,1\n");
    assertThatThrownBy(() -> preparation.samples(CsvFile.of(file)))
        .hasMessageContaining("line 2: column 'price' is missing, which is to be predicted");
    Files.writeString(file, "price;kind;size\n1;a;1\n");
    assertThatThrownBy(() -> preparation.samples(CsvFile.of(file)))
        .hasMessage(
            file
                + ": there is no column 'size'; there are [price;kind;size]; does ',' separate"
                + " them?");
    Files.writeString(file, "price,kind,size\n");
    assertThatThrownBy(() -> preparation.samples(CsvFile.of(file)))
        .hasMessage(file + ": has no rows");
  }

  @Test
  void anUnknownClassIsRefused() throws IOException {
    TablePreparation preparation =
        TableRecipe.predicting("kind").unknownAsMissing().without("price").fit(TRAIN);
    Table test = Table.of(COLUMNS, List.of(List.of("1", "d", "1")));
    assertThatThrownBy(() -> preparation.samples(test))
        .hasMessage(
            "table, line 1: column 'kind' has the class 'd', which the training part does not have;"
                + " it has [a, b, c]; correct it, or split so that each class is in the training"
                + " part");
  }

  @Test
  void recipesThatDoNotFitTheTable() {
    assertThatThrownBy(() -> TableRecipe.predicting("cost").fit(TRAIN))
        .hasMessage("table: there is no column 'cost'; there are [size, kind, price]");
    assertThatThrownBy(() -> TableRecipe.predicting("price").without("colour").fit(TRAIN))
        .hasMessageContaining("no column 'colour'");
    assertThatThrownBy(() -> TableRecipe.predicting("price").number("kind").fit(TRAIN))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("table, line 1: column 'kind' has 'b', which is no number");
    assertThatThrownBy(() -> TableRecipe.predicting("price").maxCategories(2).fit(TRAIN))
        .hasMessage(
            "table, line 3: column 'kind' has more than 2 different texts (taken for categories, as"
                + " table, line 1 has 'b'); leave it out, or correct what is no number, or allow"
                + " more categories");
    Table empty = Table.of(List.of("a", "b"), List.of(Arrays.asList(null, "1")));
    assertThatThrownBy(() -> TableRecipe.predicting("b").fit(empty))
        .hasMessage("table: column 'a' has no value in any row to train with; leave it out");
    assertThatThrownBy(() -> TableRecipe.predicting("price").without("price").fit(TRAIN))
        .hasMessageContaining("neither left out nor an index");
  }

  @Test
  void savedAndReadItPreparesTheSame() throws IOException {
    for (TableRecipe recipe :
        List.of(
            TableRecipe.predicting("price").standardizedTarget(),
            TableRecipe.predicting("kind").index("price"),
            TableRecipe.withoutTarget().category("size").unknownAsMissing())) {
      TablePreparation preparation = recipe.fit(TRAIN);
      String json = Json.write(preparation.toJson());
      TablePreparation read =
          (TablePreparation) PredictionProvider.allPreparations().read(Json.parseObject(json));
      assertThat(Json.write(read.toJson())).isEqualTo(json);
      assertThat(read.example()).isEqualTo(preparation.example());
      for (int i = 0; i < TRAIN.size(); i++) {
        Sample expected = preparation.samples(TRAIN).get(i);
        assertThat(read.samples(TRAIN).get(i).arrays()).isEqualTo(expected.arrays());
      }
    }
  }

  @Test
  void anAnswerIsSavedToo() throws IOException {
    NumberAnswer answer =
        TableRecipe.predicting("price").standardizedTarget().fit(TRAIN).numberAnswer();
    assertThat(answer).isEqualTo(new NumberAnswer(25, Math.sqrt(125)));
    assertThat(PredictionProvider.allAnswers().read(Json.parseObject(Json.write(answer.toJson()))))
        .isEqualTo(answer);
    TablePreparation kinds = TableRecipe.predicting("kind").fit(TRAIN);
    assertThat(kinds.classAnswer().names()).containsExactly("a", "b", "c");
    assertThatThrownBy(kinds::numberAnswer).hasMessageContaining("no number");
  }

  @Test
  void whatIsReadIsChecked() {
    for (String columns :
        List.of(
            "[{\"column\":\"x\",\"as\":\"number\",\"mean\":0,\"std\":0,\"marked\":false}]",
            "[{\"column\":\"x\",\"as\":\"date\"}]",
            "[{\"column\":\"x\",\"as\":\"index\",\"categories\":[\"b\",\"a\"],"
                + "\"unknown_as_missing\":true}]")) {
      assertThatThrownBy(
              () ->
                  TablePreparation.fromJson(
                      Json.parseObject("{\"columns\":" + columns + ",\"target\":null}")))
          .isInstanceOf(JsonException.class)
          .hasMessageStartingWith("table: ");
    }
  }

  @Test
  void aFileIsReadAgainInEveryEpochOrAtOnce() throws IOException {
    Path file = RealData.require("tables/penguins.csv");
    CsvFile penguins = CsvFile.of(file);
    TablePreparation preparation = TableRecipe.predicting("species").fit(penguins);
    assertThat(preparation.classes()).containsExactly("Adelie", "Chinstrap", "Gentoo");
    Samples samples = preparation.samples(penguins.read());
    DataLoader streamed = new DataLoader(preparation.stream(penguins), 16);
    DataLoader loaded = new DataLoader(samples, 16);
    assertThat(streamed.perEpoch()).isEqualTo(22);
    for (int epoch = 0; epoch < 2; epoch++) {
      var batches = loaded.epoch(epoch).iterator();
      for (Batch batch : streamed.epoch(epoch)) {
        assertThat(batch.arrays()).isEqualTo(batches.next().arrays());
      }
    }
  }

  @Test
  void carsHaveMixedColumnsAndMissingHorsepower() throws IOException {
    Table cars = CsvFile.of(RealData.require("tables/mpg.csv")).read();
    assertThat(cars.size()).isEqualTo(398);
    TablePreparation preparation =
        TableRecipe.predicting("mpg").without("name").category("cylinders").fit(cars);
    assertThat(preparation.inputNames())
        .containsExactly(
            "cylinders=3",
            "cylinders=4",
            "cylinders=5",
            "cylinders=6",
            "cylinders=8",
            "displacement",
            "horsepower",
            "horsepower missing",
            "weight",
            "acceleration",
            "model_year",
            "origin=europe",
            "origin=japan",
            "origin=usa");
    Batch all = new DataLoader(preparation.samples(cars), 398).epoch(0).iterator().next();
    double missing = 0;
    double weight = 0;
    double squares = 0;
    for (int i = 0; i < 398; i++) {
      missing += all.input().get(i * 14 + 7);
      weight += all.input().get(i * 14 + 8);
      squares += Math.pow(all.input().get(i * 14 + 8), 2);
    }
    assertThat(missing).isEqualTo(6);
    assertThat(weight / 398).isCloseTo(0, within(1e-6));
    assertThat(squares / 398).isCloseTo(1, within(1e-5));
  }
}
