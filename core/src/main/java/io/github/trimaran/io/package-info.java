/**
 * Files in and out: state dictionaries, the weight formats of other frameworks, atomic writing,
 * JSON.
 *
 * <p>Everything read here is taken for hostile until checked: lengths before allocation, offsets
 * before use, and no format executes anything. What is wrong ends in one {@link
 * io.github.trimaran.io.WeightFormatException} that names the file and the reason.
 */
package io.github.trimaran.io;
