/** What is run, in which processes, and what is written down about it. */
package io.github.trimaran.benchmarks.run;
