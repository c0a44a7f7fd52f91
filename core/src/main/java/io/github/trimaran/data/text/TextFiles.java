package io.github.trimaran.data.text;

import io.github.trimaran.data.DataException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Text from files, in UTF-8 unless another encoding is told. What is not text in that encoding is
 * refused with its line, not replaced by question marks.
 *
 * <pre>{@code
 * String plays = TextFiles.read(Path.of("tinyshakespeare.txt"));
 * }</pre>
 */
public final class TextFiles {

  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final int CHUNK = 1 << 16;

  private TextFiles() {}

  /** All of a text in UTF-8. */
  public static String read(Path file) throws IOException {
    return read(file, StandardCharsets.UTF_8);
  }

  /**
   * All of a text; a byte order mark at its start is left out.
   *
   * @throws DataException if it is not there, or is not in that encoding
   */
  public static String read(Path file, Charset encoding) throws IOException {
    try (Reader reader = open(file, encoding)) {
      StringBuilder text = new StringBuilder();
      char[] chunk = new char[CHUNK];
      for (int count = reader.read(chunk); count >= 0; count = reader.read(chunk)) {
        text.append(chunk, 0, count);
      }
      return text.toString();
    }
  }

  /**
   * A reader of a text; a byte order mark at its start is left out.
   *
   * @throws DataException if the file is not there; when it is read, if it is not in that encoding
   */
  public static BufferedReader open(Path file, Charset encoding) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DataException(file + (Files.exists(file) ? ": not a file" : ": no such file"));
    }
    BufferedReader reader = new BufferedReader(new StrictReader(file, encoding), CHUNK);
    try {
      reader.mark(1);
      if (reader.read() != BYTE_ORDER_MARK) {
        reader.reset();
      }
      return reader;
    } catch (IOException e) {
      reader.close();
      throw e;
    }
  }

  /** Says where, when the text turns out not to be in the encoding. */
  private static final class StrictReader extends Reader {

    private final Path file;
    private final Charset encoding;
    private final Reader decoded;

    StrictReader(Path file, Charset encoding) throws IOException {
      this.file = file;
      this.encoding = encoding;
      // A decoder of its own reports what cannot be decoded; the usual one would replace it.
      this.decoded = new InputStreamReader(Files.newInputStream(file), encoding.newDecoder());
    }

    @Override
    public int read(char[] target, int offset, int length) throws IOException {
      try {
        return decoded.read(target, offset, length);
      } catch (CharacterCodingException e) {
        throw new DataException(
            String.format(
                "%s, line %d: is not text in %s; say which encoding it is in, such as windows-1252",
                file, lineOfError(), encoding),
            e);
      }
    }

    /** The decoder reads ahead and does not say where it stopped, so the file is read again. */
    private long lineOfError() throws IOException {
      CharsetDecoder decoder = encoding.newDecoder();
      ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
      CharBuffer chars = CharBuffer.allocate(CHUNK);
      long line = 1;
      try (InputStream in = Files.newInputStream(file)) {
        boolean more = true;
        while (more) {
          int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
          more = count >= 0;
          bytes.position(bytes.position() + Math.max(count, 0)).flip();
          CoderResult result;
          do {
            result = decoder.decode(bytes, chars.clear(), !more);
            line += chars.flip().chars().filter(c -> c == '\n').count();
          } while (result.isOverflow());
          if (result.isError()) {
            return line;
          }
          bytes.compact();
        }
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      decoded.close();
    }
  }
}
