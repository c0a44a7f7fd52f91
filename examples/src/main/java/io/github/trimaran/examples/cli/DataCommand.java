package io.github.trimaran.examples.cli;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.data.catalog.SqueezeNetFiles;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.examples.datasets.DownloadBar;
import io.github.trimaran.examples.datasets.PretrainedFiles;
import io.github.trimaran.examples.run.Console;
import io.github.trimaran.examples.run.InputException;
import io.github.trimaran.io.weights.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Fetches data sets and shows what is there. */
@Command(
    name = "data",
    description = "Fetch data with progress and check it; show what is there.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {DataCommand.Get.class, DataCommand.ListSets.class})
final class DataCommand {

  /** Downloads and checks one set. */
  @Command(
      name = "get",
      description = "Download a data set, if it is not there, and check it.",
      mixinStandardHelpOptions = true)
  static final class Get implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Parameters(paramLabel = "NAME", description = "See 'data list'.")
    private String name;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "Where to put it (default: TRIMARAN_DATA, else the user's cache folder).")
    private Path folder;

    @Option(
        names = "--edition",
        paramLabel = "NAME",
        description = "Of squeezenet: 1.0-compressed (0.7 MB, the default) or 1.1 (5 MB).")
    private String edition;

    @Override
    public Integer call() throws IOException {
      Console console = new Console(spec.commandLine().getOut(), false);
      DataFolder where = DataFolder.of(folder);
      if (Files.exists(where.root()) && !Files.isDirectory(where.root())) {
        throw new InputException("--data-dir: " + where + " is a file, not a folder");
      }
      if (name.equals(SqueezeNetFiles.KEY)) {
        getWeights(where, console);
        return 0;
      }
      if (edition != null) {
        throw new InputException("--edition: there are editions of squeezenet alone");
      }
      ImageSet set = DataSets.named(name);
      try (DownloadBar bar = new DownloadBar(console)) {
        TrainTest data = new DataSets(where, new Downloader(), bar).get(set);
        console.result(
            data.source().name()
                + " is whole in "
                + where
                + ": "
                + data.train().size()
                + " training and "
                + data.test().size()
                + " test images");
      }
      return 0;
    }

    private void getWeights(DataFolder where, Console console) throws IOException {
      try (DownloadBar bar = new DownloadBar(console)) {
        SqueezeNetFiles.Fetched fetched =
            new SqueezeNetFiles(where, new Downloader(), bar)
                .get(edition == null ? SqueezeNetFiles.DEFAULT : edition);
        long parameters = WeightFiles.read(fetched.weights()).elements();
        console.result(
            "SqueezeNet, ImageNet is whole in "
                + fetched.weights()
                + ": "
                + parameters
                + " weights");
        fetched.namesMissing().ifPresent(why -> console.result("Its classes are numbers: " + why));
      }
    }
  }

  /** Lists the sets. */
  @Command(
      name = "list",
      description = "Show the data sets and which of them are there.",
      mixinStandardHelpOptions = true)
  static final class ListSets implements Callable<Integer> {

    @Spec private CommandSpec spec;

    @Option(
        names = "--data-dir",
        paramLabel = "DIR",
        description = "Where to look (default: TRIMARAN_DATA, else the user's cache folder).")
    private Path folder;

    @Override
    public Integer call() throws IOException {
      Console console = new Console(spec.commandLine().getOut(), false);
      DataFolder where = DataFolder.of(folder);
      console.say("In " + where + ":");
      for (ImageSet set : DataSets.all()) {
        console.result(
            String.format(
                "  %-10s %-9s %s",
                set.key(), set.isIn(where.root()) ? "there" : "not there", set.description()));
      }
      console.result(
          String.format(
              "  %-10s %-9s %s",
              SqueezeNetFiles.KEY,
              PretrainedFiles.isIn(where) ? "there" : "not there",
              "SqueezeNet: weights for ImageNet's 1000 classes (Iandola, Han and others)"));
      return 0;
    }
  }
}
