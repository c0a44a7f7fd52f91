package io.github.trimaran.onnx.file;

import io.github.trimaran.io.weights.WeightFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Values that lie in a file of their own, beside the model or below it. Nothing else is opened,
 * whatever a model asks for: it may come from anywhere.
 */
final class ExternalData {

  private ExternalData() {}

  /** Maps that many bytes of the file that a tensor's notes name. */
  static ByteBuffer read(Path model, String tensor, Map<String, String> notes, long bytes)
      throws IOException {
    String location = notes.getOrDefault("location", "");
    Path data = inside(model, tensor, location);
    long offset = number(model, tensor, notes.getOrDefault("offset", "0"));
    long length = number(model, tensor, notes.getOrDefault("length", Long.toString(bytes)));
    if (length != bytes || offset > Files.size(data) - length) {
      throw error(
          model,
          tensor,
          "needs "
              + bytes
              + " bytes from "
              + offset
              + " on in "
              + location
              + ", which has "
              + Files.size(data));
    }
    try (FileChannel channel = FileChannel.open(data)) {
      return channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
    }
  }

  private static Path inside(Path model, String tensor, String location) throws IOException {
    Path parent = model.toAbsolutePath().getParent();
    Path data;
    try {
      data = parent.resolve(location).normalize();
    } catch (InvalidPathException e) {
      throw new WeightFormatException(
          model.toString(), "tensor '" + tensor + "' lies in '" + location + "', no path", e);
    }
    if (location.isEmpty() || Path.of(location).isAbsolute() || !data.startsWith(parent)) {
      throw error(model, tensor, "lies in '" + location + "', outside the model's folder");
    }
    if (!Files.isRegularFile(data)) {
      throw error(model, tensor, "lies in '" + location + "', which is not there");
    }
    // Links may not lead out either.
    if (!data.toRealPath().startsWith(parent.toRealPath())) {
      throw error(model, tensor, "lies in '" + location + "', outside the model's folder");
    }
    return data;
  }

  private static long number(Path model, String tensor, String text) throws IOException {
    if (!text.matches("\\d{1,18}")) {
      throw error(model, tensor, "lies at '" + text + "', which is no number");
    }
    return Long.parseLong(text);
  }

  private static WeightFormatException error(Path model, String tensor, String reason) {
    return new WeightFormatException(model.toString(), "tensor '" + tensor + "' " + reason);
  }
}
