/** What this machine can do at most: arithmetic and memory traffic. */
package io.github.trimaran.benchmarks.probe;
