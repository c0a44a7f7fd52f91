/** Networks from ONNX files, as models that run, differentiate and train on every backend. */
package io.github.trimaran.onnx;
