/**
 * Weights in and out: state dictionaries, safetensors, and the formats of other frameworks. Start
 * at {@link io.github.trimaran.io.weights.WeightFiles}, which tells the format by itself.
 *
 * <p>Everything read here is taken for hostile until checked: lengths before allocation, offsets
 * before use, and no format executes anything. What is wrong ends in one {@link
 * io.github.trimaran.io.weights.WeightFormatException} that names the file and the reason.
 */
package io.github.trimaran.io.weights;
