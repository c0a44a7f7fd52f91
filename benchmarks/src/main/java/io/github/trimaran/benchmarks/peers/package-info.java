/** The same training step through our public API and, by hand, through the engines themselves. */
package io.github.trimaran.benchmarks.peers;
