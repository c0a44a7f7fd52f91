package io.github.trimaran.data;

import java.io.Closeable;
import java.io.IOException;

/**
 * A data set that is read from front to back, once an epoch, and may be larger than the memory:
 * rows of a long file, what a socket sends. What PyTorch calls an iterable dataset.
 *
 * <pre>{@code
 * SampleStream numbers = SampleStream.of(1_000_000, () -> {
 *   var in = Files.newBufferedReader(file);
 *   return SampleStream.Reader.of(() -> parse(in.readLine()), in);
 * });
 * DataLoader batches = new DataLoader(numbers, 32).shuffle(Rng.seeded(1), 10_000);
 * }</pre>
 *
 * <p>It is shuffled within a buffer: each sample is drawn from the buffer, and the next one read
 * takes its place. {@link Samples} is for what can be asked for by number.
 */
public interface SampleStream {

  /** The number of samples in an epoch, which must be known: an epoch has as many batches. */
  long size();

  /**
   * Begins at the first sample. Several may read at once.
   *
   * @throws IOException if it cannot be read; the line names its file
   */
  Reader open() throws IOException;

  /** Reads the samples of one epoch, from one thread at a time. */
  interface Reader extends Closeable {

    /**
     * The next sample; null after the last.
     *
     * @throws IOException if it cannot be read; the line names the file and the place
     */
    Sample next() throws IOException;

    /** A reader by what gives the next sample, and what is to be closed in the end. */
    static Reader of(Next next, Closeable resource) {
      return new Reader() {
        @Override
        public Sample next() throws IOException {
          return next.get();
        }

        @Override
        public void close() throws IOException {
          resource.close();
        }
      };
    }
  }

  /** Gives the next sample, null after the last. */
  @FunctionalInterface
  interface Next {
    /** The next sample. */
    Sample get() throws IOException;
  }

  /** Begins to read. */
  @FunctionalInterface
  interface Opener {
    /** A reader that stands before the first sample. */
    Reader open() throws IOException;
  }

  /** A stream by its size and what begins to read it. */
  static SampleStream of(long size, Opener opener) {
    return new SampleStream() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public Reader open() throws IOException {
        return opener.open();
      }
    };
  }
}
