package io.github.trimaran.examples.photographs;

import io.github.trimaran.random.Rng;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A sheet of paper with a digit on it in front of a camera: what lies on what, the light, and what
 * the camera adds. Each {@link Disturbance} changes something; {@link #photograph} takes the
 * picture.
 */
final class Scene {

  /** Changes the colour (red, green and blue from 0 to 1) at a point of the sheet. */
  @FunctionalInterface
  interface Layer {
    void paint(double u, double v, double[] colour);
  }

  /** How much light falls on a place of the picture. */
  @FunctionalInterface
  interface Light {
    double at(double x, double y);
  }

  final int width;
  final int height;
  final List<Layer> underInk = new ArrayList<>();
  final List<Layer> overInk = new ArrayList<>();
  final List<Light> lights = new ArrayList<>();
  double[] paper;
  double[] ink;
  double opacity = 1;
  Handwriting digit;
  double digitHeight;
  double digitU;
  double digitV;
  double turn;
  double tiltX;
  double tiltY;
  double exposure = 1;
  double blur;
  double noise;
  double quality;
  int frame;

  Scene(int width, int height) {
    this.width = width;
    this.height = height;
  }

  int shorter() {
    return Math.min(width, height);
  }

  /** Soft by a pixel: 0 where {@code distance} is positive, 1 where it is negative. */
  static double edge(double distance) {
    return Math.max(0, Math.min(1, 0.5 - distance));
  }

  static void mix(double[] colour, double[] other, double share) {
    for (int i = 0; i < 3; i++) {
      colour[i] += share * (other[i] - colour[i]);
    }
  }

  /** The scene as a JPEG has it. */
  BufferedImage photograph(Rng rng) throws IOException {
    float[][] planes = new float[3][width * height];
    double[] colour = new double[3];
    double sin = Math.sin(turn);
    double cos = Math.cos(turn);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double fromX = x + 0.5 - width / 2.0;
        double fromY = y + 0.5 - height / 2.0;
        double depth = 1 + tiltX * fromX / width + tiltY * fromY / height;
        double u = width / 2.0 + (cos * fromX + sin * fromY) / depth;
        double v = height / 2.0 + (cos * fromY - sin * fromX) / depth;
        shade(u, v, colour);
        double light = exposure;
        for (Light each : lights) {
          light *= each.at(x, y);
        }
        for (int i = 0; i < 3; i++) {
          planes[i][y * width + x] = (float) (255 * light * colour[i]);
        }
      }
    }
    for (float[] plane : planes) {
      blur(plane);
    }
    return jpeg(develop(planes, rng));
  }

  /** The digit alone, in white that is opaque where there is ink. */
  BufferedImage drawing() {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int alpha = (int) Math.round(255 * inkAt(x + 0.5, y + 0.5));
        picture.setRGB(x, y, alpha << 24 | 0xffffff);
      }
    }
    return picture;
  }

  private void shade(double u, double v, double[] colour) {
    System.arraycopy(paper, 0, colour, 0, 3);
    for (Layer layer : underInk) {
      layer.paint(u, v, colour);
    }
    mix(colour, ink, opacity * inkAt(u, v));
    for (Layer layer : overInk) {
      layer.paint(u, v, colour);
    }
  }

  private double inkAt(double u, double v) {
    if (digit == null) {
      return 0;
    }
    double unit = digitHeight / 20;
    double x = (u - digitU) / unit;
    double y = (v - digitV) / unit;
    return Math.max(Math.abs(x), Math.abs(y)) > 14 ? 0 : edge(unit * digit.distance(x, y));
  }

  private void blur(float[] plane) {
    if (blur < 0.3) {
      return;
    }
    int radius = (int) Math.ceil(2.5 * blur);
    float[] weights = new float[2 * radius + 1];
    float sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) Math.exp(-Math.pow((i - radius) / blur, 2) / 2);
      sum += weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= sum;
    }
    float[] across = new float[plane.length];
    for (int i = 0; i < plane.length; i++) {
      int x = i % width;
      for (int k = -radius; k <= radius; k++) {
        int at = Math.max(0, Math.min(width - 1, x + k));
        across[i] += weights[k + radius] * plane[i - x + at];
      }
    }
    for (int i = 0; i < plane.length; i++) {
      int y = i / width;
      float value = 0;
      for (int k = -radius; k <= radius; k++) {
        int at = Math.max(0, Math.min(height - 1, y + k));
        value += weights[k + radius] * across[i + (at - y) * width];
      }
      plane[i] = value;
    }
  }

  private BufferedImage develop(float[][] planes, Rng rng) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      int x = i % width;
      int y = i / width;
      boolean framed = Math.min(Math.min(x, width - 1 - x), Math.min(y, height - 1 - y)) < frame;
      // Nearly normal: the sum of four parts of one draw.
      long draw = rng.nextLong();
      double grain = noise * (part(draw, 0) + part(draw, 1) + part(draw, 2) + part(draw, 3));
      int rgb = 0;
      for (float[] plane : planes) {
        double level = framed ? 10 : plane[i];
        rgb = rgb << 8 | (int) Math.max(0, Math.min(255, Math.round(level + grain)));
      }
      picture.setRGB(x, y, rgb);
    }
    return picture;
  }

  /** One of four parts of a draw, with variance 1/4. */
  private static double part(long draw, int which) {
    return ((draw >>> (16 * which) & 0xffff) / 65535.0 - 0.5) * Math.sqrt(3);
  }

  private BufferedImage jpeg(BufferedImage picture) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam parameters = writer.getDefaultWriteParam();
    parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    parameters.setCompressionQuality((float) quality);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
  }
}
