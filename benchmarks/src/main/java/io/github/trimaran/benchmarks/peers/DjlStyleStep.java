package io.github.trimaran.benchmarks.peers;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The iteration of {@link StyleStep} in DJL's operations: same layers, same losses, same update.
 */
final class DjlStyleStep implements TrainingStep {

  private final NDManager base = Djl.start();
  private final DjlSqueezeNet net = new DjlSqueezeNet(base);
  private final NDArray pixels;
  private final NDArray content;
  private final List<NDArray> grams = new ArrayList<>();
  private final float[] mean;
  private final float[] square;
  private int iteration;

  DjlStyleStep(int size) {
    Shape shape = new Shape(1, 3, size, size);
    pixels = base.create(StyleStep.picture(1, size), shape);
    mean = new float[(int) pixels.size()];
    square = new float[mean.length];
    try (NDManager manager = base.newSubManager()) {
      pixels.tempAttach(manager);
      NDArray style = manager.create(StyleStep.picture(2, size), shape);
      content = keep(net.maps(prepared(pixels), StyleStep.LAST).get(StyleStep.CONTENT_INDEX));
      List<NDArray> maps = net.maps(prepared(style), StyleStep.LAST);
      for (int layer : StyleStep.STYLE_INDICES) {
        grams.add(keep(gram(maps.get(layer))));
      }
    }
    pixels.setRequiresGradient(true);
  }

  private NDArray keep(NDArray array) {
    array.attach(base);
    return array;
  }

  private static NDArray prepared(NDArray x) {
    return x.div(255f).sub(0.5f).div(0.25f);
  }

  private static NDArray gram(NDArray map) {
    NDArray a = map.reshape(map.getShape().get(1), -1);
    return a.matMul(a.transpose());
  }

  private NDArray loss() {
    List<NDArray> maps = net.maps(prepared(pixels), StyleStep.LAST);
    NDArray total =
        maps.get(StyleStep.CONTENT_INDEX)
            .sub(content)
            .square()
            .mean()
            .mul((float) StyleStep.CONTENT_WEIGHT);
    for (int i = 0; i < grams.size(); i++) {
      NDArray map = maps.get(StyleStep.STYLE_INDICES.get(i));
      double n = map.size();
      NDArray difference = gram(map).sub(grams.get(i));
      total = total.add(difference.square().sum().mul((float) (1 / (4 * n * n))));
    }
    return total.add(variation());
  }

  private NDArray variation() {
    long side = pixels.getShape().get(2);
    NDArray down =
        pixels.get(new NDIndex(":, :, 1:, :")).sub(pixels.get(new NDIndex(":, :, :-1, :")));
    NDArray across =
        pixels.get(new NDIndex(":, :, :, 1:")).sub(pixels.get(new NDIndex(":, :, :, :-1")));
    NDArray sum = down.square().sum().add(across.square().sum());
    return sum.mul((float) (StyleStep.VARIATION_WEIGHT / (side * side)));
  }

  @Override
  public double take() {
    double value;
    try (NDManager manager = base.newSubManager();
        GradientCollector collector = Engine.getEngine("PyTorch").newGradientCollector()) {
      pixels.tempAttach(manager);
      content.tempAttach(manager);
      for (NDArray gram : grams) {
        gram.tempAttach(manager);
      }
      NDArray loss = loss();
      collector.backward(loss);
      value = loss.getFloat();
    }
    iteration++;
    update();
    return value;
  }

  private void update() {
    double correction = Math.sqrt(1 - Math.pow(0.999, iteration)) / (1 - Math.pow(0.9, iteration));
    float rate = (float) (StyleStep.RATE * correction);
    try (NDArray gradient = pixels.getGradient()) {
      FloatBuffer value = Djl.memory(pixels);
      FloatBuffer grad = Djl.memory(gradient);
      for (int i = 0; i < mean.length; i++) {
        float g = grad.get(i);
        grad.put(i, 0); // PyTorch adds the next gradient to what is there
        mean[i] = 0.9f * mean[i] + 0.1f * g;
        square[i] = 0.999f * square[i] + 0.001f * g * g;
        float moved = value.get(i) - rate * mean[i] / ((float) Math.sqrt(square[i]) + 1e-8f);
        value.put(i, Math.max(0, Math.min(255, moved)));
      }
    }
  }
}
