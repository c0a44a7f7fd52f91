/** The same five tasks with Trimaran, DJL and DL4J, for {@code docs/comparison.md}. */
package io.github.trimaran.benchmarks.comparison;
