/** From a model's function to a graph of ONNX: recorded, made simpler, written in its operators. */
package io.github.trimaran.onnx.write;
