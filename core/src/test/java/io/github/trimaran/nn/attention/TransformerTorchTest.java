package io.github.trimaran.nn.attention;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.PyTorch;
import io.github.trimaran.nn.SiLU;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PyTorch loads our state dictionaries strictly, and then gives what we give. */
class TransformerTorchTest {

  private final NaiveBackend backend = new NaiveBackend();
  private final Rng rng = Rng.seeded(7);

  private Tensor random(int... extents) {
    Shape shape = Shape.of(extents);
    return Tensor.of(backend, HostArray.of(rng.doubles(shape.size(), -1, 1).toArray(), shape));
  }

  private <M extends Model> M initialised(M model) {
    model.init(backend, DType.FLOAT64, Rng.seeded(3));
    return model;
  }

  @Test
  void pyTorchLoadsOurs(@TempDir Path folder) throws IOException, InterruptedException {
    PyTorch.assumeInstalled();
    Tensor x = random(5, 2, 8);
    Tensor memory = random(4, 2, 8);
    Tensor padding = Tensor.of(backend, new boolean[] {false, false, true, false}, 1, 4);
    Tensor pad = padding.broadcastTo(Shape.of(2, 4));
    MultiHeadAttention self = initialised(new MultiHeadAttention(8, 2).withoutBias());
    MultiHeadAttention cross = initialised(new MultiHeadAttention(8, 4).keyWidth(8).valueWidth(3));
    Tensor value = random(4, 2, 3);
    AttentionMask keys = AttentionMask.none().keyPadding(pad);
    TransformerEncoder encoder =
        initialised(
            new TransformerEncoder(
                    new TransformerEncoderLayer(8, 2)
                        .feedForward(16)
                        .activation(SiLU::new)
                        .normFirst(),
                    2)
                .norm(new LayerNorm(8)));
    TransformerDecoder decoder =
        initialised(new TransformerDecoder(new TransformerDecoderLayer(8, 2).feedForward(16), 2));
    new PyTorch()
        .add(
            "nn.MultiheadAttention(8, 2, bias=False)",
            self,
            "m(x, x, x)[0]",
            Map.of("x", x),
            List.of(self.forward(x, Mode.EVAL)))
        .add(
            "nn.MultiheadAttention(8, 4, kdim=8, vdim=3)",
            cross,
            "m(x, k, v, key_padding_mask=pad, average_attn_weights=False)",
            Map.of("x", x, "k", memory, "v", value, "pad", pad),
            cross.forwardWithWeights(x, memory, value, keys, Mode.EVAL).tensors())
        .add(
            "nn.TransformerEncoder(nn.TransformerEncoderLayer(8, 2, dim_feedforward=16,"
                + " activation=nn.functional.silu, norm_first=True), 2, norm=nn.LayerNorm(8))",
            encoder,
            "m(x)",
            Map.of("x", x),
            List.of(encoder.forward(x)))
        .add(
            "nn.TransformerDecoder(nn.TransformerDecoderLayer(8, 2, dim_feedforward=16), 2)",
            decoder,
            "m(x, k, memory_key_padding_mask=pad)",
            Map.of("x", x, "k", memory, "pad", pad),
            List.of(decoder.forward(x, memory, AttentionMask.none(), keys, Mode.EVAL)))
        .check(folder, 1e-12);
  }
}
