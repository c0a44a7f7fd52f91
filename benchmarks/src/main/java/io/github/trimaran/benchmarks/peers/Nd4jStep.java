package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.benchmarks.cost.Workload;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The step in ND4J's native operations, written by hand as an expert would: every result has an
 * array made in advance, views are made once, and the weights lie as its products like them best.
 */
final class Nd4jStep implements TrainingStep {

  private static final long[] CONVOLUTION = {
    Workload.KERNEL, Workload.KERNEL, 1, 1, 3, 3, 1, 1, 0, 0, 1
  };
  private static final long[] POOLING = {2, 2, 2, 2, 0, 0, 1, 1, 0, 0, 0};

  /** A parameter, its gradient, and Adam's two moments. */
  private record Trained(INDArray value, INDArray grad, INDArray mean, INDArray square) {

    static Trained of(float[] values, long... shape) {
      INDArray value = array(shape);
      buffer(value).put(values);
      return new Trained(
          value,
          array(shape),
          Nd4j.zeros(DataType.FLOAT, shape),
          Nd4j.zeros(DataType.FLOAT, shape));
    }
  }

  private final INDArray target;
  private final Trained filters;
  private final Trained filterBias;
  private final Trained first;
  private final Trained firstBias;
  private final Trained second;
  private final Trained secondBias;
  private final int batch;
  private final List<Trained> all = new ArrayList<>();
  private long iteration;

  private final INDArray images;
  private final INDArray convolved;
  private final INDArray rectified;
  private final INDArray pooled;
  private final INDArray features;
  private final INDArray hidden;
  private final INDArray active;
  private final INDArray scores;
  private final INDArray probabilities;
  private final INDArray logarithms;
  private final INDArray imagesGrad;
  private final INDArray convolvedGrad;
  private final INDArray rectifiedGrad;
  private final INDArray pooledGrad;
  private final INDArray featuresGrad;
  private final INDArray hiddenGrad;
  private final INDArray activeGrad;

  Nd4jStep(Workload workload) {
    this.batch = workload.batch();
    this.target = Nd4j.zeros(DataType.FLOAT, batch, Workload.CLASSES);
    this.scores = array(batch, Workload.CLASSES);
    this.probabilities = array(batch, Workload.CLASSES);
    this.logarithms = array(batch, Workload.CLASSES);
    int side = workload.side();
    int half = side / 2;
    this.filters = filters(workload);
    this.filterBias = Trained.of(new float[Workload.FILTERS], Workload.FILTERS);
    this.first = affine(6, workload.features(), workload.hidden());
    this.firstBias = Trained.of(new float[workload.hidden()], workload.hidden());
    this.second = affine(7, workload.hidden(), Workload.CLASSES);
    this.secondBias = Trained.of(new float[Workload.CLASSES], Workload.CLASSES);
    all.addAll(List.of(filters, filterBias, first, firstBias, second, secondBias));
    this.images = array(batch, workload.channels(), side, side);
    this.imagesGrad = array(batch, workload.channels(), side, side);
    this.convolved = array(batch, Workload.FILTERS, side, side);
    this.convolvedGrad = array(batch, Workload.FILTERS, side, side);
    this.rectified = array(batch, Workload.FILTERS, side, side);
    this.rectifiedGrad = array(batch, Workload.FILTERS, side, side);
    this.pooled = array(batch, Workload.FILTERS, half, half);
    this.pooledGrad = array(batch, Workload.FILTERS, half, half);
    this.features = pooled.reshape('c', batch, workload.features());
    this.featuresGrad = pooledGrad.reshape('c', batch, workload.features());
    this.hidden = array(batch, workload.hidden());
    this.hiddenGrad = array(batch, workload.hidden());
    this.active = array(batch, workload.hidden());
    this.activeGrad = array(batch, workload.hidden());
    buffer(images).put(workload.images());
    int[] labels = workload.labels();
    for (int i = 0; i < labels.length; i++) {
      target.putScalar(i, labels[i], 1);
    }
  }

  private static Trained filters(Workload workload) {
    int size = Workload.FILTERS * workload.channels() * Workload.KERNEL * Workload.KERNEL;
    return Trained.of(
        Workload.weights(5, size),
        Workload.FILTERS,
        workload.channels(),
        Workload.KERNEL,
        Workload.KERNEL);
  }

  private static Trained affine(long seed, int inputs, int outputs) {
    return Trained.of(Workload.weights(seed, inputs * outputs), inputs, outputs);
  }

  private static INDArray array(long... shape) {
    return Nd4j.createUninitialized(DataType.FLOAT, shape);
  }

  private static FloatBuffer buffer(INDArray array) {
    return array.data().pointer().asByteBuffer().order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public double take() {
    double loss = forward();
    backward();
    for (Trained one : all) {
      update(one);
    }
    iteration++;
    return loss;
  }

  private double forward() {
    run("conv2d", CONVOLUTION, outputs(convolved), images, filters.value(), filterBias.value());
    relu(convolved, rectified);
    run("maxpool2d", POOLING, outputs(pooled), rectified);
    Nd4j.gemm(features, first.value(), hidden, false, false, 1, 0);
    hidden.addiRowVector(firstBias.value());
    relu(hidden, active);
    Nd4j.gemm(active, second.value(), scores, false, false, 1, 0);
    scores.addiRowVector(secondBias.value());
    run("log_softmax", new long[0], outputs(logarithms), scores);
    run("softmax", new long[0], outputs(probabilities), scores);
    try (INDArray chosen = logarithms.mul(target)) {
      return -chosen.sumNumber().doubleValue() / batch;
    }
  }

  private void backward() {
    INDArray scoresGrad = probabilities.subi(target).divi(batch);
    Nd4j.gemm(active, scoresGrad, second.grad(), true, false, 1, 0);
    sumRows(scoresGrad, secondBias.grad());
    Nd4j.gemm(scoresGrad, second.value(), activeGrad, false, true, 1, 0);
    reluGrad(hidden, activeGrad, hiddenGrad);
    Nd4j.gemm(features, hiddenGrad, first.grad(), true, false, 1, 0);
    sumRows(hiddenGrad, firstBias.grad());
    Nd4j.gemm(hiddenGrad, first.value(), featuresGrad, false, true, 1, 0);
    run("maxpool2d_bp", POOLING, outputs(rectifiedGrad), rectified, pooledGrad);
    reluGrad(convolved, rectifiedGrad, convolvedGrad);
    run(
        "conv2d_bp",
        CONVOLUTION,
        outputs(imagesGrad, filters.grad(), filterBias.grad()),
        images,
        filters.value(),
        filterBias.value(),
        convolvedGrad);
  }

  private void update(Trained one) {
    // The update overwrites the gradient, then is taken off the parameter.
    Nd4j.exec(
        DynamicCustomOp.builder("adam_updater")
            .addInputs(one.grad(), one.square(), one.mean())
            .addOutputs(one.grad(), one.square(), one.mean())
            .addFloatingPointArguments(Workload.RATE, 0.9, 0.999, 1e-8)
            .addIntegerArguments(iteration)
            .build());
    one.value().subi(one.grad());
  }

  private static void relu(INDArray from, INDArray to) {
    Nd4j.exec(
        DynamicCustomOp.builder("relu")
            .addInputs(from)
            .addOutputs(to)
            .addFloatingPointArguments(0.0)
            .build());
  }

  private static void reluGrad(INDArray from, INDArray grad, INDArray to) {
    Nd4j.exec(
        DynamicCustomOp.builder("relu_bp")
            .addInputs(from, grad)
            .addOutputs(to)
            .addFloatingPointArguments(0.0)
            .build());
  }

  private static void sumRows(INDArray from, INDArray to) {
    run("reduce_sum", new long[] {0}, outputs(to), from);
  }

  private static INDArray[] outputs(INDArray... arrays) {
    return arrays;
  }

  private static void run(String name, long[] integers, INDArray[] outputs, INDArray... inputs) {
    DynamicCustomOp operation =
        DynamicCustomOp.builder(name).addInputs(inputs).addOutputs(outputs).build();
    operation.addIArgument(integers);
    Nd4j.exec(operation);
  }
}
