package io.github.trimaran.vision.digits;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.vision.image.PictureException;
import io.github.trimaran.vision.image.Pictures;
import io.github.trimaran.vision.image.Transparency;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Makes a photograph of one handwritten digit look as MNIST's digits do: light ink on black, the
 * ink's box scaled into 20 x 20 with its aspect ratio kept, and put into 28 x 28 so that its centre
 * of mass lies in the middle (LeCun et al. 1998, section III.A).
 *
 * <pre>{@code
 * HostArray digit = DigitPreparation.read(Path.of("my-seven.jpg")); // [1, 1, 28, 28]
 * }</pre>
 *
 * <p>The picture may be of any size, the ink dark on light, light on dark, or on a transparent
 * ground; the paper ruled or squared, in the shade in part, with specks on it and a table around.
 * In turn:
 *
 * <ol>
 *   <li>{@link GreyLevels}: how bright each pixel is, at a size that has the digit but not too many
 *       pixels;
 *   <li>{@link Background}, {@link Ink}: how bright the paper would be there, and how much darker
 *       (or lighter) ink has made it; of a drawing on even paper, {@link EvenPaper}, at once, and
 *       of a sheet on a table, {@link Sheet}, without the table;
 *   <li>{@link RuledLines}: without the lines of the paper;
 *   <li>{@link Component}, {@link Likeness}: what hangs together, and how much it is like a digit;
 *   <li>{@link Strokes}: the one most like a digit, dark or light, and the strokes that belong to
 *       it;
 *   <li>{@link Framing}: at MNIST's size and place.
 * </ol>
 *
 * Where nothing is like a digit, or several things are, the picture is refused with a hint: any
 * answer would be wrong.
 */
public final class DigitPreparation {

  private DigitPreparation() {}

  /**
   * The digit of a file, as {@link #prepare} gives it.
   *
   * @throws PictureException if the file is no picture or shows no digit; it names the file
   * @throws IOException if it cannot be opened
   */
  public static HostArray read(Path file) throws IOException {
    BufferedImage picture = Pictures.readWithAlpha(file);
    try {
      return prepare(picture);
    } catch (PictureException e) {
      throw new PictureException(file, e.getMessage(), e);
    }
  }

  /**
   * The digit as MNIST has it: float32 {@code [1, 1, 28, 28]} from 0 (background) to 255 (ink).
   *
   * @throws PictureException if there is no digit on the picture, or not just one
   */
  public static HostArray prepare(BufferedImage picture) throws PictureException {
    Plane levels = GreyLevels.of(Transparency.onContrast(picture));
    float[] digit = Framing.of(Strokes.of(levels));
    return HostArray.of(digit, Shape.of(1, 1, Framing.SIDE, Framing.SIDE));
  }
}
