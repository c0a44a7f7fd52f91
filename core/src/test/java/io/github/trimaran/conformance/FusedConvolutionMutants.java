package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.naive.NaiveArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Backends wrong in convolution with what goes before and behind it. */
final class FusedConvolutionMutants {

  private FusedConvolutionMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "conv2dBias forgets the ReLU",
            "conv2dBias",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> conv2dBias(
                  NaiveArray x, NaiveArray w, NaiveArray b, Conv2dGeometry g, boolean relu) {
                return super.conv2dBias(x, w, b, g, false);
              }
            }),
        new Mutant(
            "conv2dBiasAdd adds after the ReLU",
            "conv2dBiasAdd",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> conv2dBiasAdd(
                  NaiveArray x,
                  NaiveArray w,
                  NaiveArray b,
                  NaiveArray added,
                  Conv2dGeometry g,
                  boolean relu) {
                Grid sum = FusedOracles.conv2dBias(grid(x), grid(w), grid(b), g, relu);
                return Optional.of(
                    own(ReduceOracles.zip(sum, grid(added), sum.dtype(), Double::sum)));
              }
            }),
        new Mutant(
            "conv2dBiasConcat rectifies the last part only",
            "conv2dBiasConcat",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> conv2dBiasConcat(
                  List<NaiveArray> operands, boolean relu, Conv2dGeometry... geometries) {
                List<Grid> parts = new ArrayList<>();
                for (int i = 0; i < geometries.length; i++) {
                  parts.add(
                      FusedOracles.conv2dBias(
                          grid(operands.get(0)),
                          grid(operands.get(2 * i + 1)),
                          grid(operands.get(2 * i + 2)),
                          geometries[i],
                          relu && i == geometries.length - 1));
                }
                return Optional.of(own(MoveOracles.concat(parts, 1)));
              }
            }),
        new Mutant(
            "channelSum is a mean",
            "channelSum",
            new FusingBackend() {
              @Override
              public Optional<NaiveArray> channelSum(NaiveArray a) {
                return Optional.of(own(FusedOracles.channelMean(grid(a))));
              }
            }));
  }
}
