package io.github.trimaran.onnx;

import io.github.trimaran.onnx.file.Graph;
import io.github.trimaran.onnx.file.GraphReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * How an ONNX file is read. Methods return a changed copy.
 *
 * <pre>{@code
 * OnnxModel features = OnnxImport.of(Path.of("resnet.onnx")).frozen().read();
 *
 * OnnxModel tuned = OnnxImport.of(Path.of("resnet.onnx"))
 *     .frozen("conv1.", "layer1.")            // by the beginnings of their names in the file
 *     .read();
 * }</pre>
 *
 * <p>What is frozen is as if {@link OnnxModel#freeze} had been called for it: it is a parameter
 * still, but no gradient is computed for it and optimisers leave it alone.
 */
public final class OnnxImport {

  private final Path file;
  private final List<String> frozen;

  private OnnxImport(Path file, List<String> frozen) {
    this.file = file;
    this.frozen = frozen;
  }

  /** Of that file, with everything trained. */
  public static OnnxImport of(Path file) {
    return new OnnxImport(file, List.of());
  }

  /** The same with all initialisers kept from training. */
  public OnnxImport frozen() {
    return frozen("");
  }

  /**
   * The same with some initialisers kept from training.
   *
   * @param beginnings of their names in the file
   */
  public OnnxImport frozen(String... beginnings) {
    return new OnnxImport(file, List.of(beginnings));
  }

  /**
   * Reads the model; see {@link Onnx#read}.
   *
   * @throws IllegalArgumentException if a name to be frozen is the beginning of none
   */
  public OnnxModel read() throws IOException {
    Graph graph = GraphReader.read(file);
    OnnxException.require(file, graph);
    OnnxModel model = new OnnxModel(graph);
    model.freezeNamed(frozen);
    return model;
  }
}
