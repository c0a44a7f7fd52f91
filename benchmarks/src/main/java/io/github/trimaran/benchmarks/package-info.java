/** The command {@code trimaran benchmark}, and the runnable jar. */
package io.github.trimaran.benchmarks;
