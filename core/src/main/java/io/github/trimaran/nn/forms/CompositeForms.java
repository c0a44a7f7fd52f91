package io.github.trimaran.nn.forms;

import io.github.trimaran.array.Shape;
import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.Concat;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.Initializers;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.NormedConv2d;
import io.github.trimaran.nn.Residual;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.models.BasicConvNet;
import io.github.trimaran.nn.models.ConvNet;
import io.github.trimaran.nn.models.Fire;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.nn.models.SqueezeNet;

/** Layers of layers, and whole networks. */
final class CompositeForms {

  private CompositeForms() {}

  static Forms addTo(Forms forms) {
    return networks(forms)
        .with(
            Concat.class,
            (json, all) -> new Concat(all.layers(json.objects("branches")).toArray(new Layer[0])))
        .with(NormedConv2d.class, CompositeForms::normedConv2d)
        .with(
            Residual.class,
            (json, all) ->
                new Residual(all.layer(json.object("body")), all.layer(json.object("shortcut"))))
        .with(Sequential.class, CompositeForms::sequential);
  }

  private static Sequential sequential(JsonObject json, Forms all) throws JsonException {
    Sequential.Builder builder = Sequential.builder();
    JsonObject layers = json.object("layers");
    for (String name : layers.names()) {
      builder.add(name, all.layer(layers.object(name)));
    }
    return builder.build();
  }

  private static NormedConv2d normedConv2d(JsonObject json, Forms all) throws JsonException {
    if (all.layer(json.object("conv")) instanceof Conv2d conv) {
      return new NormedConv2d(conv, json.int32("filters"));
    }
    throw new JsonException("model: NormedConv2d needs a Conv2d");
  }

  private static Forms networks(Forms forms) {
    return forms
        .with(BasicConvNet.class, (json, all) -> basicConvNet(json))
        .with(ConvNet.class, (json, all) -> convNet(json))
        .with(Fire.class, (json, all) -> Fire.of(json))
        .with(GPT.class, (json, all) -> gpt(json))
        .with(SqueezeNet.class, (json, all) -> SqueezeNet.of(json));
  }

  private static BasicConvNet basicConvNet(JsonObject json) throws JsonException {
    return new BasicConvNet(
        new BasicConvNet.Settings(
            Shape.of(json.int32s("input")),
            json.int32("filters"),
            json.int32("filter_size"),
            json.int32("hidden"),
            json.int32("classes"),
            Initializers.heNormal()));
  }

  private static ConvNet convNet(JsonObject json) throws JsonException {
    return new ConvNet(
        new ConvNet.Settings(
            Shape.of(json.int32s("input")),
            Forms.count(json, "depth", 1),
            json.int32("filters"),
            json.int32("filter_size"),
            json.int32("hidden"),
            json.int32("classes"),
            json.bool("batch_norm"),
            json.number("dropout")));
  }

  private static GPT gpt(JsonObject json) throws JsonException {
    return new GPT(
        new GPT.Settings(
            json.int32("vocabulary"),
            json.int32("context"),
            json.int32("width"),
            json.int32("heads"),
            Forms.count(json, "layers", 1),
            json.number("dropout")));
  }
}
