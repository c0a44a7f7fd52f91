package io.github.trimaran.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.github.trimaran.benchmarks.cost.Workload;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** What all peers on DJL do alike. */
final class Djl {

  private Djl() {}

  /** Sets DJL up before its engine loads: no calls home, as many threads as there are cores. */
  static void prepare() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("org.slf4j.simpleLogger.log.ai.djl", "error");
    System.setProperty(
        "ai.djl.pytorch.num_threads", Integer.toString(Runtime.getRuntime().availableProcessors()));
  }

  /** Starts the engine. */
  static NDManager start() {
    prepare();
    return Engine.getEngine("PyTorch").newBaseManager();
  }

  /** Pseudo-random values with that deviation. */
  static NDArray random(NDManager manager, long seed, double deviation, Shape shape) {
    return manager.create(Workload.normal(seed, (int) shape.size(), deviation), shape);
  }

  /** The native memory of an array. */
  static FloatBuffer memory(NDArray array) {
    return array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
