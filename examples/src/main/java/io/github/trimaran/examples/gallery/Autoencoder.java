package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.Batches;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.ConvTranspose2d;
import io.github.trimaran.nn.Flatten;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Linear;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Reshape;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.BCEWithLogitsLoss;
import io.github.trimaran.nn.losses.Reduction;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Objective;
import io.github.trimaran.train.Outcome;
import io.github.trimaran.train.Trainer;
import java.io.IOException;

/**
 * A variational autoencoder of handwritten digits (Kingma and Welling 2014, "Auto-encoding
 * variational Bayes"): it learns to tell an image of 784 pixels by 16 numbers, and to draw it again
 * from them. Random numbers become digits that nobody wrote, and a straight walk from the numbers
 * of one digit to those of another passes over what lies between them.
 *
 * <p>It is judged by the negative evidence bound: how many nats it takes to tell an image.
 */
public final class Autoencoder implements GalleryProgram {

  private static final int LATENTS = 16;

  @Override
  public String name() {
    return "autoencoder";
  }

  @Override
  public String question() {
    return "How many nats does an image of a digit take if 16 numbers must tell it?";
  }

  @Override
  public String theory() {
    return """
        An encoder tells for an image x a normal distribution q of latent numbers z, a decoder tells the
        pixels from z. Both are trained to make the negative evidence bound small, which is never below
        -log p(x), the nats that x takes by the model (Kingma and Welling 2014):

            -log p(x) <= E_q[-log p(x | z)] + KL(q(z | x), N(0, 1))
            KL = 1/2 * sum of (mean^2 + variance - log variance - 1)

        A draw is written as mean + deviation * noise, so that gradients pass through it.
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    TrainTest digits = gallery.images(DataSets.MNIST);
    Dataset train = digits.train().take(gallery.setting("num_training", 60_000, 4_000));
    Dataset test = digits.test().take(gallery.setting("num_test", 10_000, 1_000));
    int batchSize = gallery.setting("batch_size", 128, 32);
    Batches batches = Batches.shuffled(train, batchSize, gallery.rng("batches"));
    int epochs = gallery.epochs(15, 8);
    double first = gallery.setting("learning_rate", 2e-3, 5e-3);
    LearningRate rate = LearningRate.cosine(first, 0, (long) epochs * batches.perEpoch());
    Objective<Network> bound = evidenceBound(gallery.rng("test"));
    try (Network network = new Network(gallery.setting("filters", 32, 16))) {
      network.init(gallery.backend(), gallery.dtype(), gallery.rng("weights"));
      try (Adam adam = new Adam(network.parameters(), rate)) {
        Trainer trainer =
            Trainer.builder(network, adam, bound)
                .rng(gallery.rng("latents"))
                .quiet()
                .listener(gallery.progress("Autoencoder"))
                .build();
        gallery.history(trainer.fit(batches, epochs));
      }
      double nats = new Evaluator<>(bound).evaluate(network, Batches.inOrder(test, 500)).loss();
      gallery.metric("negative_evidence_bound", nats);
      gallery.filters(network);
      gallery.picture("digits.png", DigitSheet.of(network, test, gallery.rng("samples")));
      gallery.answer("%.1f nats an image; digits.png shows what the network draws", nats);
    }
  }

  /**
   * The negative evidence bound in nats (equation 3 and appendix B). With latent numbers z drawn
   * once for each image x, outside training from that generator; pixels are probabilities:
   *
   * <pre>
   * sum over pixels of -x log p(z) - (1 - x) log(1 - p(z))          what x costs once z is known
   *   + 1/2 sum over latents of mean^2 + variance - log variance - 1             what z costs
   * </pre>
   */
  public static Objective<Network> evidenceBound(Rng evaluation) {
    return (network, batch, mode) -> {
      Code code = network.encode(batch.input(), mode);
      Rng rng = mode.isTraining() ? mode.rng() : evaluation;
      Tensor noise = Tensor.randn(network.backend(), code.mean.shape(), network.dtype(), rng);
      Tensor latents = code.mean.add(code.logVariance.mul(0.5).exp().mul(noise));
      Tensor logits = network.decode(latents, mode);
      Tensor pixels =
          new BCEWithLogitsLoss().reduction(Reduction.BATCH_MEAN).of(logits, batch.input());
      Tensor variance = code.logVariance.exp();
      Tensor each = code.mean.mul(code.mean).add(variance).sub(code.logVariance).sub(1).mul(0.5);
      return Outcome.of(pixels.add(each.sum(1).mean()));
    };
  }

  /** What images are taken for: a normal distribution of each latent number, {@code [N, 16]}. */
  public record Code(Tensor mean, Tensor logVariance) {}

  /** Images {@code [N, 1, 28, 28]} to latent numbers, and {@code [N, 16]} back to logits of ink. */
  public static final class Network extends Model {

    private final Sequential encoder;
    private final Sequential decoder;

    /** With so many filters in the outer convolutions, and in proportion within. */
    public Network(int filters) {
      int inner = 2 * filters;
      int hidden = 8 * filters;
      Layer[] toLatents = {
        new Conv2d(1, filters, 4).stride(2).padding(1), // to 14 x 14
        new ReLU(),
        new Conv2d(filters, inner, 4).stride(2).padding(1), // to 7 x 7
        new ReLU(),
        new Flatten(),
        new Linear(inner * 7 * 7, hidden),
        new ReLU(),
        new Linear(hidden, 2 * LATENTS)
      };
      encoder = child("encoder", new Sequential(toLatents));
      Layer[] toPixels = {
        new Linear(LATENTS, hidden),
        new ReLU(),
        new Linear(hidden, inner * 7 * 7),
        new ReLU(),
        new Reshape(inner, 7, 7),
        new ConvTranspose2d(inner, filters, 4).stride(2).padding(1), // to 14 x 14
        new ReLU(),
        new ConvTranspose2d(filters, 1, 4).stride(2).padding(1) // to 28 x 28
      };
      decoder = child("decoder", new Sequential(toPixels));
    }

    Code encode(Tensor images, Mode mode) {
      Tensor both = encoder.forward(images, mode);
      return new Code(both.narrow(1, 0, LATENTS), both.narrow(1, LATENTS, LATENTS));
    }

    Tensor decode(Tensor latents, Mode mode) {
      return decoder.forward(latents, mode);
    }
  }
}
