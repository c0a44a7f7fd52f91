package io.github.trimaran.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.io.json.JsonException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryTest {

  private static final String TABLE =
      """
      epoch,steps,loss,accuracy,validation_loss,validation_accuracy,learning_rate,seconds,\
      samples_per_second,validation_f1
      1,2,0.75,0.5,,,0.1,3,8.5,
      2,4,0.25,0.625,0.3,0.7,0.05,6,9,0.6
      """;

  private static History history() {
    History history = new History();
    for (double loss : new double[] {1, 0.5, 0.3, 0.2}) {
      history.add(loss);
    }
    history.add(
        new EpochRecord(1, 2, 0.75, 0.5, Double.NaN, Double.NaN, f1(Double.NaN), 0.1, 3, 8.5));
    history.add(new EpochRecord(2, 4, 0.25, 0.625, 0.3, 0.7, f1(0.6), 0.05, 6, 9));
    history.bestEpoch(2);
    history.interrupted(true);
    return history;
  }

  private static Map<String, Double> f1(double value) {
    return new LinkedHashMap<>(Map.of("f1", value));
  }

  @Test
  void theTableHasALineForEachEpochAndIsReadBack() {
    assertThat(history().toCsv()).isEqualTo(TABLE);
    assertThat(History.epochsOfCsv(TABLE)).isEqualTo(history().epochs());
    assertThat(History.epochsOfCsv(new History().toCsv())).isEmpty();
  }

  @Test
  void jsonHasAllOfItAndIsReadBack() throws JsonException {
    History read = History.ofJson(history().toJson());
    assertThat(read.epochs()).isEqualTo(history().epochs());
    assertThat(read.losses()).containsExactly(1.0, 0.5, 0.3, 0.2);
    assertThat(read.bestEpoch()).isEqualTo(2);
    assertThat(read.isInterrupted()).isTrue();
    assertThat(read.toJson()).isEqualTo(history().toJson());
  }

  @Test
  void infinitiesAreUnknownInJson() throws JsonException {
    History history = new History();
    history.add(
        new EpochRecord(1, 1, 0.5, 0.5, Double.POSITIVE_INFINITY, 0.5, Map.of(), 0.1, 1, 1));
    EpochRecord read = History.ofJson(history.toJson()).epochs().get(0);
    assertThat(read.validationLoss()).isNaN();
    assertThat(History.epochsOfCsv(history.toCsv())).isEqualTo(history.epochs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2,4,0.25 | 2,4,x | history: line 3 holds 'x', which is no number",
        "9,0.6 | 9 | history: line 3 must have 10 values, has 9",
        "epoch,steps | step,epochs | history: line 1 must begin with epoch,steps,loss,",
      })
  void otherTablesAreRefusedInOneLine(String from, String to, String message) {
    String table = TABLE.replace(from, to);
    assertThat(table).isNotEqualTo(TABLE);
    assertThatThrownBy(() -> History.epochsOfCsv(table))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void otherJsonIsRefusedInOneLine() {
    assertThatThrownBy(() -> History.ofJson("{}"))
        .isInstanceOf(JsonException.class)
        .hasMessage("json: document has no \"metrics\"");
    assertThatThrownBy(() -> History.ofJson("{\"metrics\":[],\"epochs\":[[1,2]],\"losses\":[]}"))
        .hasMessage("json: document.epochs should be lists of 9 numbers");
  }
}
