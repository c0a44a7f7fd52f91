package io.github.trimaran.collective;

import java.util.List;

/** A single process. */
enum Alone implements Collective {
  INSTANCE;

  @Override
  public int rank() {
    return 0;
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public void allReduce(float[] values) {
    // The sum of one.
  }

  @Override
  public void allReduce(double[] values) {
    // The sum of one.
  }

  @Override
  public byte[] broadcast(byte[] message, int root) {
    return message;
  }

  @Override
  public List<byte[]> allGather(byte[] message) {
    return List.of(message);
  }

  @Override
  public void fail(String reason) {
    // There is nobody to be told.
  }

  @Override
  public void close() {
    // There is nothing to close.
  }
}
