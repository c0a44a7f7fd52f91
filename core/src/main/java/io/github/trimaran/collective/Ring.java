package io.github.trimaran.collective;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Workers in a ring, each of which sends to the next and receives from the one before: sums take
 * {@code 2 (n - 1) / n} times the bytes of the numbers over each link, which no other way undercuts
 * (Patarasuk and Yuan 2009, "Bandwidth optimal all-reduce algorithms for clusters of
 * workstations").
 *
 * <pre>{@code
 * List<Collective> workers = Ring.ofThreads(4);
 * }</pre>
 *
 * <p>The numbers are cut into n parts. Part c starts at worker c + 1 and travels once round the
 * ring, each worker adding its own numbers, until worker c has the sum; then the sums travel round.
 * So part c is always added up in the order {@code c + 1, c + 2, ..., c}.
 *
 * <p>Each message says which call it belongs to. Workers that do different things are told so,
 * instead of adding up what does not belong together.
 */
public final class Ring implements Collective {

  /** Numbers of an array that travel at once: memory for messages stays small. */
  private static final int SEGMENT = 1 << 20;

  /** A message begins with what is called, and the number of the call. */
  private static final int HEAD = 1 + Long.BYTES;

  /** A reason for failing is cut off here. */
  private static final int LONGEST_REASON = 2000;

  /** Of a message that is gathered or broadcast. */
  private static final int LONGEST = 1 << 28;

  private static final byte SUM = 1;
  private static final byte BROADCAST = 2;
  private static final byte GATHER = 3;
  private static final byte FAIL = 4;

  private final int rank;
  private final int size;
  private final Link toNext;
  private final Link fromPrevious;
  private long calls;
  private volatile String failure;

  /**
   * A worker.
   *
   * @param toNext the way to worker {@code (rank + 1) % size}
   * @param fromPrevious the way from worker {@code (rank - 1) % size}
   */
  public Ring(int rank, int size, Link toNext, Link fromPrevious) {
    if (size < 1 || rank < 0 || rank >= size) {
      throw new IllegalArgumentException(
          "collective: there is no worker " + rank + " of " + size + " workers");
    }
    this.rank = rank;
    this.size = size;
    this.toNext = toNext;
    this.fromPrevious = fromPrevious;
  }

  /** Workers for that many threads of this process, by rank. */
  public static List<Collective> ofThreads(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("collective: needs at least 1 worker, has " + size);
    }
    List<QueueLink> links = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      links.add(new QueueLink()); // from worker i to the next
    }
    List<Collective> workers = new ArrayList<>();
    for (int rank = 0; rank < size; rank++) {
      workers.add(new Ring(rank, size, links.get(rank), links.get((rank + size - 1) % size)));
    }
    return List.copyOf(workers);
  }

  @Override
  public int rank() {
    return rank;
  }

  @Override
  public int size() {
    return size;
  }

  // ---- sums -----------------------------------------------------------------------------------

  @Override
  public void allReduce(float[] values) {
    sum(new Numbers.Floats(values));
  }

  @Override
  public void allReduce(double[] values) {
    sum(new Numbers.Doubles(values));
  }

  private void sum(Numbers values) {
    for (int from = 0; from < values.length(); from += SEGMENT) {
      int start = from;
      int count = Math.min(SEGMENT, values.length() - from);
      call("a sum of " + count + " numbers", () -> sum(values, start, count));
    }
  }

  private void sum(Numbers values, int start, int count) throws IOException {
    for (int step = 1; step < size; step++) {
      send(values, start, count, rank - step);
      Part part = new Part(start, count, rank - step - 1);
      values.add(part.from, receive(SUM, values.bytes(part.length), part.length));
    }
    for (int step = 0; step < size - 1; step++) {
      send(values, start, count, rank - step);
      Part part = new Part(start, count, rank - step - 1);
      values.set(part.from, receive(SUM, values.bytes(part.length), part.length));
    }
  }

  private void send(Numbers values, int start, int count, int index) throws IOException {
    Part part = new Part(start, count, index);
    int bytes = values.bytes(part.length);
    byte[] message = message(SUM, bytes);
    values.write(part.from, part.length, ByteBuffer.wrap(message, HEAD, bytes));
    send(message);
  }

  /** One of {@code size} parts of an array. */
  private final class Part {
    private final int from;
    private final int length;

    Part(int start, int count, int index) {
      long i = Math.floorMod(index, size);
      int first = (int) (i * count / size);
      from = start + first;
      length = (int) ((i + 1) * count / size) - first;
    }
  }

  // ---- messages -------------------------------------------------------------------------------

  @Override
  public byte[] broadcast(byte[] message, int root) {
    if (root < 0 || root >= size) {
      throw new IllegalArgumentException(
          "collective: there is no worker " + root + " of " + size + " workers");
    }
    byte[][] result = {message};
    call(
        "a broadcast of worker " + root,
        () -> {
          if (rank != root) {
            result[0] = bytes(receive(BROADCAST, LONGEST, -1));
          }
          if ((rank + 1) % size != root) {
            send(message(BROADCAST, result[0]));
          }
        });
    return result[0];
  }

  @Override
  public List<byte[]> allGather(byte[] message) {
    byte[][] all = new byte[size][];
    all[rank] = message;
    call(
        "gathering",
        () -> {
          for (int step = 0; step < size - 1; step++) {
            byte[] passed = all[Math.floorMod(rank - step, size)];
            send(message(GATHER, passed));
            all[Math.floorMod(rank - step - 1, size)] = bytes(receive(GATHER, LONGEST, -1));
          }
        });
    return List.of(all);
  }

  private byte[] message(byte kind, byte[] content) {
    byte[] message = message(kind, content.length);
    System.arraycopy(content, 0, message, HEAD, content.length);
    return message;
  }

  /** With that many bytes of content, still to be written. */
  private byte[] message(byte kind, int bytes) {
    byte[] message = new byte[HEAD + bytes];
    ByteBuffer.wrap(message).put(kind).putLong(calls);
    return message;
  }

  /** If the next worker has left, the reason comes from the other side. */
  private void send(byte[] message) throws IOException {
    try {
      toNext.send(message);
    } catch (IOException e) {
      while (true) {
        throwIfTold(fromPrevious.receive(HEAD + LONGEST)); // ends with the link at the latest
      }
    }
  }

  private static void throwIfTold(byte[] bytes) throws Told {
    ByteBuffer message = ByteBuffer.wrap(bytes);
    if (bytes.length >= HEAD && message.get() == FAIL) {
      throw new Told(StandardCharsets.UTF_8.decode(message.position(HEAD)).toString());
    }
  }

  /** What the worker before sends, which must belong to this call; {@code numbers} -1 for any. */
  private ByteBuffer receive(byte expected, int most, int numbers) throws IOException {
    byte[] bytes = fromPrevious.receive(HEAD + Math.max(most, LONGEST_REASON));
    throwIfTold(bytes);
    if (bytes.length < HEAD) {
      throw new IOException("a message of " + bytes.length + " bytes, which none has");
    }
    ByteBuffer message = ByteBuffer.wrap(bytes);
    int kind = message.get();
    long call = message.getLong();
    if (kind != expected || call != calls || (numbers >= 0 && message.remaining() != most)) {
      throw new IOException(
          "the worker before does something else, call "
              + call
              + " with "
              + message.remaining()
              + " bytes; all must do the same in the same order");
    }
    return message;
  }

  private static byte[] bytes(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.get(bytes);
    return bytes;
  }

  // ---- failing --------------------------------------------------------------------------------

  /** A failure that another worker has told of. */
  private static final class Told extends IOException {
    private static final long serialVersionUID = 1;

    Told(String reason) {
      super(reason);
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  private void call(String what, Action action) {
    if (failure != null) {
      throw unchecked(new IOException(failure));
    }
    try {
      action.run();
      calls++;
    } catch (Told e) {
      fail(e.getMessage());
      throw unchecked(e);
    } catch (IOException e) {
      String reason =
          "collective: worker " + rank + " of " + size + ", " + what + ": " + e.getMessage();
      fail(reason);
      throw unchecked(new IOException(reason, e));
    }
  }

  private static UncheckedIOException unchecked(IOException e) {
    return new UncheckedIOException(e.getMessage(), e);
  }

  @Override
  public void fail(String reason) {
    if (failure != null) {
      return;
    }
    failure = reason;
    byte[] told = reason.getBytes(StandardCharsets.UTF_8);
    try {
      toNext.send(message(FAIL, Arrays.copyOf(told, Math.min(told.length, LONGEST_REASON))));
    } catch (IOException e) {
      // The next worker has left already, and so knows.
    }
    closeLinks();
  }

  @Override
  public void close() {
    if (failure == null) {
      failure = "collective: worker " + rank + " of " + size + " is closed";
      closeLinks();
    }
  }

  private void closeLinks() {
    toNext.close();
    fromPrevious.close();
  }

  @Override
  public String toString() {
    return "worker " + rank + " of " + size;
  }
}
