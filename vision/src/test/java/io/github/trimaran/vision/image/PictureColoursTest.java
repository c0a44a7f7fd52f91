package io.github.trimaran.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Point;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Colours come out of a file as they were put into it, whatever it calls them. */
class PictureColoursTest {

  /** JPEG at its best quality changes a level by a rounding of each conversion. */
  private static final int JPEG_ROUNDING = 3;

  @TempDir Path folder;

  private int[] read(BufferedImage picture) throws IOException {
    Path file = folder.resolve("picture.png");
    assertThat(ImageIO.write(picture, "png", file.toFile())).isTrue();
    return colours(Pictures.read(file));
  }

  private static int[] colours(BufferedImage picture) {
    int width = picture.getWidth();
    return Arrays.stream(picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width))
        .map(rgb -> rgb & 0xffffff)
        .toArray();
  }

  private static int[] greys(int... levels) {
    return Arrays.stream(levels).map(level -> level * 0x010101).toArray();
  }

  /** A row of pixels with these samples, pixel by pixel, in the JDK's space of greys or colours. */
  private static BufferedImage row(int space, boolean alpha, int type, int... samples) {
    ComponentColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space),
            alpha,
            false,
            alpha ? java.awt.Transparency.TRANSLUCENT : java.awt.Transparency.OPAQUE,
            type);
    int width = samples.length / model.getNumComponents();
    WritableRaster raster = model.createCompatibleWritableRaster(width, 1);
    raster.setPixels(0, 0, width, 1, samples);
    return new BufferedImage(model, raster, false, null);
  }

  @Test
  void greyLevelsStay() throws IOException {
    assertThat(read(row(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_BYTE, 0, 64, 128, 200, 255)))
        .containsExactly(greys(0, 64, 128, 200, 255));
    assertThat(read(row(ColorSpace.CS_GRAY, false, DataBuffer.TYPE_USHORT, 0, 64 * 257, 65535)))
        .containsExactly(greys(0, 64, 255));
  }

  @Test
  void greyLevelsStayBesideAlpha() throws IOException {
    int byteType = DataBuffer.TYPE_BYTE;
    assertThat(read(row(ColorSpace.CS_GRAY, true, byteType, 64, 255, 128, 255, 200, 255)))
        .containsExactly(greys(64, 128, 200));
    // By hand: (102 * 64 + 153 * 255) / 255 = 178.6, and the like.
    assertThat(read(row(ColorSpace.CS_GRAY, true, byteType, 64, 102, 128, 102, 200, 0)))
        .containsExactly(greys(179, 204, 255));
    assertThat(read(row(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_USHORT, 64 * 257, 102 * 257)))
        .containsExactly(greys(179));
  }

  @Test
  void coloursLieOverWhite() throws IOException {
    int[] samples = {64, 128, 200, 255, 64, 128, 200, 102, 1, 2, 3, 0};
    int[] expected = {0x4080c8, 0xb3cce9, 0xffffff};
    assertThat(read(row(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_BYTE, samples)))
        .containsExactly(expected);
    int[] wide = Arrays.stream(samples).map(sample -> 257 * sample).toArray();
    assertThat(read(row(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT, wide)))
        .containsExactly(expected);
  }

  @Test
  void palettesLieOverWhite() throws IOException {
    byte[] grey = {64, (byte) 128, (byte) 200, 0};
    byte[] alpha = {(byte) 255, 102, 0, (byte) 255};
    BufferedImage picture =
        new BufferedImage(
            4,
            1,
            BufferedImage.TYPE_BYTE_INDEXED,
            new IndexColorModel(8, 4, grey, grey, grey, alpha));
    picture.getRaster().setPixels(0, 0, 4, 1, new int[] {0, 1, 2, 3});
    assertThat(read(picture)).containsExactly(greys(64, 204, 255, 0));
  }

  @Test
  void coloursThatWereMultipliedByAlphaAreDividedAgain() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB_PRE);
    picture.setRGB(0, 0, 0x66ff0000);
    picture.setRGB(1, 0, 0xff4080c8);
    BufferedImage straight = StraightColours.of(picture);
    assertThat(straight.getRGB(0, 0)).isEqualTo(0x66ff0000);
    assertThat(straight.getRGB(1, 0)).isEqualTo(0xff4080c8);
  }

  @Test
  void whiteInkOnNothingStaysVisible() {
    BufferedImage picture = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    picture.setRGB(0, 0, Color.WHITE.getRGB());
    picture.setRGB(1, 0, 0x66ffffff);
    BufferedImage contrasting = Transparency.onContrast(picture);
    assertThat(colours(contrasting)).containsExactly(greys(255, 102, 0));
    picture.setRGB(0, 0, Color.BLACK.getRGB());
    picture.setRGB(1, 0, 0x66000000);
    contrasting = Transparency.onContrast(picture);
    assertThat(colours(contrasting)).containsExactly(greys(0, 153, 255));
  }

  /** Ramps of one ink each, and of black: as Photoshop writes them, every sample 255 less it. */
  @Test
  void cmykIsWhatPrintingGives() throws IOException {
    int[] inverted = new int[4 * 16 * 16];
    int[] expected = new int[16 * 16];
    for (int i = 0; i < expected.length; i++) {
      int level = 255 - i / 16 * 8;
      int black = 255 - i % 16 * 8;
      inverted[4 * i] = level;
      inverted[4 * i + 1] = 255;
      inverted[4 * i + 2] = 128;
      inverted[4 * i + 3] = black;
      expected[i] =
          (int) Math.round(level * black / 255.0) << 16
              | black << 8
              | (int) Math.round(128 * black / 255.0);
    }
    assertRead(expected, adobe(inverted, 0));
    int[] ycck = inverted.clone();
    for (int i = 0; i < expected.length; i++) {
      toYcc(ycck, 4 * i);
    }
    assertRead(expected, adobe(ycck, 2));
  }

  private void assertRead(int[] expected, byte[] jpeg) throws IOException {
    Path file = Files.write(folder.resolve("cmyk.jpg"), jpeg);
    int[] read = colours(Pictures.read(file));
    for (int shift : new int[] {0, 8, 16}) {
      for (int i = 0; i < expected.length; i++) {
        assertThat(read[i] >> shift & 255)
            .as("pixel %d, shift %d", i, shift)
            .isCloseTo(expected[i] >> shift & 255, within(JPEG_ROUNDING));
      }
    }
  }

  /**
   * As Adobe has it (libjpeg, jccolor.c): JFIF's conversion of 255 less the first three samples.
   */
  private static void toYcc(int[] samples, int at) {
    double r = 255 - samples[at];
    double g = 255 - samples[at + 1];
    double b = 255 - samples[at + 2];
    samples[at] = (int) Math.round(0.299 * r + 0.587 * g + 0.114 * b);
    samples[at + 1] = (int) Math.round(128 - 0.168736 * r - 0.331264 * g + 0.5 * b);
    samples[at + 2] = (int) Math.round(128 + 0.5 * r - 0.418688 * g - 0.081312 * b);
  }

  /** A JPEG of 16 x 16 pixels with these four samples each, and Adobe's marker. */
  private static byte[] adobe(int[] samples, int transform) throws IOException {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point());
    raster.setPixels(0, 0, 16, 16, samples);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam best = writer.getDefaultWriteParam();
    best.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    best.setCompressionQuality(1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ImageOutputStream image = ImageIO.createImageOutputStream(out)) {
      writer.setOutput(image);
      writer.write(null, new IIOImage(raster, null, null), best);
    } finally {
      writer.dispose();
    }
    byte[] plain = out.toByteArray();
    byte[] marker =
        ByteBuffer.allocate(16)
            .putShort((short) 0xffee)
            .putShort((short) 14)
            .put("Adobe".getBytes(StandardCharsets.US_ASCII))
            .putShort((short) 100)
            .putInt(0)
            .put((byte) transform)
            .array();
    return ByteBuffer.allocate(plain.length + marker.length)
        .put(plain, 0, 2)
        .put(marker)
        .put(plain, 2, plain.length - 2)
        .array();
  }
}
