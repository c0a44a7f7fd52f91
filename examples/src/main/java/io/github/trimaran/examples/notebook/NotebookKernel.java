package io.github.trimaran.examples.notebook;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import org.dflib.jjava.jupyter.channels.JupyterConnection;
import org.dflib.jjava.jupyter.kernel.BaseKernel;
import org.dflib.jjava.jupyter.kernel.JupyterIO;
import org.dflib.jjava.jupyter.kernel.KernelConnectionProperties;
import org.dflib.jjava.jupyter.kernel.LanguageInfo;
import org.dflib.jjava.jupyter.kernel.ReplacementOptions;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.magic.MagicsRegistry;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/**
 * What runs the cells of a notebook.
 *
 * <pre>
 * NotebookKernel.serve(connectionFile, "import java.util.*;", List.of());
 * </pre>
 *
 * <p>The protocol of Jupyter is JJava's; the Java is {@link Cells}, in a JVM of its own.
 */
public final class NotebookKernel extends BaseKernel {

  private final Cells cells;

  private NotebookKernel(JupyterIO io, String startup, List<String> flags) {
    super(
        "Trimaran",
        "",
        language(),
        List.of(),
        null,
        io,
        new CommManager(),
        new Renderer(),
        null,
        new MagicsRegistry(),
        false,
        new StringStyler.Builder().build());
    cells = new Cells(io.out, io.err, flags);
    cells.run(startup);
  }

  private static LanguageInfo language() {
    return new LanguageInfo.Builder("Java")
        .version(System.getProperty("java.specification.version"))
        .mimetype("text/x-java-source")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  /**
   * Answers a notebook until it says that it is done.
   *
   * @param connection the file in which Jupyter says where it listens
   * @param startup Java that runs before the first cell
   * @param flags of the JVM that computes
   * @throws IOException if the file cannot be read
   */
  public static void serve(Path connection, String startup, List<String> flags) throws IOException {
    try {
      JupyterConnection jupyter =
          new JupyterConnection(KernelConnectionProperties.parse(Files.readString(connection)));
      NotebookKernel kernel =
          new NotebookKernel(new JupyterIO(StandardCharsets.UTF_8), startup, flags);
      kernel.becomeHandlerForConnection(jupyter);
      jupyter.connect();
      jupyter.waitUntilClose();
    } catch (GeneralSecurityException e) {
      throw new IOException(connection + " asks for a signature that this JVM cannot make", e);
    }
  }

  @Override
  public Object evalRaw(String cell) {
    try {
      return cells.run(cell);
    } finally {
      io.out.flush();
      io.err.flush();
    }
  }

  @Override
  public List<String> formatError(Throwable problem) {
    String text = problem instanceof CellException ? problem.getMessage() : problem.toString();
    return text.lines().toList();
  }

  @Override
  public DisplayData inspect(String code, int cursor, boolean more) {
    String text = cells.documentation(code, cursor);
    return text.isEmpty() ? null : new DisplayData(text);
  }

  @Override
  public ReplacementOptions complete(String code, int cursor) {
    Cells.Completions found = cells.completions(code, cursor);
    return new ReplacementOptions(found.words(), found.from(), cursor);
  }

  @Override
  public String isComplete(String code) {
    Completeness state = cells.completeness(code);
    if (state == Completeness.UNKNOWN) {
      return IS_COMPLETE_BAD;
    }
    return state.isComplete() ? IS_COMPLETE_YES : IS_COMPLETE_MAYBE;
  }

  @Override
  public void interrupt() {
    cells.stop();
  }

  @Override
  public void onShutdown(boolean restart) {
    cells.close();
  }
}
