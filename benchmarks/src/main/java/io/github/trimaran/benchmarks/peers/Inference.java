package io.github.trimaran.benchmarks.peers;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.translate.NoopTranslator;
import ai.djl.translate.TranslateException;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.benchmarks.cost.Workload;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.forms.Forms;
import io.github.trimaran.random.Rng;
import io.github.trimaran.tensor.GradMode;
import io.github.trimaran.tensor.Scope;
import io.github.trimaran.tensor.Tensor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The scores of a batch of images, as a service computes them; the scores are read. */
public final class Inference {

  private Inference() {}

  /**
   * Builds the network with random weights.
   *
   * @param by one of our backends; {@code peer-onnxruntime}; for BasicConvNet {@code peer-djl}
   *     (Predictor), {@code peer-djl-hand} (the block itself) and {@code peer-dl4j}; for SqueezeNet
   *     {@code peer-djl-hand}
   * @param network {@code cifar} or {@code mnist}, the shapes of BasicConvNet; {@code squeezenet},
   *     {@code resnet18}, {@code mobilenet}
   * @param batch how many images
   * @param size height and width of the pictures of the last three
   */
  public static Work of(String by, DType dtype, String network, int batch, int size) {
    Work.checkDType(by, dtype);
    if (!by.startsWith("peer-")) {
      return ours(Work.start(by), dtype, network, Networks.images(network, batch, size));
    }
    if (by.equals("peer-onnxruntime")) {
      return onnxRuntime(network, Networks.images(network, batch, size));
    }
    if (network.equals("squeezenet") && by.equals("peer-djl-hand")) {
      return djlSqueezeNet(batch, size);
    }
    if (Networks.isForPictures(network)) {
      throw new IllegalArgumentException(network + ": no peer '" + by + "'");
    }
    Workload workload = Workload.of(network, batch);
    return switch (by) {
      case "peer-djl" -> predictor(workload);
      case "peer-djl-hand" -> block(workload);
      case "peer-dl4j" -> dl4j(workload);
      default -> throw new IllegalArgumentException(network + ": no peer '" + by + "'");
    };
  }

  private static Work ours(Backend<?> backend, DType dtype, String network, HostArray images) {
    Layer trained = Networks.of(network);
    trained.init(backend, dtype, Rng.seeded(4));
    Layer model = Forms.standard().folded(trained);
    trained.close();
    Tensor x = Tensor.of(backend, images.to(dtype)).persist();
    return () -> {
      try (GradMode off = GradMode.disable();
          Scope scope = Scope.open("the scores of images")) {
        return model.forward(x).toHost();
      }
    };
  }

  private static Work onnxRuntime(String network, HostArray images) {
    Layer model = Networks.of(network);
    model.init(Work.start("cpu"), DType.FLOAT32, Rng.seeded(4));
    OrtInference inference = OrtInference.of(model, images);
    return () -> inference.run()[0];
  }

  private static Shape shape(Workload workload) {
    return new Shape(workload.batch(), workload.channels(), workload.side(), workload.side());
  }

  private static Model model(Workload workload) {
    Djl.prepare();
    Model model = Model.newInstance("BasicConvNet", Device.cpu(), "PyTorch");
    Block block = DjlStep.block(workload);
    block.initialize(model.getNDManager(), DataType.FLOAT32, shape(workload));
    model.setBlock(block);
    return model;
  }

  private static Work predictor(Workload workload) {
    Model model = model(workload);
    Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator(null));
    NDArray image = model.getNDManager().create(workload.images(), shape(workload));
    return () -> {
      try (NDList scores = predictor.predict(new NDList(image))) {
        return scores.singletonOrThrow().toFloatArray();
      } catch (TranslateException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  private static Work block(Workload workload) {
    Model model = model(workload);
    NDManager base = model.getNDManager();
    NDArray image = base.create(workload.images(), shape(workload));
    Block block = model.getBlock();
    return () -> {
      try (NDManager manager = base.newSubManager()) {
        image.tempAttach(manager);
        ParameterStore store = new ParameterStore(manager, false);
        NDList scores = block.forward(store, new NDList(image), false);
        return scores.singletonOrThrow().toFloatArray();
      }
    };
  }

  private static Work djlSqueezeNet(int batch, int size) {
    NDManager base = Djl.start();
    DjlSqueezeNet net = new DjlSqueezeNet(base);
    NDArray image =
        base.create(
            Networks.images("squeezenet", batch, size).floats(), new Shape(batch, 3, size, size));
    return () -> {
      try (NDManager manager = base.newSubManager()) {
        image.tempAttach(manager);
        return net.scores(image).toFloatArray();
      }
    };
  }

  private static Work dl4j(Workload workload) {
    MultiLayerNetwork model = Dl4jStep.network(workload);
    INDArray image = Dl4jStep.images(workload);
    return () -> model.output(image).toFloatVector();
  }
}
