/** ONNX files as they are written: protocol buffers read into plain records, checked on the way. */
package io.github.trimaran.onnx.file;
