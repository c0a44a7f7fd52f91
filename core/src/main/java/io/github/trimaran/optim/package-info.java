/** Optimisers, learning-rate schedules, gradient clipping and averages of weights. */
package io.github.trimaran.optim;
