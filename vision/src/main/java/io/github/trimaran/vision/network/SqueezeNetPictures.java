package io.github.trimaran.vision.network;

import io.github.trimaran.array.DType;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.io.weights.ImagePreparation;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.tensor.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** SqueezeNet, whose feature maps are those of its part {@code features}. */
record SqueezeNetPictures(SqueezeNet net) implements PictureNetwork {

  private static final int SMALL = 32;

  /** As published. */
  private static final int IMAGENET = 227;

  @Override
  public Backend<?> backend() {
    return net.backend();
  }

  @Override
  public DType dtype() {
    return net.dtype();
  }

  @Override
  public ImagePreparation preparation() {
    return net.preparation();
  }

  @Override
  public Tensor scores(Tensor input) {
    return net.forward(input);
  }

  @Override
  public List<String> featureNames() {
    return net.featureNames();
  }

  @Override
  public Map<String, Tensor> featureMaps(Tensor input, Collection<String> names) {
    return net.featureMaps(input, names);
  }

  @Override
  public int side() {
    return net.version() == SqueezeNet.Version.SMALL ? SMALL : IMAGENET;
  }

  @Override
  public boolean isFixed() {
    return false;
  }

  @Override
  public void close() {
    net.close();
  }
}
