package io.github.trimaran.examples.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Constructor;
import java.nio.charset.Charset;

/**
 * Where the program's errors go. The JVM warns of the incubator module on standard error before any
 * program can stop it, so the launcher starts it with standard error closed, and hands over the
 * real one as a further file descriptor. Java opens files by name only; opening {@code /dev/fd/3}
 * anew would overwrite the output where both go to one file.
 */
final class StandardError {

  /** The number of the file descriptor; unset where standard error is what it seems. */
  private static final String DESCRIPTOR = "trimaran.stderr";

  private StandardError() {}

  /** Makes the launcher's file descriptor this program's standard error. */
  static void adopt() throws ReflectiveOperationException {
    Integer number = Integer.getInteger(DESCRIPTOR);
    if (number != null) {
      Constructor<FileDescriptor> constructor =
          FileDescriptor.class.getDeclaredConstructor(int.class);
      constructor.setAccessible(true);
      FileOutputStream stream = new FileOutputStream(constructor.newInstance(number));
      System.setErr(new PrintStream(stream, true, Charset.defaultCharset()));
    }
  }
}
