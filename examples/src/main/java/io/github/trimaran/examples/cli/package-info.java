/** The command line: the program, its commands, and how errors end a run. */
package io.github.trimaran.examples.cli;
