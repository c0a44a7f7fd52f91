package io.github.trimaran.onnx;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.nn.Layer;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Networks from ONNX files, and into them.
 *
 * <pre>{@code
 * OnnxModel model = Onnx.read(Path.of("resnet.onnx"));
 * model.init(backend, DType.FLOAT32, Rng.seeded(29));   // the file's weights: nothing is drawn
 * Tensor logits = model.forward(images);
 *
 * Onnx.write(net, HostArray.zeros(Shape.of(1, 3, 32, 32), DType.FLOAT32), Path.of("net.onnx"));
 * }</pre>
 *
 * <p>Opsets 7 to 25 of ONNX's own operators are read, see {@link
 * io.github.trimaran.onnx.ops.Operators}. Weights may lie in files beside the model or below its
 * folder, and nowhere else.
 */
public final class Onnx {

  private Onnx() {}

  /**
   * Reads a model; see {@link OnnxImport} for one of which something is kept from training.
   *
   * @throws io.github.trimaran.io.weights.WeightFormatException if the file is no model of ONNX, is
   *     damaged, or its graph does not hold together
   * @throws OnnxException if it has operators, attributes or types that are not known, listing all
   */
  public static OnnxModel read(Path file) throws IOException {
    return OnnxImport.of(file).read();
  }

  /**
   * Writes a layer with a free batch, in the newest version that is written; see {@link OnnxExport}
   * for other ones.
   *
   * @param example of the type and shape of the input; its values do not matter
   * @throws IllegalArgumentException if its function cannot be written as a graph
   */
  public static void write(Layer layer, HostArray example, Path file) throws IOException {
    OnnxExport.of(layer).write(example, file);
  }
}
