package io.github.trimaran.nn.models;

import io.github.trimaran.io.weights.StateDict;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Torchvision's names of a {@link ResNet}'s weights, and what they tell. */
final class ResNetNames {

  private static final Pattern IN_BLOCK =
      Pattern.compile("(layer\\d+\\.\\d+)\\.((?:conv|bn)\\d\\..*)");
  private static final Pattern SHORTCUT = Pattern.compile("(layer\\d+\\.\\d+)\\.downsample\\.(.*)");

  private ResNetNames() {}

  static StateDict fromTorchvision(StateDict weights) {
    return weights.rename(ResNetNames::fromTorchvision);
  }

  private static String fromTorchvision(String name) {
    Matcher block = IN_BLOCK.matcher(name);
    if (block.matches()) {
      return block.group(1) + ".residual.body." + block.group(2);
    }
    Matcher shortcut = SHORTCUT.matcher(name);
    return shortcut.matches()
        ? shortcut.group(1) + ".residual.shortcut." + shortcut.group(2)
        : name;
  }

  static StateDict toTorchvision(StateDict weights) {
    return weights.rename(
        name ->
            name.replace(".residual.body.", ".").replace(".residual.shortcut.", ".downsample."));
  }

  /**
   * The depth that has as many blocks of the same kind.
   *
   * @throws IllegalArgumentException if none has
   */
  static ResNet.Depth depthOf(StateDict anyNames) {
    StateDict weights = toTorchvision(anyNames);
    boolean bottleneck = weights.contains("layer1.0.conv3.weight");
    int[] blocks = new int[ResNet.STAGES];
    for (int stage = 0; stage < blocks.length; stage++) {
      while (weights.contains("layer" + (stage + 1) + "." + blocks[stage] + ".conv1.weight")) {
        blocks[stage]++;
      }
    }
    return Arrays.stream(ResNet.Depth.values())
        .filter(depth -> depth.isOf(bottleneck, blocks))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "ResNet: there is none with "
                        + Arrays.toString(blocks)
                        + " blocks of "
                        + (bottleneck ? "three" : "two")
                        + " convolutions; are these torchvision's weights of a ResNet?"));
  }
}
