package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.random.Rng;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Pictures of coloured shapes on a textured ground, and which pixel belongs to which shape: inputs
 * float32 {@code [B, 3, 64, 64]} from 0 to 1, targets int64 {@code [B, 64, 64]} of {@link
 * #CLASSES}. Every picture of every epoch is another one, and follows from the seed, the epoch and
 * its place.
 *
 * <p>Shapes are of any colour, size, place and turn, and do not touch; the ground is a sum of waves
 * between two colours; all have the noise of a camera.
 *
 * @param pictures how many an epoch has
 * @param batchSize how many a batch has, but for the last
 * @param rng what they follow from; it is not advanced
 */
record ShapePictures(int pictures, int batchSize, Rng rng) implements BatchSource {

  /** Rows and columns. */
  static final int SIDE = 64;

  /** What a pixel may belong to. */
  static final List<String> CLASSES = List.of("ground", "circle", "square", "triangle");

  private static final int PLANE = SIDE * SIDE;
  private static final int MOST_SHAPES = 4;
  private static final double NOISE = 0.05;

  @Override
  public int perEpoch() {
    return Shape.stepsBelow(0, pictures, batchSize);
  }

  @Override
  public Iterable<Batch> epoch(int epoch, int first) {
    return () ->
        IntStream.range(first, perEpoch()).mapToObj(batch -> batch(epoch, batch)).iterator();
  }

  private Batch batch(int epoch, int number) {
    int from = number * batchSize;
    int size = Math.min(batchSize, pictures - from);
    float[] pixels = new float[size * 3 * PLANE];
    long[] labels = new long[size * PLANE];
    IntStream.range(0, size)
        .parallel()
        .forEach(i -> draw(rng.fork(epoch).fork(from + i), pixels, labels, i));
    return Batch.of(
        HostArray.of(pixels, Shape.of(size, 3, SIDE, SIDE)),
        HostArray.of(labels, Shape.of(size, SIDE, SIDE)));
  }

  /** A shape that was placed; colour from 0 to 1, angle in radians. */
  private record Placed(
      int kind, double x, double y, double radius, double angle, double[] colour) {

    /** Whether the point belongs to it: the shape fills part of the circle around it. */
    boolean covers(double column, double row) {
      double dx = (column - x) / radius;
      double dy = (row - y) / radius;
      double u = dx * StrictMath.cos(angle) + dy * StrictMath.sin(angle);
      double v = dy * StrictMath.cos(angle) - dx * StrictMath.sin(angle);
      return switch (kind) {
        case 1 -> u * u + v * v < 0.8;
        case 2 -> Math.max(Math.abs(u), Math.abs(v)) < 0.7;
        default -> v < 0.5 && v > 1.732 * Math.abs(u) - 1;
      };
    }

    boolean touches(Placed other) {
      return StrictMath.hypot(x - other.x, y - other.y) < radius + other.radius;
    }
  }

  private static void draw(Rng rng, float[] pixels, long[] labels, int index) {
    double[] dark = colour(rng);
    double[] light = mixed(dark, colour(rng), 0.5);
    List<Placed> shapes = place(rng, mixed(dark, light, 0.5));
    double[][] waves = new double[3][];
    for (int wave = 0; wave < waves.length; wave++) {
      double angle = rng.nextDouble(0, 2 * Math.PI);
      double frequency = rng.nextDouble(0.1, 0.9);
      waves[wave] =
          new double[] {
            frequency * StrictMath.cos(angle),
            frequency * StrictMath.sin(angle),
            rng.nextDouble(0, 2 * Math.PI)
          };
    }
    for (int i = 0; i < PLANE; i++) {
      int row = i / SIDE;
      int column = i % SIDE;
      double height = 0.5;
      for (double[] wave : waves) {
        height += StrictMath.sin(wave[0] * column + wave[1] * row + wave[2]) / 6;
      }
      Placed shape = null;
      for (Placed candidate : shapes) {
        shape = candidate.covers(column + 0.5, row + 0.5) ? candidate : shape;
      }
      labels[index * PLANE + i] = shape == null ? 0 : shape.kind;
      for (int c = 0; c < 3; c++) {
        double ground = dark[c] + height * (light[c] - dark[c]);
        double value = shape == null ? ground : shape.colour[c] + 0.2 * (height - 0.5);
        value += NOISE * rng.nextGaussian();
        pixels[(index * 3 + c) * PLANE + i] = (float) Math.max(0, Math.min(1, value));
      }
    }
  }

  /** Up to four shapes; what would touch another is left out. */
  private static List<Placed> place(Rng rng, double... ground) {
    List<Placed> shapes = new ArrayList<>();
    for (int i = 0; i < MOST_SHAPES; i++) {
      double radius = rng.nextDouble(9, 17);
      Placed shape =
          new Placed(
              1 + rng.nextInt(CLASSES.size() - 1),
              rng.nextDouble(radius, SIDE - radius),
              rng.nextDouble(radius, SIDE - radius),
              radius,
              rng.nextDouble(0, 2 * Math.PI),
              colourFarFrom(ground, rng));
      if (shapes.stream().noneMatch(shape::touches)) {
        shapes.add(shape);
      }
    }
    return shapes;
  }

  private static double[] colour(Rng rng) {
    return new double[] {rng.nextDouble(), rng.nextDouble(), rng.nextDouble()};
  }

  private static double[] mixed(double[] a, double[] b, double share) {
    double[] mixed = new double[a.length];
    Arrays.setAll(mixed, c -> a[c] + share * (b[c] - a[c]));
    return mixed;
  }

  /** A colour that the eye tells from another. */
  private static double[] colourFarFrom(double[] other, Rng rng) {
    double[] colour = colour(rng);
    double square = 0;
    for (int c = 0; c < colour.length; c++) {
      square += (colour[c] - other[c]) * (colour[c] - other[c]);
    }
    return square > 0.2 ? colour : colourFarFrom(other, rng);
  }
}
