package io.github.trimaran.nn.models;

import io.github.trimaran.array.DType;
import io.github.trimaran.autograd.Gradients;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;

/** A training of {@link GPT} to guess the next letter of a text, the same from every seed. */
public final class GPTTraining {

  private static final String TEXT =
      "sing, o goddess, the anger of achilles son of peleus, that brought countless ills upon the"
          + " achaeans. many a brave soul did it send hurrying down to hades, and many a hero did it"
          + " yield a prey to dogs and vultures, for so were the counsels of jove fulfilled from the"
          + " day on which the son of atreus, king of men, and great achilles, first fell out with"
          + " one another. and which of the gods was it that set them on to quarrel? ";

  /** How many different characters the text may have: those from space to z. */
  public static final int VOCABULARY = 'z' - ' ' + 1;

  private GPTTraining() {}

  /** The losses of that many steps of AdamW. */
  public static List<Double> losses(
      Backend<?> backend, DType dtype, GPT.Settings settings, int batch, int steps, long seed) {
    Rng rng = Rng.seeded(seed);
    List<Double> losses = new ArrayList<>();
    try (GPT gpt = new GPT(settings)) {
      gpt.init(backend, dtype, rng.fork("weights"));
      List<Tensor> parameters = Parameter.tensors(gpt.parameters());
      Mode mode = Mode.train(rng.fork("dropout"));
      Rng places = rng.fork("places");
      try (AdamW adam = new AdamW(gpt.parameters(), LearningRate.constant(1e-3))) {
        for (int step = 0; step < steps; step++) {
          try (Scope scope = Scope.open()) {
            long[][] xy = letters(places, batch, settings.context());
            Tensor x = Tensor.of(backend, xy[0], batch, settings.context());
            Tensor y = Tensor.of(backend, xy[1], batch * settings.context());
            Tensor scores = gpt.forward(x, mode).reshape(-1, settings.vocabulary());
            Tensor loss = new CrossEntropyLoss().of(scores, y);
            adam.step(Gradients.of(loss, parameters));
            losses.add(loss.item());
          }
        }
      }
    }
    return losses;
  }

  /** Pieces of the text, and the same moved on by one. */
  private static long[][] letters(Rng places, int batch, int length) {
    long[][] xy = new long[2][batch * length];
    for (int n = 0; n < batch; n++) {
      int start = places.nextInt(TEXT.length() - length);
      for (int t = 0; t < length; t++) {
        xy[0][n * length + t] = TEXT.charAt(start + t) - ' ';
        xy[1][n * length + t] = TEXT.charAt(start + t + 1) - ' ';
      }
    }
    return xy;
  }
}
