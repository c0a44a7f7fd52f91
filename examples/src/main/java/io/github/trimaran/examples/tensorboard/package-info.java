/** Event files as TensorBoard reads them: scalars, pictures, histograms and texts of a training. */
package io.github.trimaran.examples.tensorboard;
