package io.github.trimaran.data.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.data.DataException;
import io.github.trimaran.random.Rng;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvFileTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("some.csv");
  }

  private CsvFile csv(String text) throws IOException {
    return csv(text, StandardCharsets.UTF_8);
  }

  private CsvFile csv(String text, Charset encoding) throws IOException {
    Files.writeString(file, text, encoding);
    return CsvFile.of(file);
  }

  @Test
  void quotesSpacesEmptyLinesAndMissingValues() throws IOException {
    Table table = csv("a, b ,c\r\n1,\"x, \"\"y\"\"\nz\",\r\n\r\n NA , 2 ,nan\n\"\",null,é").read();
    assertThat(table.columns()).containsExactly("a", "b", "c");
    assertThat(table.size()).isEqualTo(3);
    assertThat(table.texts("a")).containsExactly("1", null, null);
    assertThat(table.texts("b")).containsExactly("x, \"y\"\nz", "2", null);
    assertThat(table.texts("c")).containsExactly(null, null, "é");
    assertThat(table.row(1).place()).isEqualTo(file + ", line 5");
    assertThat(table.numbers("a")).containsExactly(1, Double.NaN, Double.NaN);
    assertThat(table.labels("b")).containsExactly(1, 0, -1);
    assertThat(table.withoutMissing("b").size()).isEqualTo(2);
    assertThat(table.withoutMissing().size()).isZero();
  }

  @Test
  void separatorNamesMissingTextsAndEncodingCanBeTold() throws IOException {
    Table table =
        csv("1;ä;-\n2;NA;?\n", StandardCharsets.ISO_8859_1)
            .separator(';')
            .encoding(StandardCharsets.ISO_8859_1)
            .missing("-", "?")
            .columns("n", "s", "m")
            .read();
    assertThat(table.texts("s")).containsExactly("ä", "NA");
    assertThat(table.texts("m")).containsExactly(null, null);
    assertThat(table.row(0).line()).isEqualTo(1);
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstName() throws IOException {
    assertThat(csv("\uFEFFa,b\n1,2\n").columns()).containsExactly("a", "b");
    assertThat(
            csv("\uFEFFa,b\n1,2\n", StandardCharsets.UTF_16LE)
                .encoding(StandardCharsets.UTF_16LE)
                .read()
                .numbers("b"))
        .containsExactly(2);
  }

  @Test
  void raggedRowsAreNamedByLine() throws IOException {
    assertThatThrownBy(csv("a,b\n1,2\n\"3\n4\",5\n6\n")::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ", line 5: has 1 cells, but there are 2 columns; correct it (a cell that holds ','"
                + " or a line break needs quotes around it)");
    assertThatThrownBy(csv("a,b\n1,2,3\n")::read).hasMessageContaining("line 2: has 3 cells");
    assertThatThrownBy(csv("a,b\n0,0\n1,\"2\n3,4\n5,6\n")::read)
        .hasMessageContaining("line 3: a quote is opened and not closed");
  }

  @Test
  void headersThatNameNothingAreRefused() throws IOException {
    assertThatThrownBy(csv("")::read)
        .hasMessage(file + ": is empty; its first line should name the columns");
    assertThatThrownBy(csv("a,b,a\n1,2,3\n")::read)
        .hasMessageContaining("line 1: two columns are called 'a'");
    assertThatThrownBy(csv("a,,b\n1,2,3\n")::read)
        .hasMessageContaining("line 1: a column has no name");
    assertThatThrownBy(CsvFile.of(folder.resolve("none.csv"))::read)
        .isInstanceOf(DataException.class)
        .hasMessage(folder.resolve("none.csv") + ": no such file");
    assertThatThrownBy(CsvFile.of(folder)::read).hasMessage(folder + ": not a file");
  }

  @Test
  void anotherEncodingIsNamedByLine() throws IOException {
    // Beyond the first buffer, in a line far from its end.
    String text = "a\n" + "x\n".repeat(100_000) + "zoë\n" + "x\n".repeat(100_000);
    assertThatThrownBy(csv(text, StandardCharsets.ISO_8859_1)::read)
        .isInstanceOf(DataException.class)
        .hasMessage(
            file
                + ", line 100002: is not text in UTF-8; say which encoding it is in, such as"
                + " windows-1252");
    assertThat(csv(text, StandardCharsets.ISO_8859_1).encoding(StandardCharsets.ISO_8859_1).count())
        .isEqualTo(200_001);
  }

  @Test
  void aTextIsNoNumber() throws IOException {
    Table table = csv("a,b\n1,2\n3,x\n").read();
    assertThatThrownBy(() -> table.numbers("b"))
        .hasMessage(file + ", line 3: 'x' in column 'b' is no number");
    assertThatThrownBy(() -> table.numbers("c"))
        .hasMessage(file + ": there is no column 'c'; there are [a, b]");
  }

  @Test
  void partsOfTheRows() throws IOException {
    Table table = csv("k,v\na,1\nb,2\na,3\nb,4\na,5\nb,6\na,7\nb,8\n").read();
    List<Table> parts = table.split("k", Rng.seeded(1), 0.5, 0.5);
    assertThat(parts.get(0).texts("k")).containsExactlyInAnyOrder("a", "a", "b", "b");
    assertThat(parts.get(1).texts("k")).containsExactlyInAnyOrder("a", "a", "b", "b");
    assertThat(table.split(Rng.seeded(1), 0.75, 0.25))
        .extracting(Table::size)
        .containsExactly(6, 2);
    assertThat(table.select(7, 0).numbers("v")).containsExactly(8, 1);
  }
}
