package io.github.trimaran.examples.gallery;

import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.embedded.EmbeddedImages;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.datasets.PretrainedFiles;
import io.github.trimaran.examples.report.TestedImages;
import io.github.trimaran.nn.models.SqueezeNet;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.train.EpochRecord;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Scoring;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.vision.data.PictureFolder;
import io.github.trimaran.vision.data.PicturePreparation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Transfer learning: a folder of a few pictures a class is enough for a network that has seen many
 * others before. SqueezeNet keeps its features and gets a new classifier, which is trained alone
 * first, so that its first large errors do not spoil the features; then all is trained a little
 * further (Yosinski et al. 2014, arXiv:1411.1792). The same network is trained from scratch on the
 * same pictures for as many epochs, to see what the features are worth.
 *
 * <p>With ImageNet's weights the pictures are photographs of CIFAR-10, written into folders. The
 * weights that come with the program were trained on those, so figures that it draws take their
 * place.
 */
final class Transfer implements GalleryProgram {

  private static final int IMAGENET_CLASSES = 1000;

  @Override
  public String name() {
    return "transfer";
  }

  @Override
  public String question() {
    return "How much better does a network know few pictures if it has seen many others before?";
  }

  @Override
  public String theory() {
    return """
        Early layers find edges, colours and textures, which serve for other pictures as well (Yosinski
        et al. 2014). So the features are kept and a new classifier is trained alone first: its first
        gradients are large and random, and would spoil the features. Then all is trained a little, at a
        lower rate. The same network from scratch tells what the features are worth.
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    Pretrained pretrained = PretrainedFiles.find(gallery.options(), gallery.console());
    boolean photographs = pretrained.classes().size() == IMAGENET_CLASSES;
    TrainTest images = photographs ? gallery.images(DataSets.CIFAR10) : figures(gallery);
    gallery.weights(pretrained.facts());
    Path folder = gallery.folder().resolve("pictures");
    int perClass = gallery.setting("num_training_per_class", 60, 60);
    PictureFiles.write(images.train(), perClass, folder.resolve("train"));
    int tests = gallery.setting("num_test_per_class", 200, 30);
    PictureFiles.write(images.test(), tests, folder.resolve("test"));

    int side = gallery.setting("side", photographs ? 96 : 32, photographs ? 64 : 32);
    int epochs = gallery.epochs(15, 4);
    SqueezeNet.Version version = SqueezeNet.versionOf(pretrained.weights());
    int classes = images.train().classes();
    try (SqueezeNet net =
            SqueezeNet.pretrained(
                gallery.backend(),
                gallery.dtype(),
                pretrained.weights(),
                classes,
                gallery.rng("classifier"));
        SqueezeNet scratch = new SqueezeNet(version, classes)) {
      PicturePreparation prepared = PicturePreparation.of(side, side).values(net.preparation());
      Samples train = PictureFolder.of(folder.resolve("train"), prepared);
      PictureFolder test = PictureFolder.of(folder.resolve("test"), prepared);

      Map<String, List<Double>> losses = new LinkedHashMap<>();
      net.part("features").freeze();
      losses.put("new classifier", fit(gallery, net, train, 1e-3, epochs));
      double head = accuracy(net, test);
      net.unfreeze();
      losses.put("fine-tuning", fit(gallery, net, train, 1e-4, epochs));
      TestedImages tested =
          TestedImages.measured(
              net,
              PictureFiles.read(test, images.source()),
              new DataLoader(test, 100),
              Scoring.PLAIN);
      double tuned = tested.found().accuracy();

      scratch.init(gallery.backend(), gallery.dtype(), gallery.rng("scratch"));
      losses.put("from scratch", fit(gallery, scratch, train, 3e-4, 2 * epochs));
      double alone = accuracy(scratch, test);

      gallery.chart("loss.png", "Loss on the training pictures", "epoch", "loss", losses);
      losses.forEach((part, values) -> gallery.course("loss, " + part, values));
      gallery.metric("test_accuracy", tuned);
      gallery.metric("test_accuracy_classifier_only", head);
      gallery.metric("test_accuracy_from_scratch", alone);
      gallery.metrics(tested.metrics(gallery.folder(), TestedImages.SHEET));
      gallery.filters(net);
      gallery.answer(
          "%.1f %% of %d test pictures, %.1f %% before fine-tuning, %.1f %% from scratch",
          100 * tuned, test.size(), 100 * head, 100 * alone);
    }
  }

  private static TrainTest figures(GalleryRun gallery) {
    TrainTest figures = EmbeddedImages.trainTest(1_500, 3_000);
    gallery.made(figures.source().name());
    return figures;
  }

  /** Trains what is not frozen; returns the loss of each epoch. */
  private static List<Double> fit(
      GalleryRun gallery, SqueezeNet net, Samples train, double rate, int epochs)
      throws IOException {
    DataLoader batches = new DataLoader(train, 20).shuffle(gallery.rng("batches"));
    LearningRate falling = LearningRate.cosine(rate, 0, (long) epochs * batches.perEpoch());
    try (Adam adam = new Adam(net.parameters(), falling)) {
      return Trainer.builder(net, adam)
          .rng(gallery.rng("dropout"))
          .quiet()
          .listener(gallery.progress("Training"))
          .build()
          .fit(batches, epochs)
          .epochs()
          .stream()
          .map(EpochRecord::loss)
          .toList();
    }
  }

  private static double accuracy(SqueezeNet net, Samples test) {
    return Evaluator.plain().evaluate(net, new DataLoader(test, 100)).accuracy();
  }
}
