package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.benchmarks.cost.Workload;

/** Everybody who can take the training step, by name. */
public final class TrainingSteps {

  private TrainingSteps() {}

  /**
   * Builds the network and uploads the batch.
   *
   * @param by one of our backends, see {@link Work#start}; or {@code peer-djl} (Block and Trainer),
   *     {@code peer-djl-hand}, {@code peer-nd4j} (native operations by hand), {@code peer-dl4j}
   * @param dtype float32 for peers
   */
  public static TrainingStep of(String by, DType dtype, Workload workload) {
    Work.checkDType(by, dtype);
    return switch (by) {
      case "peer-djl" -> new DjlStep(workload);
      case "peer-djl-hand" -> new DjlHandStep(workload);
      case "peer-nd4j" -> new Nd4jStep(workload);
      case "peer-dl4j" -> new Dl4jStep(workload);
      default -> new TrimaranStep(Work.start(by), dtype, workload);
    };
  }
}
