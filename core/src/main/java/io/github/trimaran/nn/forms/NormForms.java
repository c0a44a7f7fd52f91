package io.github.trimaran.nn.forms;

import io.github.trimaran.io.json.JsonException;
import io.github.trimaran.io.json.JsonObject;
import io.github.trimaran.nn.BatchNorm1d;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.GroupNorm;
import io.github.trimaran.nn.InstanceNorm1d;
import io.github.trimaran.nn.InstanceNorm2d;
import io.github.trimaran.nn.LayerNorm;
import io.github.trimaran.nn.RMSNorm;

/** Normalisations. */
final class NormForms {

  private static final double USUAL_EPSILON = 1e-5;
  private static final double USUAL_MOMENTUM = 0.1;

  private NormForms() {}

  static Forms addTo(Forms forms) {
    return forms
        .with(BatchNorm1d.class, (json, all) -> batchNorm1d(json))
        .with(BatchNorm2d.class, (json, all) -> batchNorm2d(json))
        .with(GroupNorm.class, (json, all) -> groupNorm(json))
        .with(InstanceNorm1d.class, (json, all) -> instanceNorm1d(json))
        .with(InstanceNorm2d.class, (json, all) -> instanceNorm2d(json))
        .with(LayerNorm.class, (json, all) -> layerNorm(json))
        .with(RMSNorm.class, (json, all) -> rmsNorm(json));
  }

  private static double epsilon(JsonObject json) throws JsonException {
    return json.number("epsilon", USUAL_EPSILON);
  }

  /** Whether the running statistics are the plain average over all batches. */
  private static boolean isCumulative(JsonObject json) throws JsonException {
    return json.has("momentum") && "none".equals(json.value("momentum"));
  }

  private static BatchNorm1d batchNorm1d(JsonObject json) throws JsonException {
    BatchNorm1d norm = new BatchNorm1d(json.int32("channels")).epsilon(epsilon(json));
    norm =
        isCumulative(json)
            ? norm.cumulativeAverage()
            : norm.momentum(json.number("momentum", USUAL_MOMENTUM));
    if (json.has("affine")) {
      norm = json.string("affine").equals("bias") ? norm.withoutWeight() : norm.withoutAffine();
    }
    return json.bool("running_statistics", true) ? norm : norm.withoutRunningStatistics();
  }

  private static BatchNorm2d batchNorm2d(JsonObject json) throws JsonException {
    BatchNorm2d norm = new BatchNorm2d(json.int32("channels")).epsilon(epsilon(json));
    norm =
        isCumulative(json)
            ? norm.cumulativeAverage()
            : norm.momentum(json.number("momentum", USUAL_MOMENTUM));
    if (json.has("affine")) {
      norm = json.string("affine").equals("bias") ? norm.withoutWeight() : norm.withoutAffine();
    }
    return json.bool("running_statistics", true) ? norm : norm.withoutRunningStatistics();
  }

  private static GroupNorm groupNorm(JsonObject json) throws JsonException {
    GroupNorm norm =
        new GroupNorm(json.int32("groups"), json.int32("channels")).epsilon(epsilon(json));
    return json.bool("affine", true) ? norm : norm.withoutAffine();
  }

  private static InstanceNorm1d instanceNorm1d(JsonObject json) throws JsonException {
    InstanceNorm1d norm = new InstanceNorm1d(json.int32("channels")).epsilon(epsilon(json));
    return json.bool("affine", false) ? norm.withAffine() : norm;
  }

  private static InstanceNorm2d instanceNorm2d(JsonObject json) throws JsonException {
    InstanceNorm2d norm = new InstanceNorm2d(json.int32("channels")).epsilon(epsilon(json));
    return json.bool("affine", false) ? norm.withAffine() : norm;
  }

  private static LayerNorm layerNorm(JsonObject json) throws JsonException {
    LayerNorm norm = new LayerNorm(json.int32s("shape")).epsilon(epsilon(json));
    norm = json.bool("bias", true) ? norm : norm.withoutBias();
    return json.bool("weight", true) ? norm : norm.withoutAffine();
  }

  private static RMSNorm rmsNorm(JsonObject json) throws JsonException {
    RMSNorm norm = new RMSNorm(json.int32s("shape"));
    norm = json.has("epsilon") ? norm.epsilon(json.number("epsilon")) : norm;
    return json.bool("weight", true) ? norm : norm.withoutAffine();
  }
}
