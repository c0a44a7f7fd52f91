package io.github.trimaran.nn;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.tensor.BatchNorm;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.SharedBatch;
import io.github.trimaran.tensor.Tensor;

/**
 * Batch normalisation whatever the axes behind the channels.
 *
 * @param <L> the layer itself, which its methods return changed
 */
abstract class BatchNormNd<L extends BatchNormNd<L>> extends Layer {

  /** Which of weight and bias there are, and which of them are trained. */
  enum Affine {
    WEIGHT_AND_BIAS,
    /** The weight is there, as other files have it, and stays 1. */
    BIAS,
    NONE
  }

  /**
   * What a batch norm is made with.
   *
   * @param momentum null for the cumulative average
   * @param tracked whether there are running statistics
   */
  record Settings(int channels, Double momentum, double epsilon, Affine affine, boolean tracked) {

    static Settings of(int channels) {
      return new Settings(channels, 0.1, 1e-5, Affine.WEIGHT_AND_BIAS, true);
    }

    Settings withMomentum(Double value) {
      return new Settings(channels, value, epsilon, affine, tracked);
    }

    Settings withEpsilon(double value) {
      return new Settings(channels, momentum, value, affine, tracked);
    }

    Settings withAffine(Affine value) {
      return new Settings(channels, momentum, epsilon, value, tracked);
    }

    Settings untracked() {
      return new Settings(channels, momentum, epsilon, affine, false);
    }
  }

  private final Settings settings;
  private final Shape perChannel;
  private final Variable weight;
  private final Variable bias;
  private final Variable runningMean;
  private final Variable runningVariance;
  private final Variable batches;

  BatchNormNd(Settings settings) {
    this.settings = settings;
    if (settings.channels() < 1) {
      throw error("channels must be at least 1, are " + settings.channels());
    }
    perChannel = Shape.of(settings.channels());
    weight =
        switch (settings.affine()) {
          case WEIGHT_AND_BIAS ->
              parameter("weight", Parameter.Role.NORM, perChannel, Initializers.ones());
          case BIAS -> buffer("weight", perChannel, Initializers.ones());
          case NONE -> null;
        };
    bias =
        weight == null
            ? null
            : parameter("bias", Parameter.Role.NORM, perChannel, Initializers.zeros());
    boolean tracked = settings.tracked();
    runningMean = tracked ? buffer("running_mean", perChannel, Initializers.zeros()) : null;
    runningVariance = tracked ? buffer("running_var", perChannel, Initializers.ones()) : null;
    batches = tracked ? counter("num_batches_tracked") : null;
  }

  /** The same layer made anew. */
  abstract L with(Settings changed);

  /** The input as {@code [N, C, H, W]}. */
  abstract Tensor asImage(Tensor x);

  final int channels() {
    return settings.channels();
  }

  // ---- settings -------------------------------------------------------------------------------

  /** The same with another share of the newest batch in the running statistics, 0 to 1. */
  public L momentum(double momentum) {
    requireNotInitialised("momentum");
    if (!(momentum >= 0 && momentum <= 1)) {
      throw error("momentum must be 0 to 1, is " + momentum);
    }
    return with(settings.withMomentum(momentum));
  }

  /**
   * The same with running statistics that are the plain average over all batches so far: PyTorch's
   * momentum of None.
   */
  public L cumulativeAverage() {
    requireNotInitialised("momentum");
    return with(settings.withMomentum(null));
  }

  /** The same with another addition to the variance. */
  public L epsilon(double epsilon) {
    requireNotInitialised("epsilon");
    return with(settings.withEpsilon(epsilon));
  }

  /** The same with a weight that stays 1: only the bias is trained. */
  public L withoutWeight() {
    requireNotInitialised("weight");
    return with(settings.withAffine(Affine.BIAS));
  }

  /** The same with neither weight nor bias. */
  public L withoutAffine() {
    requireNotInitialised("weight and bias");
    return with(settings.withAffine(Affine.NONE));
  }

  /** The same without running statistics: evaluation uses the batch's own, as training does. */
  public L withoutRunningStatistics() {
    requireNotInitialised("running statistics");
    return with(settings.untracked());
  }

  // ---- what it has ----------------------------------------------------------------------------

  /**
   * {@code [C]}, first 1.
   *
   * @throws IllegalStateException if it was made without
   */
  public final Variable weight() {
    return required("weight", weight);
  }

  /**
   * {@code [C]}, first 0.
   *
   * @throws IllegalStateException if it was made without
   */
  public final Variable bias() {
    return required("bias", bias);
  }

  @Override
  protected final String describe() {
    StringBuilder text = new StringBuilder().append(settings.channels());
    if (settings.momentum() == null) {
      text.append(", cumulative average");
    } else if (settings.momentum() != 0.1) {
      text.append(", momentum ").append(settings.momentum());
    }
    text.append(settings.epsilon() == 1e-5 ? "" : ", epsilon " + settings.epsilon());
    text.append(
        switch (settings.affine()) {
          case WEIGHT_AND_BIAS -> "";
          case BIAS -> ", without weight";
          case NONE -> ", without affine";
        });
    return text.append(settings.tracked() ? "" : ", without running statistics").toString();
  }

  // ---- the function ---------------------------------------------------------------------------

  @Override
  protected final Tensor compute(Tensor x, Mode mode) {
    return normed(x, mode, false);
  }

  @Override
  protected final Tensor computeRelu(Tensor x, Mode mode) {
    // Statistics that are exchanged leave no pass to do more in.
    boolean inOnePass = usesRunning(mode) || mode.sharedBatch().isEmpty();
    return inOnePass ? normed(x, mode, true) : normed(x, mode, false).relu();
  }

  private boolean usesRunning(Mode mode) {
    return settings.tracked() && !learnsStatistics(mode);
  }

  private Tensor normed(Tensor x, Mode mode, boolean relu) {
    Tensor image = asImage(x);
    Tensor scale =
        weight == null ? Tensor.ones(x.backend(), perChannel, x.dtype()) : weight.tensor();
    Tensor shift = bias == null ? Tensor.zeros(x.backend(), perChannel, x.dtype()) : bias.tensor();
    Tensor y =
        usesRunning(mode)
            ? byRunning(image, scale, shift, relu)
            : byStatistics(image, scale, shift, mode, x.shape(), relu);
    return y.reshape(x.shape());
  }

  private Tensor byRunning(Tensor image, Tensor scale, Tensor shift, boolean relu) {
    Tensor mean = runningMean.tensor();
    Tensor variance = runningVariance.tensor();
    double epsilon = settings.epsilon();
    return relu
        ? BatchNorm.inferenceRelu(image, scale, shift, mean, variance, epsilon)
        : BatchNorm.inference(image, scale, shift, mean, variance, epsilon);
  }

  private Tensor byStatistics(
      Tensor image, Tensor scale, Tensor shift, Mode mode, Shape input, boolean relu) {
    SharedBatch.Normed shared = trained(image, scale, shift, mode, input, relu);
    BatchNorm normed = shared.norm();
    double count = shared.count();
    if (learnsStatistics(mode) && settings.tracked()) {
      try (GradMode off = GradMode.disable();
          Scope scope = Scope.open("the running statistics")) {
        batches.tensor().assign(batches.tensor().add(1));
        double share =
            settings.momentum() == null || mode.isMeasuring()
                ? 1 / batches.tensor().toHost().get(0)
                : settings.momentum();
        moveTowards(runningMean.tensor(), normed.mean(), share);
        moveTowards(runningVariance.tensor(), normed.variance().mul(count / (count - 1)), share);
      }
    }
    return normed.output();
  }

  /** Forgets what it has seen; PyTorch's {@code reset_running_stats}. */
  final void resetRunningStatistics() {
    if (settings.tracked() && !isFrozen()) {
      try (Scope scope = Scope.open("the running statistics")) {
        Tensor mean = runningMean.tensor();
        mean.assign(Tensor.zeros(mean.backend(), perChannel, mean.dtype()));
        runningVariance.tensor().assign(Tensor.ones(mean.backend(), perChannel, mean.dtype()));
        batches.tensor().assign(Tensor.zeros(mean.backend(), Shape.of(), DType.INT64));
      }
    }
  }

  private SharedBatch.Normed trained(
      Tensor image, Tensor scale, Tensor shift, Mode mode, Shape input, boolean relu) {
    double count = (double) image.shape().size() / settings.channels();
    if (mode.sharedBatch().isPresent()) {
      SharedBatch.Normed normed =
          mode.sharedBatch().get().norm(image, scale, shift, settings.epsilon());
      requireTwo(normed.count(), input);
      return normed;
    }
    requireTwo(count, input);
    double epsilon = settings.epsilon();
    return new SharedBatch.Normed(
        relu
            ? BatchNorm.trainingRelu(image, scale, shift, epsilon)
            : BatchNorm.training(image, scale, shift, epsilon),
        count);
  }

  private void requireTwo(double count, Shape input) {
    if (count < 2) {
      throw error("statistics need at least two values a channel, input is " + input);
    }
  }

  private boolean learnsStatistics(Mode mode) {
    return (mode.isTraining() || mode.isMeasuring()) && !isFrozen();
  }

  private static void moveTowards(Tensor running, Tensor batch, double share) {
    running.assign(running.mul(1 - share).add(batch.mul(share)));
  }

  @Override
  public final Form form() {
    return Form.of("channels", settings.channels())
        .with("momentum", settings.momentum(), 0.1)
        .with("epsilon", settings.epsilon(), 1e-5)
        .with("affine", settings.affine(), Affine.WEIGHT_AND_BIAS)
        .with("running_statistics", settings.tracked(), true);
  }
}
