package io.github.trimaran.examples.serve;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.examples.web.HttpProblem;
import io.github.trimaran.examples.web.JsonBody;
import io.github.trimaran.examples.web.Request;
import io.github.trimaran.vision.digits.DigitPreparation;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Set;
import java.util.TreeSet;

/** Reads the digit that a request is about: a picture of any kind, or the network's own pixels. */
final class Digits {

  /** The field of the pixels, 784 bytes. */
  static final String SEEN = "seen";

  /** Pages make pictures smaller before they send them. */
  private static final int MOST_PIXELS = 4_000_000;

  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/bmp");

  /** After so many pictures the JVM has compiled what prepares them. */
  private static final int WARM_UP = 40;

  /** As the page sends a drawing. */
  private static final int WARM_UP_SIDE = 112;

  private Digits() {}

  /** Prepares a few pictures of a seven, so that the first stroke is not the slow one. */
  static void warmUp() {
    BufferedImage seven =
        new BufferedImage(WARM_UP_SIDE, WARM_UP_SIDE, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = seven.createGraphics();
    graphics.setStroke(new BasicStroke(8, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.drawPolyline(new int[] {32, 80, 52}, new int[] {24, 24, 94}, 3);
    graphics.dispose();
    try {
      for (int i = 0; i < WARM_UP; i++) {
        DigitPreparation.prepare(seven);
      }
    } catch (PictureException e) {
      throw new IllegalStateException("a seven is not seen as a digit", e);
    }
  }

  /** Pixels {@code [1, 28, 28]} from 0 to 255. */
  static HostArray of(Request request) throws HttpProblem {
    if (PICTURES.contains(request.type())) {
      return prepared(request.body());
    }
    if (!request.type().equals(Request.JSON)) {
      throw new HttpProblem(
          HttpProblem.UNSUPPORTED_TYPE,
          "the body must be a picture ("
              + String.join(", ", new TreeSet<>(PICTURES))
              + ") or "
              + Request.JSON
              + (request.type().isEmpty()
                  ? "; Content-Type is missing"
                  : ", is " + request.type()));
    }
    return of(request.json());
  }

  /** The same of an object's field {@code seen}. */
  static HostArray of(JsonBody body) throws HttpProblem {
    byte[] bytes =
        body.bytes(SEEN)
            .orElseThrow(
                () ->
                    new HttpProblem(
                        HttpProblem.BAD_REQUEST,
                        "needs a picture as body, or '" + SEEN + "' in a JSON object"));
    if (bytes.length != DigitNetwork.DIGIT.size()) {
      throw new HttpProblem(
          HttpProblem.BAD_REQUEST,
          "'" + SEEN + "' must be 28 x 28 bytes, is " + bytes.length + " bytes");
    }
    return PlaneJson.pixels(bytes, DigitNetwork.DIGIT);
  }

  private static HostArray prepared(byte[] picture) throws HttpProblem {
    try {
      return DigitPreparation.prepare(Pictures.readWithAlpha(picture, MOST_PIXELS))
          .reshape(DigitNetwork.DIGIT);
    } catch (PictureException e) {
      throw new HttpProblem(HttpProblem.UNUSABLE, e.getMessage());
    }
  }
}
