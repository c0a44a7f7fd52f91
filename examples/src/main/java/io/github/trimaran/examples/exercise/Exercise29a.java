package io.github.trimaran.examples.exercise;

import static io.github.trimaran.examples.training.Networks.BASIC;
import static io.github.trimaran.examples.training.Optimizers.ADAM;
import static io.github.trimaran.examples.training.Rates.CONSTANT;
import static io.github.trimaran.examples.training.Rates.COSINE;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.examples.report.Outcome;
import io.github.trimaran.examples.training.Asked;
import io.github.trimaran.examples.training.Experiment;
import io.github.trimaran.examples.training.NetworkChoice;
import io.github.trimaran.examples.training.TrainedRun;
import io.github.trimaran.examples.training.Training;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The course's first network on MNIST: with 40 digits for 20 and for 100 epochs, and with 50,000
 * for one. {@code docs/exercises/29.md} tells how the settings were chosen.
 */
public final class Exercise29a implements Exercise {

  /** On few digits; without regularisation they would be learned by heart. */
  private static final Experiment FEW =
      Experiment.images(40, 1_000, 10_000) // to train, to validate and to test
          .network(NetworkChoice.of(BASIC).filters(32).filterSize(7).hidden(100))
          .optimizer(ADAM, 1e-3, CONSTANT)
          .l2(5e-3)
          .batchSize(10)
          .epochs(20);

  /** On many digits, which need no regularisation, but a rate that falls. */
  static final Experiment MANY = FEW.training(50_000).optimizer(ADAM, 1e-3, COSINE).l2(0).epochs(1);

  /** From so many digits on, {@link #MANY} is used. */
  private static final int MANY_DIGITS = 2_000;

  @Override
  public String id() {
    return "29a";
  }

  @Override
  public String question() {
    return "How well does BasicConvNet know handwritten digits after training on 40 of them for 20"
        + " and for 100 epochs, and on 50,000 for one?";
  }

  @Override
  public String theory() {
    return """
        BasicConvNet is a convolution with ReLU, 2 x 2 max pooling, an affine layer with ReLU and an
        affine layer whose scores s go through softmax. Training makes the mean cross-entropy small:

            p[k] = exp(s[k]) / sum over j of exp(s[j]),    loss = -log p[label]

        and, for the forty digits, keeps weights small besides. Forty digits are few against tens of
        thousands of weights: the network learns them by heart, and more epochs change little. As many
        steps on digits that differ are worth far more.
        """;
  }

  @Override
  public Outcome run(Backend<?> backend, ExerciseContext context) throws IOException {
    TrainTest digits = context.images(DataSets.MNIST);
    Training training = context.training(backend);
    List<Experiment> experiments = experiments(context.asked());
    List<TrainedRun> runs = new ArrayList<>();
    for (Experiment experiment : experiments) {
      runs.add(training.run(experiment.title("digits"), digits, experiment));
      DigitReport.tell(runs.get(runs.size() - 1), context.console());
    }
    return DigitReport.outcome(digits, experiments.get(0), runs, context.folder());
  }

  /** The three of the exercise; one of its own if the command line says how long to train. */
  private static List<Experiment> experiments(Asked asked) {
    if (asked.givesLength()) {
      Experiment few = asked(asked, FEW);
      return List.of(few.training() < MANY_DIGITS ? few : asked(asked, MANY.epochs(FEW.epochs())));
    }
    return Stream.of(FEW, FEW.epochs(100), MANY).map(own -> asked(asked, own)).toList();
  }

  private static Experiment asked(Asked asked, Experiment own) {
    return asked.over(own, own.training(Math.min(own.training(), 5_000)).test(1_000));
  }
}
