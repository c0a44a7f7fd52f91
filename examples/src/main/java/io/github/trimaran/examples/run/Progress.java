package io.github.trimaran.examples.run;

/** Progress of one piece of long work. Close it when the work ends, however it ends. */
public interface Progress extends AutoCloseable {

  /** Shows nothing. */
  Progress NONE =
      new Progress() {
        @Override
        public void advanceTo(long done, String note) {}

        @Override
        public void close() {}
      };

  /**
   * So much is done.
   *
   * @param done of the total, in its unit
   * @param note what is worth knowing beside it: {@code "loss 0.12"}; may be empty
   */
  void advanceTo(long done, String note);

  @Override
  void close();
}
