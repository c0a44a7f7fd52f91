package io.github.trimaran.benchmarks.peers;

import io.github.trimaran.benchmarks.cost.Workload;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/** The step as DL4J's documentation writes it: a MultiLayerNetwork. */
final class Dl4jStep implements TrainingStep {

  private final MultiLayerNetwork model;
  private final INDArray images;
  private final INDArray labels;

  Dl4jStep(Workload workload) {
    model = network(workload);
    images = images(workload);
    labels = Nd4j.zeros(DataType.FLOAT, workload.batch(), Workload.CLASSES);
    int[] classes = workload.labels();
    for (int i = 0; i < classes.length; i++) {
      labels.putScalar(i, classes[i], 1);
    }
  }

  static INDArray images(Workload workload) {
    return Nd4j.create(
        workload.images(),
        new long[] {workload.batch(), workload.channels(), workload.side(), workload.side()});
  }

  static MultiLayerNetwork network(Workload workload) {
    int padding = Workload.KERNEL / 2;
    MultiLayerConfiguration settings =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .dataType(DataType.FLOAT)
            .weightInit(WeightInit.RELU)
            .updater(new Adam(Workload.RATE))
            .list()
            .layer(
                new ConvolutionLayer.Builder(Workload.KERNEL, Workload.KERNEL)
                    .nOut(Workload.FILTERS)
                    .padding(padding, padding)
                    .activation(Activation.RELU)
                    .build())
            .layer(
                new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                    .kernelSize(2, 2)
                    .stride(2, 2)
                    .build())
            .layer(
                new DenseLayer.Builder()
                    .nOut(workload.hidden())
                    .activation(Activation.RELU)
                    .build())
            .layer(
                new OutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                    .nOut(Workload.CLASSES)
                    .activation(Activation.SOFTMAX)
                    .build())
            .setInputType(
                InputType.convolutional(workload.side(), workload.side(), workload.channels()))
            .build();
    MultiLayerNetwork model = new MultiLayerNetwork(settings);
    model.init();
    return model;
  }

  @Override
  public double take() {
    model.fit(images, labels);
    return model.score();
  }
}
