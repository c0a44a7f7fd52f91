/**
 * The JMH suite. Every benchmark is of one class and method and has the parameters {@code backend}
 * (one of ours, or a peer) and {@code dtype}; each combination runs in JVMs of its own, for engines
 * set their threads for the whole process. Data is made and uploaded in the set-up; what is
 * measured ends when the work has been done and its result has been read or synchronised with.
 */
package io.github.trimaran.benchmarks.suite;
