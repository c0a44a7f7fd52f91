package io.github.trimaran.benchmarks.comparison;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.deeplearning4j.datasets.iterator.utilty.ListDataSetIterator;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.samediff.SDLayerParams;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.transferlearning.FineTuneConfiguration;
import org.deeplearning4j.nn.transferlearning.TransferLearning;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The tasks with DL4J, on ND4J's native library. */
@SuppressWarnings("serial")
final class WithDl4j implements Library {

  private MultiLayerNetwork trained;

  // begin: train digits
  private static MultiLayerNetwork network(Layer activation) {
    MultiLayerConfiguration settings =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .list()
            .layer(
                new ConvolutionLayer.Builder(5, 5)
                    .nOut(16)
                    .padding(2, 2)
                    .activation(Activation.IDENTITY)
                    .build())
            .layer(activation)
            .layer(new SubsamplingLayer.Builder().kernelSize(2, 2).stride(2, 2).build())
            .layer(head(10).build())
            .setInputType(InputType.convolutional(28, 28, 1))
            .build();
    MultiLayerNetwork network = new MultiLayerNetwork(settings);
    network.init();
    return network;
  }

  private static OutputLayer.Builder head(int classes) {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(classes)
        .activation(Activation.SOFTMAX);
  }

  private static ListDataSetIterator<DataSet> batches(Digits digits, int classes) {
    INDArray pictures = Nd4j.create(digits.pixels(), new long[] {digits.size(), 1, 28, 28});
    INDArray labels = Nd4j.zeros(digits.size(), classes);
    for (int i = 0; i < digits.size(); i++) {
      labels.putScalar(i, digits.labels()[i], 1);
    }
    return new ListDataSetIterator<>(new DataSet(pictures, labels).asList(), 50);
  }

  private static double fit(
      MultiLayerNetwork network, int epochs, Digits train, Digits test, int classes) {
    network.fit(batches(train, classes), epochs);
    return network.<Evaluation>evaluate(batches(test, classes)).accuracy();
  }

  @Override
  public double trainDigits(Digits train, Digits test) {
    trained = network(new ActivationLayer(Activation.RELU));
    return fit(trained, 2, train, test, 10);
  }

  // end

  // begin: own layer
  private static final class Swish extends SameDiffLayer {
    @Override
    public void defineParameters(SDLayerParams parameters) {
      parameters.addWeightParam("slope", 1);
    }

    @Override
    public void initializeParameters(Map<String, INDArray> parameters) {
      parameters.get("slope").assign(1);
    }

    @Override
    public InputType getOutputType(int index, InputType inputType) {
      return inputType;
    }

    @Override
    public SDVariable defineLayer(
        SameDiff graph, SDVariable x, Map<String, SDVariable> parameters, SDVariable mask) {
      return x.mul(graph.nn().sigmoid(x.mul(parameters.get("slope"))));
    }
  }

  @Override
  public double ownLayer(Digits train, Digits test) {
    return fit(network(new Swish()), 1, train, test, 10);
  }

  // end

  // begin: fine-tune
  @Override
  public double fineTune(Digits train, Digits test) {
    MultiLayerNetwork tuned =
        new TransferLearning.Builder(trained)
            .fineTuneConfiguration(
                new FineTuneConfiguration.Builder().updater(new Adam(1e-3)).build())
            .setFeatureExtractor(2)
            .removeOutputLayer()
            .addLayer(head(2).nIn(16 * 14 * 14).build())
            .build();
    return fit(tuned, 1, train, test, 2);
  }

  // end

  // begin: serve
  @Override
  public ToIntFunction<float[]> serve(Path folder) throws IOException {
    File file = folder.resolve("digits.zip").toFile();
    trained.save(file);
    MultiLayerNetwork loaded = MultiLayerNetwork.load(file, false);
    return picture -> {
      INDArray x = Nd4j.create(picture, new long[] {1, 1, 28, 28});
      synchronized (loaded) {
        return loaded.output(x).argMax(1).getInt(0);
      }
    };
  }

  // end

  // begin: load PyTorch weights
  @Override
  public float[] loadWeights(Path file, float[] input) {
    MultiLayerNetwork linear =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(
                    new OutputLayer.Builder(LossFunction.MSE)
                        .nIn(4)
                        .nOut(3)
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    linear.init();
    linear.setParam("0_W", Nd4j.readNpy(file.toFile()).transpose());
    return linear.output(Nd4j.create(input, new long[] {1, 4})).toFloatVector();
  }

  // end

  @Override
  public String formOfWeights() {
    return "npy";
  }
}
