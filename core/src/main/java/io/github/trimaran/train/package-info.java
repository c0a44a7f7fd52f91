/** The training loop, what it measures and tells, and its checkpoints. */
package io.github.trimaran.train;
