package io.github.trimaran.tensor;

/**
 * Whether operations on this thread are recorded for differentiation; they are unless switched off,
 * as for evaluation and for updating parameters. PyTorch's {@code no_grad} and {@code enable_grad}.
 *
 * <pre>{@code
 * try (GradMode off = GradMode.disable()) {
 *   ...
 * }
 * }</pre>
 */
public final class GradMode implements AutoCloseable {

  private static final ThreadLocal<Boolean> RECORDING = ThreadLocal.withInitial(() -> true);

  private final boolean previous;

  private GradMode(boolean recording) {
    previous = RECORDING.get();
    RECORDING.set(recording);
  }

  /** Stops recording on this thread until closed. */
  public static GradMode disable() {
    return new GradMode(false);
  }

  /** Records on this thread until closed. */
  public static GradMode enable() {
    return new GradMode(true);
  }

  /** Whether operations on this thread are recorded. */
  public static boolean isRecording() {
    return RECORDING.get();
  }

  /** Goes back to what was before. */
  @Override
  public void close() {
    RECORDING.set(previous);
  }
}
