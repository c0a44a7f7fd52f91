package io.github.trimaran.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train --watch}: the page beside a training shows it, and goes when it is over. */
@Tag("one-jdk")
class WatchedTrainingTest {

  private static final Pattern ADDRESS = Pattern.compile("Watch at (http://\\S+/)#training");

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aTrainingIsToBeSeenWhileItRuns() throws Exception {
    StringWriter out = new StringWriter();
    Path data = Program.writeDigits(folder.resolve("mnist"));
    String line =
        "train mnist --watch --data real --data-dir @ --out @/out --num-training 30"
            + " --num-validation 10 --num-test 20 --batch-size 1 --epochs 200 --filters 2";
    String[] words = line.replace("@", data.getParent().toString()).split(" ");
    CompletableFuture<Integer> training =
        CompletableFuture.supplyAsync(
            () -> Main.run(new PrintWriter(out, true), new PrintWriter(out, true), words));
    URI page = address(out, training);
    JsonNode job = job(page);
    while (job.at("/curves/validation accuracy/x").size() < 2) {
      assertThat(training).as(out::toString).isNotDone();
      Thread.sleep(20);
      job = job(page);
    }
    assertThat(job.get("state").asText()).isEqualTo("running");
    assertThat(job.get("cancellable").asBoolean()).isFalse();
    assertThat(job.at("/shown/run").asText()).isEqualTo("30 images, 200 epochs");
    assertThat(job.at("/shown/filters/shape").toString()).isEqualTo("[2,1,7,7]");
    assertThat(job.at("/curves/loss/x").size()).isGreaterThanOrEqualTo(60);
    HttpResponse<String> refused =
        client.send(
            HttpRequest.newBuilder(page.resolve("/api/v1/jobs/" + job.get("id").asText()))
                .DELETE()
                .build(),
            BodyHandlers.ofString());
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(refused.body()).contains("Ctrl-C");
    assertThat(training.get()).as(out::toString).isZero();
    assertThat(out.toString()).contains("Test accuracy");
  }

  private static URI address(StringWriter out, CompletableFuture<Integer> training)
      throws InterruptedException {
    while (true) {
      Matcher found = ADDRESS.matcher(out.toString());
      if (found.find()) {
        return URI.create(found.group(1));
      }
      assertThat(training).as(out::toString).isNotDone();
      Thread.sleep(20);
    }
  }

  /** The training among the jobs; nothing while there is none. */
  private JsonNode job(URI page) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(page.resolve("/api/v1/jobs")).build();
    String body = client.send(request, BodyHandlers.ofString()).body();
    return new ObjectMapper().readTree(body).get("jobs").path(0);
  }
}
