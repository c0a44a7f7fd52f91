package io.github.trimaran.data.download;

/**
 * Watches a download.
 *
 * <pre>{@code
 * DownloadProgress progress =
 *     (file, done, total) -> System.out.println(file + " " + 100 * done / total + " %");
 * }</pre>
 */
@FunctionalInterface
public interface DownloadProgress {

  /** Nobody watches. */
  DownloadProgress NONE = (file, done, total) -> {};

  /**
   * So much is there. Called often, first with what an earlier attempt had left.
   *
   * @param file the file's name
   * @param done bytes so far
   * @param total bytes in all
   */
  void update(String file, long done, long total);

  /** Another download of the same file is under way; this one waits for it. */
  default void waiting(String file) {}
}
