package io.github.trimaran.examples.training;

import io.github.trimaran.array.Shape;
import io.github.trimaran.io.files.Printable;
import io.github.trimaran.io.json.Json;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.models.ConvNet;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All that is needed to build a network again, saved with its weights.
 *
 * @param network which
 * @param inputShape of one image, {@code [C, H, W]}
 * @param classNames one for each score it gives
 * @param filters of the convolution
 * @param filterSize rows and columns of a filter
 * @param hidden neurons of the hidden layer
 * @param depth blocks of convolutions, where the network has blocks
 * @param batchNorm whether to normalise after each convolution, where that is a choice
 * @param dropout the share of hidden numbers dropped in training, where that is a choice
 */
public record NetworkSettings(
    Networks network,
    Shape inputShape,
    List<String> classNames,
    int filters,
    int filterSize,
    int hidden,
    int depth,
    boolean batchNorm,
    double dropout) {

  private static final int DEPTH = 2;

  /** Keeps a copy of the names. */
  public NetworkSettings {
    classNames = List.copyOf(classNames);
  }

  /** With two blocks, normalised, without dropout, where the network has such choices. */
  public NetworkSettings(
      Networks network,
      Shape inputShape,
      List<String> classNames,
      int filters,
      int filterSize,
      int hidden) {
    this(network, inputShape, classNames, filters, filterSize, hidden, DEPTH, true, 0);
  }

  /** These settings of a {@link ConvNet}. */
  public static NetworkSettings of(ConvNet.Settings net, List<String> classNames) {
    return new NetworkSettings(
        Networks.CONV,
        net.inputShape(),
        classNames,
        net.filters(),
        net.filterSize(),
        net.hidden(),
        net.depth(),
        net.batchNorm(),
        net.dropout());
  }

  /** The network that has no batch normalisation left. */
  NetworkSettings folded() {
    return network == Networks.SQUEEZENET
        ? new NetworkSettings(
            Networks.SQUEEZENET_FOLDED, inputShape, classNames, filters, filterSize, hidden)
        : this;
  }

  ConvNet.Settings convNet() {
    return new ConvNet.Settings(
        inputShape, depth, filters, filterSize, hidden, classNames.size(), batchNorm, dropout);
  }

  String toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("network", network.label());
    json.put("input_shape", Arrays.stream(inputShape.dims()).boxed().toList());
    json.put("class_names", classNames);
    json.put("filters", filters);
    json.put("filter_size", filterSize);
    json.put("hidden", hidden);
    json.put("depth", depth);
    json.put("batch_norm", batchNorm);
    json.put("dropout", dropout);
    return Json.write(json);
  }

  static NetworkSettings fromJson(String text) throws JsonException {
    JsonObject json = Json.parseObject(text);
    return new NetworkSettings(
        Choice.named("--network", json.string("network"), Networks.values()),
        Shape.of(json.int32s("input_shape")),
        json.array("class_names").stream().map(name -> Printable.of(String.valueOf(name))).toList(),
        json.int32("filters"),
        json.int32("filter_size"),
        json.int32("hidden"),
        // Files of an earlier version do not have these.
        json.has("depth") ? json.int32("depth") : DEPTH,
        !json.has("batch_norm") || json.bool("batch_norm"),
        json.has("dropout") ? json.number("dropout") : 0);
  }
}
