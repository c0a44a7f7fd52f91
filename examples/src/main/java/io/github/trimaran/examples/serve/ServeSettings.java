package io.github.trimaran.examples.serve;

import io.github.trimaran.data.catalog.DataFolder;
import java.nio.file.Path;

/**
 * What is served, where, and with what.
 *
 * @param version of the program
 * @param host name or address to listen on
 * @param port 0 for any that is free
 * @param backend what computes, by name
 * @param threads that compute
 * @param folder where corrections, networks and results go
 * @param data where real data lies, if it does: nothing is downloaded
 * @param seed of everything random
 */
public record ServeSettings(
    String version,
    String host,
    int port,
    String backend,
    int threads,
    Path folder,
    DataFolder data,
    long seed) {

  /** The same on another port. */
  ServeSettings port(int other) {
    return new ServeSettings(version, host, other, backend, threads, folder, data, seed);
  }
}
