package io.github.trimaran.examples.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * One call of the program inside this JVM.
 *
 * @param exitCode it ended with
 * @param out what it said
 * @param err what went wrong
 */
record Program(int exitCode, String out, String err) {

  static Program run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode =
        Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments.clone());
    return new Program(exitCode, out.toString(), err.toString());
  }

  /** Splits a command line at spaces; {@code @} stands for a folder. */
  static Program run(Path folder, String commandLine) {
    return run(commandLine.replace("@", folder.toString()).split(" +"));
  }

  /** Forty training and twenty test digits in MNIST's format: bars, one place for each class. */
  static Path writeDigits(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.write(folder.resolve("train-images-idx3-ubyte.gz"), gzip(images(40)));
    Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), gzip(labels(40)));
    Files.write(folder.resolve("t10k-images-idx3-ubyte"), images(20));
    Files.write(folder.resolve("t10k-labels-idx1-ubyte"), labels(20));
    return folder;
  }

  static byte[] images(int count) {
    ByteBuffer file = ByteBuffer.allocate(16 + count * 784);
    file.putInt(0x803).putInt(count).putInt(28).putInt(28);
    for (int i = 0; i < count; i++) {
      for (int pixel = 0; pixel < 784; pixel++) {
        file.put((byte) (pixel / 28 / 2 == i % 10 + 1 ? 200 + i : 0));
      }
    }
    return file.array();
  }

  static byte[] labels(int count) {
    ByteBuffer file = ByteBuffer.allocate(8 + count);
    file.putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      file.put((byte) (i % 10));
    }
    return file.array();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }
}
