/** What every run has: its options, its console, its output folder, and the error for bad input. */
package io.github.trimaran.examples.run;
