package io.github.trimaran.data;

import io.github.trimaran.random.Rng;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The samples of one epoch in their order. Asked by one thread at a time; making the samples that
 * it names may be left to several.
 */
interface Draw extends Closeable {

  /** The next sample, not made yet. */
  Pending next() throws IOException;

  /** A sample that is still to be made. */
  interface Pending {

    /** Its number in the data set. */
    int index();

    /** Makes it; this is what takes time. */
    Sample get() throws IOException;
  }

  /** Samples by number. */
  record InOrder(Samples samples, int[] order, int[] position) implements Draw {

    InOrder(Samples samples, int[] order, long first) {
      this(samples, order, new int[] {(int) Math.min(first, order.length)});
    }

    @Override
    public Pending next() {
      int index = order[position[0]++];
      return new Pending() {
        @Override
        public int index() {
          return index;
        }

        @Override
        public Sample get() throws IOException {
          return samples.get(index);
        }
      };
    }

    @Override
    public void close() {}
  }

  /** A sample that was read already. */
  record Read(int index, Sample get) implements Pending {}

  /** Samples of a stream, drawn from a buffer at random. */
  final class FromBuffer implements Draw {

    private final SampleStream.Reader reader;
    private final long size;
    private final int capacity;
    private final Rng rng;
    private final List<Read> buffer = new ArrayList<>();
    private long read;
    private boolean over;

    /**
     * Of a stream of that many samples.
     *
     * @param capacity the samples in the buffer; 1 keeps their order
     */
    FromBuffer(SampleStream.Reader reader, long size, int capacity, Rng rng) {
      this.reader = reader;
      this.size = size;
      this.capacity = capacity;
      this.rng = rng;
    }

    @Override
    public Pending next() throws IOException {
      while (!over && buffer.size() < capacity) {
        fill();
      }
      if (buffer.isEmpty()) {
        throw new DataException(
            "stream: ended after " + read + " samples, it is said to have " + size);
      }
      int chosen = buffer.size() == 1 ? 0 : rng.nextInt(buffer.size());
      Read drawn = buffer.get(chosen);
      int last = buffer.size() - 1;
      buffer.set(chosen, buffer.get(last));
      buffer.remove(last);
      return drawn;
    }

    private void fill() throws IOException {
      Sample sample = read < size ? reader.next() : null;
      if (sample == null) {
        over = true;
      } else {
        buffer.add(new Read((int) Math.min(read++, Integer.MAX_VALUE), sample));
      }
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}
