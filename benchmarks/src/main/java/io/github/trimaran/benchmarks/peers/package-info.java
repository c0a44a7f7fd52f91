/** The same work through our public API and, idiomatically or by hand, through other libraries. */
package io.github.trimaran.benchmarks.peers;
