package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.io.weights.Pth;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.naive.NaiveBackend;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A network with every kind of layer that has a state and that PyTorch 1.13 has too, exchanged with
 * it. The resource {@code nn/torch-layers.pth} is what {@link #TORCH_NET} gave there: {@code
 * torch.save} of its state dictionary, after three steps of training had moved its buffers, and of
 * an {@code input} and the {@code output} in evaluation, all float32.
 */
class TorchFilesTest {

  private static final String TORCH_NET =
      """
      nn.Sequential(
          nn.Conv2d(2, 4, (3, 1), padding=(1, 0), padding_mode='reflect'),
          nn.BatchNorm2d(4),
          nn.PReLU(4),
          nn.GroupNorm(2, 4),
          nn.ConvTranspose2d(4, 2, 2, stride=2, output_padding=1, groups=2),
          nn.InstanceNorm2d(2, affine=True),
          nn.SiLU(),
          nn.Flatten(2),
          nn.Conv1d(2, 3, 4, stride=2),
          nn.BatchNorm1d(3, momentum=None),
          nn.ConvTranspose1d(3, 2, 3, bias=False),
          nn.LayerNorm(18),
          nn.InstanceNorm1d(2, affine=True),
          nn.Linear(18, 3),
          nn.Flatten(),
          nn.BatchNorm1d(6, affine=False))
      """;

  private static Sequential net() {
    return new Sequential(
        new Conv2d(2, 4, 3, 1).padding(1, 0).paddingMode(PaddingMode.REFLECT),
        new BatchNorm2d(4),
        new PReLU(4),
        new GroupNorm(2, 4),
        new ConvTranspose2d(4, 2, 2).stride(2).outputPadding(1).groups(2),
        new InstanceNorm2d(2).withAffine(),
        new SiLU(),
        new Flatten(2, -1),
        new Conv1d(2, 3, 4).stride(2),
        new BatchNorm1d(3).cumulativeAverage(),
        new ConvTranspose1d(3, 2, 3).withoutBias(),
        new LayerNorm(18),
        new InstanceNorm1d(2).withAffine(),
        new Linear(18, 3),
        new Flatten(),
        new BatchNorm1d(6).withoutAffine());
  }

  private final NaiveBackend backend = new NaiveBackend();

  @Test
  void aFileOfPyTorchGivesItsOutput() throws Exception {
    StateDict file = Pth.read(Path.of(getClass().getResource("/nn/torch-layers.pth").toURI()));
    Sequential net = net();
    net.init(
        backend, DType.FLOAT32, file.filter(name -> !List.of("input", "output").contains(name)));
    float[] output = net.forward(Tensor.of(backend, file.get("input"))).toFloats();
    assertThat(output).containsExactly(file.get("output").floats(), within(1e-5f));
  }

  @Test
  void pyTorchLoadsOursStrictly(@TempDir Path folder) throws IOException, InterruptedException {
    PyTorch.assumeInstalled();
    Sequential net = net();
    net.init(backend, DType.FLOAT64, Rng.seeded(5));
    Tensor x = Tensor.of(backend, HostArray.of(LayerCase.values("x", 48), Shape.of(4, 2, 2, 3)));
    net.forward(x, Mode.train(Rng.seeded(1)));
    new PyTorch()
        .add(TORCH_NET, net, "m(x)", Map.of("x", x), List.of(net.forward(x)))
        .check(folder, 1e-9);
  }
}
