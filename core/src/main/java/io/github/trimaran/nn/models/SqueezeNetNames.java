package io.github.trimaran.nn.models;

import io.github.trimaran.io.weights.StateDict;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of Caffe's release ({@code fire2/squeeze1x1}) turned into torchvision's ({@code
 * features.3.squeeze}).
 */
final class SqueezeNetNames {

  private static final Pattern FIRE =
      Pattern.compile("fire([2-9])/(squeeze1x1|expand1x1|expand3x3)\\.(.*)");

  /** Where fire2 to fire9 lie in torchvision's list of features: pooling layers count too. */
  private static final int[] INDICES_1_0 = {3, 4, 5, 7, 8, 9, 10, 12};

  private static final int[] INDICES_1_1 = {3, 4, 6, 7, 9, 10, 11, 12};

  private SqueezeNetNames() {}

  /** The same weights under torchvision's names; as they are if they have those already. */
  static StateDict fromCaffe(StateDict weights) {
    if (!weights.contains("conv1.weight")) {
      return weights;
    }
    boolean first = weights.get("conv1.weight").shape().dim(0) == 96;
    int[] indices = first ? INDICES_1_0 : INDICES_1_1;
    return weights.rename(name -> rename(name, indices));
  }

  private static String rename(String name, int[] indices) {
    Matcher fire = FIRE.matcher(name);
    if (fire.matches()) {
      int index = indices[Integer.parseInt(fire.group(1)) - 2];
      String part = fire.group(2).replace("squeeze1x1", "squeeze");
      return "features." + index + "." + part + "." + fire.group(3);
    }
    return name.replaceFirst("^conv1\\.", "features.0.")
        .replaceFirst("^conv10\\.", "classifier.1.");
  }
}
