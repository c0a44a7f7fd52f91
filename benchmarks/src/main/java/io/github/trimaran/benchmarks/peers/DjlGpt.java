package io.github.trimaran.benchmarks.peers;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.Activation;
import ai.djl.nn.Parameter;
import ai.djl.nn.core.Linear;
import ai.djl.nn.transformer.IdEmbedding;
import ai.djl.nn.transformer.TransformerEncoderBlock;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;
import io.github.trimaran.nn.models.GPT;
import java.util.ArrayList;
import java.util.List;

/**
 * The transformer of the gallery in DJL's blocks, of the same sizes: tokens {@code [N, T]} and a
 * mask {@code [N, T, T]} of the places that a place may see give {@code [N T, V]}. DJL's blocks
 * have norms after the sums, biases, and a last map of its own; these differ little in time.
 */
final class DjlGpt extends AbstractBlock {

  private final GPT.Settings size;
  private final IdEmbedding tokens;
  private final Parameter positions;
  private final List<TransformerEncoderBlock> blocks = new ArrayList<>();
  private final Linear head;

  DjlGpt(GPT.Settings size) {
    this.size = size;
    tokens =
        addChildBlock(
            "tokens",
            new IdEmbedding.Builder()
                .setDictionarySize(size.vocabulary())
                .setEmbeddingSize(size.width())
                .build());
    positions =
        addParameter(
            Parameter.builder()
                .setName("positions")
                .setType(Parameter.Type.WEIGHT)
                .optShape(new Shape(1, size.context(), size.width()))
                .build());
    for (int i = 0; i < size.layers(); i++) {
      blocks.add(
          addChildBlock(
              "block" + i,
              new TransformerEncoderBlock(
                  size.width(), size.heads(), 4 * size.width(), 0, Activation::gelu)));
    }
    head = addChildBlock("head", Linear.builder().setUnits(size.vocabulary()).build());
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> settings) {
    NDArray mask = inputs.get(1);
    NDArray x = tokens.forward(store, new NDList(inputs.get(0)), training).head();
    x = x.add(store.getValue(positions, x.getDevice(), training));
    for (TransformerEncoderBlock block : blocks) {
      x = block.forward(store, new NDList(x, mask), training).head();
    }
    NDArray scores = head.forward(store, new NDList(x), training).head();
    // DJL's loss takes scores of two axes.
    return new NDList(scores.reshape(-1, size.vocabulary()));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].size(), size.vocabulary())};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    Shape between = new Shape(inputs[0].get(0), inputs[0].get(1), size.width());
    tokens.initialize(manager, type, inputs[0]);
    for (TransformerEncoderBlock block : blocks) {
      block.initialize(manager, type, between);
    }
    head.initialize(manager, type, between);
  }
}
