package io.github.trimaran.examples.report;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Normalization;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.vision.image.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Test images and what a network made of each, for the report: confusion matrix, calibration, and a
 * sheet of examples for each cell of the matrix.
 *
 * @param images in the order they were asked about
 * @param found what was measured on them
 * @param judged one for each image
 */
public record TestedImages(Dataset images, Evaluation found, List<Judgements.Judged> judged) {

  /** The file of examples beside the result of one run. */
  public static final String SHEET = "examples.png";

  /** Images about which a model is asked at a time. */
  private static final int BATCH = 500;

  private static final int MISTAKES_A_CELL = 8;
  private static final int RIGHT_A_CELL = 4;
  private static final int MOST = 300;
  private static final int COLUMNS = 20;

  /** Keeps a copy. */
  public TestedImages {
    judged = List.copyOf(judged);
  }

  /** Asks a model about images that are prepared for it so. */
  public static TestedImages measured(
      Layer model, Dataset images, Normalization normalization, Scoring scoring) {
    return measured(
        model, images, Batches.inOrder(images, BATCH).normalized(normalization), scoring);
  }

  /**
   * Asks a model about images.
   *
   * @param batches of the images, in their order
   */
  public static TestedImages measured(
      Layer model, Dataset images, BatchSource batches, Scoring scoring) {
    Judgements judgements = new Judgements();
    Evaluation found =
        new Evaluator<>(Supervised.classification().scoring(scoring))
            .metrics(judgements)
            .evaluate(model, batches);
    return new TestedImages(images, found, judgements.all());
  }

  /**
   * The metrics that belong to them; writes the sheet of examples into the folder.
   *
   * @param sheet its file name: {@link #SHEET} where the result is of one run
   */
  public Map<String, Object> metrics(Path folder, String sheet) throws IOException {
    Map<String, Object> metrics = new Answers(images.classNames(), judged).metrics();
    metrics.put("examples", examples(folder, sheet));
    return metrics;
  }

  private Map<String, Object> examples(Path folder, String name) throws IOException {
    List<Judgements.Judged> shown = chosen();
    Shape image = images.imageShape();
    int height = image.dim(1);
    int width = image.dim(2);
    int rows = Math.max(1, (shown.size() + COLUMNS - 1) / COLUMNS);
    int type = image.dim(0) == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB;
    BufferedImage sheet = new BufferedImage(COLUMNS * width, rows * height, type);
    List<List<Object>> cells = new ArrayList<>();
    for (Judgements.Judged one : shown) {
      int left = cells.size() % COLUMNS * width;
      int top = Math.floorDiv(cells.size(), COLUMNS) * height;
      draw(images.image(one.index()), sheet, left, top);
      cells.add(List.of(one.label(), one.predicted(), one.probability()));
    }
    Pictures.writePng(folder.resolve(name), sheet);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sheet", name);
    json.put("columns", COLUMNS);
    json.put("rows", rows);
    json.put("cells", cells);
    return json;
  }

  /**
   * Of each mistaken cell those that the network was surest of, of the others those that it was
   * least sure of; mistakes first.
   */
  private List<Judgements.Judged> chosen() {
    Comparator<Judgements.Judged> byProbability =
        Comparator.comparingDouble(Judgements.Judged::probability);
    List<Judgements.Judged> sorted = new ArrayList<>(judged);
    sorted.sort(
        Comparator.comparing(Judgements.Judged::isRight)
            .thenComparing(
                (a, b) -> a.isRight() ? byProbability.compare(a, b) : byProbability.compare(b, a)));
    Map<List<Integer>, Integer> taken = new LinkedHashMap<>();
    List<Judgements.Judged> chosen = new ArrayList<>();
    for (Judgements.Judged one : sorted) {
      int most = one.isRight() ? RIGHT_A_CELL : MISTAKES_A_CELL;
      int before = taken.merge(List.of(one.label(), one.predicted()), 1, Integer::sum);
      if (before <= most && chosen.size() < MOST) {
        chosen.add(one);
      }
    }
    return chosen;
  }

  /** Pixels {@code [C, H, W]} from 0 to 255. */
  private static void draw(HostArray pixels, BufferedImage sheet, int left, int top) {
    Shape shape = pixels.shape();
    int plane = shape.dim(1) * shape.dim(2);
    boolean grey = shape.dim(0) == 1;
    for (int i = 0; i < plane; i++) {
      int x = left + i % shape.dim(2);
      int y = top + Math.floorDiv(i, shape.dim(2));
      if (grey) {
        // Not through RGB: the JDK takes grey for linear there, and would change it.
        sheet.getRaster().setSample(x, y, 0, level(pixels, i));
      } else {
        int rgb = level(pixels, i) << 16 | level(pixels, plane + i) << 8;
        sheet.setRGB(x, y, rgb | level(pixels, 2 * plane + i));
      }
    }
  }

  private static int level(HostArray pixels, int index) {
    return Math.max(0, Math.min(255, (int) Math.round(pixels.get(index))));
  }
}
