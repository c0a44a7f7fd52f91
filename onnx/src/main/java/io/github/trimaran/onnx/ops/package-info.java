/** ONNX's operators, computed by recorded operations on tensors; one file a subject. */
package io.github.trimaran.onnx.ops;
