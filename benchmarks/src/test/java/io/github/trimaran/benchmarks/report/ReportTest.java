package io.github.trimaran.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.trimaran.benchmarks.cost.Cost;
import io.github.trimaran.benchmarks.run.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On results.json, which is made by hand; expected values are worked out by hand. */
class ReportTest {

  private static final Offset<Double> ROUNDING = Offset.offset(1e-9);

  private Results results;

  @BeforeEach
  void read() throws IOException {
    results =
        Results.of(
            new ObjectMapper().readTree(ReportTest.class.getResourceAsStream("results.json")));
  }

  private Target target(String beginning) {
    return Target.all().stream()
        .filter(one -> one.what().startsWith(beginning))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theMedianIsOfTheForksMedians() {
    // The forks' medians are 41 (of 40, five times 41, 42), 30 and 50.
    Case matmul = Case.of("Matmul.matmul", "cpu", "shape", "1024x1024x1024");
    assertThat(results.millis(matmul)).contains(new Median(41, 30, 50));
    assertThat(results.millis(matmul.by("nd4j"))).isEmpty();
  }

  @Test
  void aNetworkFromAFileIsComparedWithOnnxRuntime() throws IOException {
    String record =
        "{'benchmark': 'suite.OnnxFile.outputs', 'params': {'backend': '%s', 'dtype': 'float32',"
            + " 'model': '/models/net.onnx', 'extents': 'batch=16'},"
            + " 'primaryMetric': {'scoreUnit': 'ms/op', 'rawData': [[%s]]}}";
    String root =
        "{'threads': 2, 'memory': [], 'failures': [], 'jmh': ["
            + record.formatted("cpu", "3.0, 6.0, 4.5")
            + ", "
            + record.formatted("peer-onnxruntime", "3.0")
            + "]}";
    assertThat(OnnxRatios.lines(Results.of(new ObjectMapper().readTree(root.replace('\'', '"')))))
        .containsExactly(
            "net.onnx batch=16                        cpu                   4.500 ms"
                + "  1.50 (1.00 to 2.00) of ONNX Runtime",
            "net.onnx batch=16                        peer-onnxruntime      3.000 ms");
    assertThat(OnnxRatios.lines(results)).isEmpty();
  }

  @Test
  void medians() {
    assertThat(Median.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Median(2, 1, 3));
    assertThat(Median.of(List.of(4.0, 1.0, 2.0, 3.0)).value()).isEqualTo(2.5);
    Median ratio = new Median(4, 2, 6).ratioTo(new Median(8, 4, 10));
    assertThat(ratio).isEqualTo(new Median(0.5, 0.2, 1.5));
  }

  @Test
  void targetsAreWonLostOrOpen() {
    Target step = target("BasicConvNet CIFAR step");
    assertThat(step.ratio(results)).contains(new Median(0.5, 30.0 / 64, 32.0 / 60));
    assertThat(step.verdict(results)).isEqualTo(Target.Verdict.LOST);
    Target easier = new Target("easier", 0.5, step.ours(), step.theirs());
    assertThat(easier.verdict(results)).isEqualTo(Target.Verdict.WON);
    Target matmul = target("1024-cubed");
    assertThat(matmul.ratio(results).orElseThrow().value()).isCloseTo(41 / 20.5, ROUNDING);
    assertThat(matmul.verdict(results)).isEqualTo(Target.Verdict.LOST);
    Target memory = target("Peak resident memory");
    assertThat(memory.ratio(results).orElseThrow().value()).isCloseTo(0.6, ROUNDING);
    assertThat(memory.verdict(results)).isEqualTo(Target.Verdict.LOST);
    assertThat(target("SqueezeNet").verdict(results)).isEqualTo(Target.Verdict.OPEN);
  }

  @Test
  void theRoofIsOfArithmeticOrOfMemory() {
    // Two threads, 32 million operations each in 0.64 ms; 3 arrays of 64 MB each in 20.132659 ms.
    Peak peak = results.peak();
    assertThat(peak.floats()).isCloseTo(1e11, Offset.offset(1.0));
    assertThat(peak.bandwidth()).isCloseTo(2e10, Offset.offset(1e4));
    assertThat(peak.roof(new Cost(1000, 10), false).orElseThrow())
        .isCloseTo(1e11, Offset.offset(1.0));
    assertThat(peak.roof(new Cost(10, 10), false).orElseThrow())
        .isCloseTo(2e10, Offset.offset(1e4));
    assertThat(peak.roof(new Cost(10, 10), true)).isEmpty();
  }

  @Test
  void theReportTellsAllOfIt() {
    String report = ReportText.markdown(results, Map.of("A chart", "chart.png"));
    assertThat(report)
        .contains("| trimaran | 0.1.0, commit 0123456789ab |")
        .contains("| machine | A Processor, 2 cores, 16384 MB, Linux 6 |")
        .contains(
            "| BasicConvNet CIFAR step, cpu / idiomatic DJL | 0.50 (0.47 to 0.53) | 0.42 | **lost** |")
        .contains(
            "| 1024-cubed float32 matmul, cpu / DJL (MKL) | 2.00 (1.20 to 2.50) | 1.50 | **lost** |")
        .contains("| SqueezeNet style iteration at 192, cpu / raw DJL | - | 0.55 | not measured |")
        // 2 x 1024^3 operations in 41 ms are 52.4 GFLOP/s, of 100.
        .contains(
            "| matmul 1024x1024x1024 | cpu | 41.0 | 30.0 to 50.0 | 1.00 | 2147 | 12.6 | 52.4 | 52 % | 2048 B |")
        .contains("| matmul 1024x1024x1024 | peer-djl | 20.5 | 20.0 to 25.0 | 0.50 |")
        .contains("| cifar, batch 50 | cpu | 105 MB | 286 MB | 1.00 |")
        .contains("- StyleTransfer.iteration backend=cpu dtype=float32: see jmh.log")
        .contains("![A chart](chart.png)")
        .doesNotContain("A quick look")
        .doesNotContain("&");
  }

  @Test
  void thePageNeedsNoOtherFile(@TempDir Path folder) throws IOException {
    ReportFiles.write(results, folder);
    assertThat(folder.resolve("matmul.png")).exists();
    assertThat(folder.resolve("roofline.png")).exists();
    assertThat(Files.readString(folder.resolve("report.md"))).contains("](matmul.png)");
    String page = Files.readString(folder.resolve("report.html"));
    assertThat(page)
        .contains("<table>")
        .contains("src=\"data:image/png;base64,iVBOR")
        .doesNotContain("src=\"matmul.png");
  }

  @Test
  void otherFilesAreNoResults(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"jmh\": []}");
    assertThatThrownBy(() -> Results.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + " is no results.json of 'trimaran benchmark': it has no 'memory'");
    Files.writeString(file, "{");
    assertThatThrownBy(() -> Results.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + " is not JSON: ");
  }
}
