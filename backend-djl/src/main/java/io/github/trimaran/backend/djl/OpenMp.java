package io.github.trimaran.backend.djl;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import org.slf4j.LoggerFactory;

/**
 * How long PyTorch's threads look for the next work before they sleep.
 *
 * <p>On Linux PyTorch shares its work out with GNU OpenMP, whose threads look 300,000 times, some
 * milliseconds, each time that they wait for one another. That is nothing while each has a core of
 * its own. When another program computes too, the one that is waited for has no core while the
 * waiting one turns on its own, at every one of the dozens of waits of a training step. So they are
 * told to look for about as long as falling asleep and waking up takes.
 *
 * <p>OpenMP reads that from the process's environment as PyTorch loads it, and Java cannot change
 * its own; the C library can. What the user has set stays.
 */
final class OpenMp {

  static final String SPIN_COUNT = "GOMP_SPINCOUNT";
  private static final String WAIT_POLICY = "OMP_WAIT_POLICY";
  private static final String LOOKS = "1000";

  private OpenMp() {}

  /** The part of the C library that is called. */
  private interface C extends Library {
    int setenv(String name, String value, int overwrite);
  }

  /** Makes waiting threads sleep soon, if PyTorch is not loaded yet. */
  static void sleepSoon() {
    boolean set = System.getenv(SPIN_COUNT) != null || System.getenv(WAIT_POLICY) != null;
    if (set || !Platform.isLinux()) {
      return;
    }
    try {
      Native.load("c", C.class).setenv(SPIN_COUNT, LOOKS, 0);
    } catch (LinkageError e) {
      // It is as right without, only slow beside another program.
      LoggerFactory.getLogger(OpenMp.class).debug("cannot set {}", SPIN_COUNT, e);
    }
  }
}
