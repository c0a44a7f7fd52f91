package io.github.trimaran.conformance;

import io.github.trimaran.array.Conv2dGeometry;
import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.BackendInfo;
import io.github.trimaran.naive.NaiveArray;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/** Backends wrong in what they say of themselves, in memory, sharing and threads. */
final class MemoryMutants {

  private MemoryMutants() {}

  static List<Mutant> all() {
    return List.of(
        new Mutant(
            "no name",
            "info",
            new FusingBackend() {
              @Override
              public BackendInfo info() {
                return new BackendInfo("", "", 0, "", Map.of());
              }
            }),
        new Mutant(
            "sync fails",
            "sync",
            new FusingBackend() {
              @Override
              public void sync() {
                throw new UnsupportedOperationException();
              }
            }),
        new Mutant(
            "a conversion to the same type shares memory",
            "cast",
            new FusingBackend() {
              @Override
              public NaiveArray cast(NaiveArray a, DType dtype) {
                return dtype == dtype(a) ? own(a.values()) : super.cast(a, dtype);
              }
            }),
        new Mutant(
            "a sum over nothing shares memory",
            "sum",
            new FusingBackend() {
              @Override
              public NaiveArray sum(NaiveArray a, int... axes) {
                return axes.length == 0 ? own(a.values()) : super.sum(a, axes);
              }
            }),
        new Mutant(
            "live arrays not counted",
            "liveArrays",
            new FusingBackend() {
              @Override
              public long liveArrays() {
                return 0;
              }
            }),
        new Mutant(
            "closing keeps what is live",
            "close",
            new FusingBackend() {
              @Override
              public void close() {}
            }),
        new Mutant(
            "fails when closed twice",
            "close",
            new FusingBackend() {
              @Override
              public void close() {
                if (isClosed()) {
                  throw new IllegalStateException();
                }
                super.close();
              }
            }),
        new Mutant(
            "counts releases after it was closed",
            "close",
            new FusingBackend() {
              private long released;

              @Override
              public void release(NaiveArray a) {
                super.release(a);
                released += isClosed() ? 1 : 0;
              }

              @Override
              public long liveArrays() {
                return super.liveArrays() - released;
              }
            }),
        new Mutant("leaves threads behind", "close", new ThreadedBackend()),
        new Mutant(
            "does not say that it is closed",
            "isClosed",
            new FusingBackend() {
              @Override
              public boolean isClosed() {
                return false;
              }
            }),
        new Mutant(
            "released arrays still counted",
            "release",
            new FusingBackend() {
              private long released;

              @Override
              public void release(NaiveArray a) {
                super.release(a);
                released++;
              }

              @Override
              public long liveArrays() {
                return super.liveArrays() + released;
              }
            }),
        new Mutant(
            "fromHost wraps the values",
            "fromHost",
            new FusingBackend() {
              @Override
              public NaiveArray fromHost(HostArray values) {
                return own(values);
              }
            }),
        new Mutant(
            "toHost gives its own values away",
            "toHost",
            new FusingBackend() {
              @Override
              public HostArray toHost(NaiveArray a) {
                return a.values();
              }
            }),
        new Mutant(
            "assign through a view reads what it has written", "assign", new SharingBackend(true)),
        new Mutant(
            "assign leaves the last element",
            "assign",
            new FusingBackend() {
              @Override
              public void assign(NaiveArray target, NaiveArray value) {
                int last = shape(target).size() - 1;
                double kept = last < 0 ? 0 : target.values().get(last);
                super.assign(target, value);
                if (last > 0) {
                  target.values().set(last, kept);
                }
              }
            }),
        new Mutant(
            "a view's memory is reused when its base is released",
            "release",
            new SharingBackend(false)),
        new Mutant(
            "shared scratch memory between threads",
            "matmul",
            new FusingBackend() {
              private volatile double[] scratch = {};

              @Override
              public NaiveArray matmul(NaiveArray a, NaiveArray b) {
                double[] mine = grid(a).values();
                scratch = mine;
                LockSupport.parkNanos(1_000_000);
                // What another thread has put there meanwhile goes into the product.
                return own(
                    ReduceOracles.matmul(
                        new Grid(
                            shape(a), dtype(a), scratch.length == mine.length ? scratch : mine),
                        grid(b)));
              }
            }),
        new Mutant(
            "results depend on what was computed before",
            "conv2d",
            new FusingBackend() {
              private double residue;

              @Override
              public NaiveArray conv2d(NaiveArray x, NaiveArray w, Conv2dGeometry g) {
                NaiveArray right = super.conv2d(x, w, g);
                if (shape(right).size() > 0) {
                  right.values().set(0, right.values().get(0) + residue);
                  residue += 1e-7;
                }
                return right;
              }
            }));
  }

  /** Each use starts a thread that stays for a while. */
  private static final class ThreadedBackend extends FusingBackend {
    @Override
    public NaiveArray maximum(NaiveArray a, NaiveArray b) {
      Thread thread = new Thread(() -> LockSupport.parkNanos(20_000_000_000L), "left behind");
      thread.setDaemon(true);
      thread.start();
      return super.maximum(a, b);
    }
  }

  /** Flips share their operand's memory, and go wrong in one of two ways. */
  private static final class SharingBackend extends FusingBackend {

    private final boolean overlapping;
    private final Map<NaiveArray, NaiveArray> bases = new IdentityHashMap<>();

    /** Either assigns in place without looking for overlap, or forgets views at release. */
    SharingBackend(boolean overlapping) {
      this.overlapping = overlapping;
    }

    @Override
    public NaiveArray permute(NaiveArray a, int... axes) {
      NaiveArray view = super.permute(a, axes);
      if (!overlapping) {
        bases.put(view, a);
      }
      return view;
    }

    @Override
    public NaiveArray flip(NaiveArray a, int... axes) {
      NaiveArray view = super.flip(a, axes);
      if (overlapping) {
        bases.put(view, a);
      }
      return view;
    }

    @Override
    public void assign(NaiveArray target, NaiveArray value) {
      if (bases.get(value) != target) {
        super.assign(target, value);
        return;
      }
      HostArray shared = target.values();
      int size = shared.shape().size();
      for (int i = 0; i < size; i++) {
        shared.set(i, shared.get(size - 1 - i));
      }
    }

    @Override
    public void release(NaiveArray a) {
      bases.forEach(
          (view, base) -> {
            if (!overlapping && base == a) {
              for (int i = 0; i < shape(view).size(); i++) {
                view.values().set(i, 77);
              }
            }
          });
      bases.remove(a);
      super.release(a);
    }
  }
}
