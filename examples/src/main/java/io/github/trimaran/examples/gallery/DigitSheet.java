package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.vision.image.ContactSheet;
import io.github.trimaran.vision.image.ImageGrid;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an {@link Autoencoder} draws, on one picture: test images and what becomes of them, samples,
 * and walks from a digit to another.
 */
final class DigitSheet {

  /** Each part has as many digits down as across. */
  private static final int SIDE = 10;

  private final Autoencoder.Network network;

  private DigitSheet(Autoencoder.Network network) {
    this.network = network;
  }

  /** The sheet for these test images, at least a hundred. */
  static BufferedImage of(Autoencoder.Network network, Dataset test, Rng rng) {
    DigitSheet sheet = new DigitSheet(network);
    Map<String, BufferedImage> parts = new LinkedHashMap<>();
    try (GradMode off = GradMode.disable();
        Scope scope = Scope.open("the sheet of digits")) {
      var first = Batches.inOrder(test, SIDE * SIDE).epoch(0).iterator().next().input();
      Tensor images = Tensor.of(network.backend(), first).to(network.dtype());
      Tensor latents = network.encode(images, Mode.EVAL).mean();
      parts.put("test images", grid(images));
      parts.put("drawn again from their 16 numbers", sheet.drawn(latents));
      Tensor noise = Tensor.randn(network.backend(), latents.shape(), network.dtype(), rng);
      parts.put("drawn from random numbers", sheet.drawn(noise));
      parts.put("each row: from a test image to the next", sheet.drawn(walks(latents)));
    }
    return ContactSheet.of(parts);
  }

  private BufferedImage drawn(Tensor latents) {
    return grid(network.decode(latents, Mode.EVAL).sigmoid());
  }

  private static BufferedImage grid(Tensor images) {
    return ImageGrid.of(images.toHost(), SIDE, 1);
  }

  /** A row from each of the first images to the one after it, in equal steps. */
  private static Tensor walks(Tensor latents) {
    List<Tensor> steps = new ArrayList<>();
    for (int row = 0; row < SIDE; row++) {
      Tensor from = latents.narrow(0, row, 1);
      Tensor to = latents.narrow(0, row + 1, 1);
      for (int step = 0; step < SIDE; step++) {
        double share = step / (SIDE - 1.0);
        steps.add(from.mul(1 - share).add(to.mul(share)));
      }
    }
    return Tensor.concat(steps, 0);
  }
}
