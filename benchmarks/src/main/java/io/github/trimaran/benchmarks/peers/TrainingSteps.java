package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.array.DType;
import io.github.trimaran.benchmarks.cost.Workload;

/** Everybody who can take the training step, by name. */
public final class TrainingSteps {

  private TrainingSteps() {}

  /**
   * Builds a network and uploads the batch.
   *
   * @param by one of our backends, see {@link Work#start}, or {@code peer-djl}; for BasicConvNet
   *     other peers too
   * @param data {@code cifar} or {@code mnist}: the shapes of BasicConvNet; {@code resnet18-32} or
   *     {@code resnet18-224}: ResNet-18 for images of that size; {@code gpt}: the transformer of
   *     the gallery
   * @param batch images, or texts, of a step
   */
  public static TrainingStep of(String by, DType dtype, String data, int batch) {
    Work.checkDType(by, dtype);
    boolean isDjl = by.equals("peer-djl");
    if (data.startsWith("resnet18-")) {
      ResNetWork work = new ResNetWork(Integer.parseInt(data.substring(9)), batch);
      return isDjl ? DjlStep.resNet18(work) : TrimaranStep.resNet18(Work.start(by), dtype, work);
    }
    if (data.equals("gpt")) {
      GptWork work = new GptWork(batch);
      return isDjl ? DjlStep.gpt(work) : TrimaranStep.gpt(Work.start(by), dtype, work);
    }
    return of(by, dtype, Workload.of(data, batch));
  }

  /**
   * Builds BasicConvNet and uploads the batch.
   *
   * @param by one of our backends, see {@link Work#start}; or {@code peer-djl} (Block and Trainer),
   *     {@code peer-djl-hand}, {@code peer-nd4j} (native operations by hand), {@code peer-dl4j}
   * @param dtype float32 for peers
   */
  public static TrainingStep of(String by, DType dtype, Workload workload) {
    Work.checkDType(by, dtype);
    return switch (by) {
      case "peer-djl" -> DjlStep.basic(workload);
      case "peer-djl-hand" -> new DjlHandStep(workload);
      case "peer-nd4j" -> new Nd4jStep(workload);
      case "peer-dl4j" -> new Dl4jStep(workload);
      default -> TrimaranStep.basic(Work.start(by), dtype, workload);
    };
  }
}
