package io.github.trimaran.nn.losses;

import io.github.trimaran.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The losses of the table {@code nn/losses.json}, by its names. */
final class LossCases {

  /** From the operands to the loss. */
  interface Case extends Function<List<Tensor>, Tensor> {}

  private final Map<String, Case> cases = new LinkedHashMap<>();

  static Map<String, Case> all() {
    LossCases all = new LossCases();
    all.numbers();
    all.binary();
    all.classes();
    all.shares();
    all.distributions();
    all.margins();
    return all.cases;
  }

  /** A loss of outputs and targets; a third operand is weights. */
  private void add(String name, Loss loss) {
    put(
        name,
        x -> x.size() == 3 ? loss.of(x.get(0), x.get(1), x.get(2)) : loss.of(x.get(0), x.get(1)));
  }

  private void put(String name, Case loss) {
    cases.put(name, loss);
  }

  private void numbers() {
    add("mse", new MSELoss());
    add("mse, sum", new MSELoss().reduction(Reduction.SUM));
    add("mse, none", new MSELoss().reduction(Reduction.NONE));
    add("mse, sample weights", new MSELoss());
    add("mse, element weights", new MSELoss());
    add("mse, mask", new MSELoss());
    add("l1", new L1Loss());
    add("l1, batch mean", new L1Loss().reduction(Reduction.BATCH_MEAN));
    add("huber", new HuberLoss());
    add("huber, delta 0.7, none", new HuberLoss().delta(0.7).reduction(Reduction.NONE));
    add("smooth l1", new SmoothL1Loss());
    add("smooth l1, beta 0.3, sum", new SmoothL1Loss().beta(0.3).reduction(Reduction.SUM));
  }

  private void binary() {
    Loss weighted = new BCEWithLogitsLoss().positiveWeights(1, 2.5, 20);
    Loss each = new BCEWithLogitsLoss().reduction(Reduction.NONE);
    add("bce", new BCEWithLogitsLoss());
    add("bce, positive weights", weighted);
    add(
        "bce, one positive weight, none",
        new BCEWithLogitsLoss().positiveWeights(3).reduction(Reduction.NONE));
    add("bce, large logits", each);
    add("bce, sample weights", weighted);
  }

  private void classes() {
    CrossEntropyLoss plain = new CrossEntropyLoss();
    CrossEntropyLoss weighted = plain.weights(0.5, 1, 2, 4);
    CrossEntropyLoss ofImages = plain.weights(1, 0.25, 3);
    add("cross entropy", plain);
    add("cross entropy, sum", plain.reduction(Reduction.SUM));
    add("cross entropy, none", plain.reduction(Reduction.NONE));
    add("cross entropy, weights", weighted);
    add("cross entropy, weights, none", weighted.reduction(Reduction.NONE));
    add("cross entropy, ignoring", plain.ignoring(-100));
    add("cross entropy, ignoring 2", plain.ignoring(2));
    add("cross entropy, weights, ignoring", weighted.ignoring(-100));
    add("cross entropy, smoothing", plain.smoothing(0.1));
    add("cross entropy, smoothing, ignoring", plain.smoothing(0.1).ignoring(-100));
    add("cross entropy, weights, smoothing", weighted.smoothing(0.2));
    add(
        "cross entropy, weights, smoothing, ignoring, none",
        weighted.smoothing(0.2).ignoring(-100).reduction(Reduction.NONE));
    add("cross entropy, weights, smoothing, ignoring", weighted.smoothing(0.2).ignoring(-100));
    add("cross entropy, sample weights", plain);
    add("cross entropy, weights, ignoring, sample weights", weighted.ignoring(-100));
    add("cross entropy of images", plain);
    add("cross entropy of images, none", plain.reduction(Reduction.NONE));
    add(
        "cross entropy of images, weights, smoothing, ignoring",
        ofImages.smoothing(0.1).ignoring(-100));
    add("cross entropy of images, ignoring, sum", plain.ignoring(-100).reduction(Reduction.SUM));
    add("cross entropy of sequences, mask", plain);
    NLLLoss likelihood = new NLLLoss();
    NLLLoss ignoring = likelihood.weights(0.5, 1, 2, 4).ignoring(-100);
    add("nll", likelihood);
    add("nll, weights, ignoring", ignoring);
    add("nll, weights, ignoring, none", ignoring.reduction(Reduction.NONE));
    add("nll of images, weights, ignoring", likelihood.weights(1, 0.25, 3).ignoring(-100));
    add("nll, sample weights", likelihood);
  }

  private void shares() {
    CrossEntropyLoss plain = new CrossEntropyLoss();
    CrossEntropyLoss weighted = plain.weights(0.5, 1, 2, 4);
    add("cross entropy of shares", plain);
    add("cross entropy of shares, weights", weighted);
    add("cross entropy of shares, weights, smoothing", weighted.smoothing(0.2));
    add("cross entropy of shares, smoothing, none", plain.smoothing(0.2).reduction(Reduction.NONE));
    add("cross entropy of shares, sample weights", weighted);
    add("cross entropy of shares of sequences, weights", plain.weights(1, 0.25, 3));
  }

  private void distributions() {
    add("kl", new KLDivLoss());
    add("kl, batch mean", new KLDivLoss().reduction(Reduction.BATCH_MEAN));
    add("kl, log targets, sum", new KLDivLoss().logTargets().reduction(Reduction.SUM));
    add("poisson", new PoissonNLLLoss());
    add("poisson, full, sum", new PoissonNLLLoss().full().reduction(Reduction.SUM));
    add(
        "poisson, plain outputs, none",
        new PoissonNLLLoss().plainOutputs().reduction(Reduction.NONE));
    gaussian("gaussian", new GaussianNLLLoss());
    gaussian("gaussian, full, none", new GaussianNLLLoss().full().reduction(Reduction.NONE));
    gaussian("gaussian, one variance a sample", new GaussianNLLLoss());
    gaussian("gaussian, least variance 0.125", new GaussianNLLLoss().epsilon(0.125));
  }

  private void gaussian(String name, GaussianNLLLoss loss) {
    put(name, x -> loss.of(x.get(0), x.get(1), x.get(2)));
  }

  private void margins() {
    add("hinge embedding", new HingeEmbeddingLoss());
    add(
        "hinge embedding, margin 0.3, none",
        new HingeEmbeddingLoss().margin(0.3).reduction(Reduction.NONE));
    add("multi margin", new MultiMarginLoss());
    add(
        "multi margin, squared, margin 0.5, weights",
        new MultiMarginLoss().squared().margin(0.5).weights(0.5, 1, 2, 4));
    add(
        "multi margin, weights, none",
        new MultiMarginLoss().weights(0.5, 1, 2, 4).reduction(Reduction.NONE));
    triplet("triplet", new TripletMarginLoss());
    triplet(
        "triplet, margin 0.4, none", new TripletMarginLoss().margin(0.4).reduction(Reduction.NONE));
    triplet("triplet, norm 1, sum", new TripletMarginLoss().norm(1).reduction(Reduction.SUM));
    triplet("triplet, norm 3, swap", new TripletMarginLoss().norm(3).swap());
    cosine("cosine embedding", new CosineEmbeddingLoss());
    cosine(
        "cosine embedding, margin 0.2, none",
        new CosineEmbeddingLoss().margin(0.2).reduction(Reduction.NONE));
    cosine("cosine embedding, margin -0.5", new CosineEmbeddingLoss().margin(-0.5));
  }

  private void triplet(String name, TripletMarginLoss loss) {
    put(name, x -> loss.of(x.get(0), x.get(1), x.get(2)));
  }

  private void cosine(String name, CosineEmbeddingLoss loss) {
    put(name, x -> loss.of(x.get(0), x.get(1), x.get(2)));
  }
}
