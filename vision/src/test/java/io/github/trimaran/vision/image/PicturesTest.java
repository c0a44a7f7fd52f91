package io.github.trimaran.vision.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PicturesTest {

  @TempDir Path folder;

  private static BufferedImage grey(int width, int height, int... values) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < values.length; i++) {
      picture.setRGB(i % width, i / width, values[i] * 0x010101);
    }
    return picture;
  }

  private static int[] greys(BufferedImage picture) {
    int[] rgb =
        picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    return Arrays.stream(rgb).map(pixel -> pixel & 0xff).toArray();
  }

  @Test
  void writesAndReadsPng() throws IOException {
    Path file = folder.resolve("a.png");
    Pictures.writePng(file, grey(2, 2, 0, 50, 100, 255));
    assertThat(greys(Pictures.read(file))).containsExactly(0, 50, 100, 255);
  }

  @Test
  void putsTransparentPicturesOnWhite() throws IOException {
    BufferedImage clear = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    Path file = folder.resolve("clear.png");
    ImageIO.write(clear, "png", file.toFile());
    assertThat(greys(Pictures.read(file))).containsExactly(255);
  }

  /**
   * The upper left is white, the lower right grey, the rest black; where they go for each
   * orientation.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 2, 3, 0, 5", "2, 2, 3, 1, 4", "3, 2, 3, 5, 0", "4, 2, 3, 4, 1",
    "5, 3, 2, 0, 5", "6, 3, 2, 2, 3", "7, 3, 2, 5, 0", "8, 3, 2, 3, 2"
  })
  void turnsPicturesUpright(int exif, int width, int height, int white, int grey) {
    BufferedImage stored = grey(2, 3, 255, 0, 0, 0, 0, 128);
    BufferedImage upright = Orientation.values()[exif - 1].upright(stored);
    assertThat(upright.getWidth()).isEqualTo(width);
    assertThat(upright.getHeight()).isEqualTo(height);
    assertThat(greys(upright)[white]).isEqualTo(255);
    assertThat(greys(upright)[grey]).isEqualTo(128);
  }

  @Test
  void honoursTheExifOrientationOfJpegs() throws IOException {
    BufferedImage wide = new BufferedImage(32, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16 * 16; i++) {
      wide.setRGB(i % 16, i / 16, 0xffffff);
    }
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(wide, "jpg", jpeg);
    Path file = folder.resolve("turned.jpg");
    Files.write(file, withOrientation(jpeg.toByteArray(), 6));
    BufferedImage upright = Pictures.read(file);
    assertThat(upright.getWidth()).isEqualTo(16);
    assertThat(upright.getHeight()).isEqualTo(32);
    // The white left half was turned clockwise to the top.
    assertThat(upright.getRGB(8, 4) & 0xff).isGreaterThan(240);
    assertThat(upright.getRGB(8, 28) & 0xff).isLessThan(15);
  }

  @Test
  void refusesWhatIsNoPicture() throws IOException {
    Path text = Files.writeString(folder.resolve("text.png"), "no picture");
    assertThatThrownBy(() -> Pictures.read(text))
        .isInstanceOf(PictureException.class)
        .hasMessage(text + ": no picture (PNG, JPEG, GIF and BMP are read)");
    assertThatThrownBy(() -> Pictures.read(folder.resolve("absent.png")))
        .hasMessageEndingWith("absent.png: no such file");
    Path file = folder.resolve("a.png");
    Pictures.writePng(file, grey(50, 50));
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> Pictures.read(file)).isInstanceOf(PictureException.class);
  }

  @ParameterizedTest
  @CsvSource({"100000, 1", "1, 100000", "19999, 19999", "0, 5"})
  void refusesHugePicturesBeforeDecodingThem(int width, int height) throws IOException {
    Path file = folder.resolve("huge.png");
    Files.write(file, pngHeader(width, height));
    assertThatThrownBy(() -> Pictures.read(file)).isInstanceOf(PictureException.class);
  }

  /** By hand: weights 3/4, 3/4 and 1/4 over 7/4 when halving, 3/4 and 1/4 when doubling. */
  @Test
  void resizesWithATriangle() {
    assertThat(greys(Resize.to(grey(4, 1, 0, 100, 200, 255), 2, 1))).containsExactly(71, 209);
    assertThat(greys(Resize.to(grey(2, 1, 0, 100), 4, 1))).containsExactly(0, 25, 75, 100);
    assertThat(greys(Resize.to(grey(1, 2, 0, 100), 1, 4))).containsExactly(0, 25, 75, 100);
  }

  @Test
  void keepsTheAspectRatio() {
    BufferedImage resized = Resize.longerSide(grey(100, 50), 30);
    assertThat(resized.getWidth()).isEqualTo(30);
    assertThat(resized.getHeight()).isEqualTo(15);
    assertThat(Resize.shorterSide(grey(100, 50), 10).getWidth()).isEqualTo(20);
    assertThat(greys(Resize.centre(grey(3, 3, 0, 1, 2, 3, 4, 5, 6, 7, 8), 1, 1)))
        .containsExactly(4);
  }

  @Test
  void pixelsAreRedGreenAndBluePlanes() {
    BufferedImage picture = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, 0x010203);
    picture.setRGB(1, 0, 0xff8000);
    HostArray pixels = Pixels.of(picture);
    assertThat(pixels.shape()).isEqualTo(Shape.of(1, 3, 1, 2));
    assertThat(pixels.floats()).containsExactly(1, 255, 2, 128, 3, 0);
    assertThat(Pixels.toPicture(pixels).getRGB(1, 0) & 0xffffff).isEqualTo(0xff8000);
    HostArray beyond = HostArray.of(new float[] {-5, 300, 1.5f}, Shape.of(1, 3, 1, 1));
    assertThat(Pixels.toPicture(beyond).getRGB(0, 0) & 0xffffff).isEqualTo(0x00ff02);
  }

  @Test
  void animatedGifsHaveAllFrames() throws IOException {
    Path file = folder.resolve("a.gif");
    AnimatedGif.write(file, List.of(grey(4, 4), grey(4, 4, 255), grey(4, 4, 128)), 10);
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      ImageReader reader = ImageIO.getImageReaders(in).next();
      reader.setInput(in);
      assertThat(reader.getNumImages(true)).isEqualTo(3);
      assertThat(reader.read(1).getRGB(0, 0) & 0xff).isGreaterThan(250);
      reader.dispose();
    }
  }

  /** The JPEG with an EXIF segment of one entry, the orientation, behind its start marker. */
  private static byte[] withOrientation(byte[] jpeg, int orientation) {
    ByteBuffer exif = ByteBuffer.allocate(36);
    exif.putShort((short) 0xffe1)
        .putShort((short) 34)
        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    ByteBuffer all = ByteBuffer.allocate(jpeg.length + 36);
    return all.put(jpeg, 0, 2).put(exif.array()).put(jpeg, 2, jpeg.length - 2).array();
  }

  private static byte[] pngHeader(int width, int height) {
    ByteBuffer header = ByteBuffer.allocate(33);
    header.put(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}).putInt(13);
    header
        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
        .putInt(width)
        .putInt(height)
        .put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(header.array(), 12, 17);
    return header.putInt((int) crc.getValue()).array();
  }
}
