package io.github.trimaran.examples.cli;

import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.examples.run.CommonOptions;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.Engine;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.examples.run.OutputFolder;
import io.github.trimaran.examples.serve.ServeSettings;
import io.github.trimaran.examples.serve.Serving;
import io.github.trimaran.examples.training.SavedModel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves a page to draw on. */
@Command(
    name = "serve",
    description =
        "A page in the browser: draw a digit, see what the network thinks; compare backends; style,"
            + " classes and training as they happen.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  /** Only this machine reaches it. */
  static final String HOST = "127.0.0.1";

  static final String PORT = "8017";

  private static final int MOST_PORT = 65_535;

  @Spec private CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = PORT,
      description = "Where to listen; 0 for any port that is free (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "NAME",
      defaultValue = HOST,
      description =
          "What to listen on; anything but the default lets other machines in, without accounts"
              + " (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(names = "--open", description = "Open the page in the browser.")
  private boolean open;

  @Option(
      names = "--model",
      paramLabel = "FILE",
      description =
          "A digit network that 'train mnist --save FILE' or 'export' wrote (default: the digit"
              + " reader that comes with the program).")
  private Path model;

  @Mixin private CommonOptions options;

  @Override
  public Integer call() throws IOException {
    if (port < 0 || port > MOST_PORT) {
      throw new InputException("--port: must be from 0 to " + MOST_PORT + ", is " + port);
    }
    requireOwnHost();
    SavedModel digits = model == null ? SavedModel.embedded() : SavedModel.read(model);
    Path place = options.out() == null ? Path.of("out", "serve") : options.out();
    ServeSettings settings =
        new ServeSettings(
            Version.current(),
            host,
            port,
            options.backends().get(0),
            options.threads(),
            place,
            DataFolder.of(options.dataDirectory()),
            options.seed());
    Console console = new Console(spec.commandLine().getOut(), options.quiet());
    CountDownLatch ended = new CountDownLatch(1);
    try (OutputFolder folder = OutputFolder.open(place);
        Engine engine = Engine.start(options.backends().get(0), options);
        Serving serving = serve(settings, digits, engine)) {
      Thread hook = new Thread(() -> end(serving, ended), "end of serving");
      Runtime.getRuntime().addShutdownHook(hook);
      console.result("Draw at " + serving.uri() + "  (Ctrl-C ends)");
      console.say(
          "Model: "
              + (model == null ? "the program's own" : model)
              + ", on "
              + engine.backend().info().name());
      console.say("Corrections and results go to " + folder.path());
      if (!serving.isLoopback()) {
        console.result("Note: it listens on " + host + "; whoever reaches this machine can use it");
        for (URI address : serving.addresses()) {
          console.result("Other machines draw at " + address);
        }
      }
      if (open) {
        open(serving.uri(), console);
      }
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private void requireOwnHost() throws SocketException {
    if (host.isBlank()) {
      throw new InputException("--host: is empty; leave it out to let in this machine only");
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      boolean always = address.isAnyLocalAddress() || address.isLoopbackAddress();
      if (!always && NetworkInterface.getByInetAddress(address) == null) {
        throw new InputException(
            "--host: "
                + host
                + " is no address of this machine; 0.0.0.0 listens on all that it has");
      }
    } catch (UnknownHostException e) {
      throw new InputException("--host: there is no host " + host, e);
    }
  }

  private static void end(Serving serving, CountDownLatch ended) {
    serving.close();
    ended.countDown();
  }

  private Serving serve(ServeSettings settings, SavedModel digits, Engine engine)
      throws IOException {
    try {
      return Serving.start(settings, digits, engine.backend());
    } catch (BindException e) {
      throw new InputException(
          "--port: "
              + port
              + " on "
              + host
              + " cannot be had ("
              + e.getMessage()
              + "); choose another, or 0 for any that is free",
          e);
    } catch (SocketException e) {
      throw new InputException("--host: cannot listen on " + host + ": " + e.getMessage(), e);
    }
  }

  private static void open(URI page, Console console) {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    List<String> command;
    if (system.startsWith("windows")) {
      command = List.of("rundll32", "url.dll,FileProtocolHandler", page.toString());
    } else {
      command = List.of(system.startsWith("mac") ? "open" : "xdg-open", page.toString());
    }
    try {
      new ProcessBuilder(command)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      console.result("Note: cannot open a browser here (" + e.getMessage() + ")");
    }
  }
}
