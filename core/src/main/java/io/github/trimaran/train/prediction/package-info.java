/** Trained models that answer: loaded from one file, asked by many threads, batched on the way. */
package io.github.trimaran.train.prediction;
