package io.github.trimaran.examples.gallery;

import io.github.trimaran.examples.report.Answers;
import io.github.trimaran.nn.BatchNorm2d;
import io.github.trimaran.nn.Conv2d;
import io.github.trimaran.nn.ConvTranspose2d;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.MaxPool2d;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.ReLU;
import io.github.trimaran.nn.Sequential;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.optim.Adam;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Evaluation;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.Supervised;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.metrics.IoU;
import java.io.IOException;
import java.util.List;

/**
 * A network that says of every pixel what it belongs to: circle, square, triangle, or the ground
 * behind them. It is a small U-Net (Ronneberger, Fischer and Brox 2015, arXiv:1505.04597): on the
 * way down pictures get smaller and see more of their surroundings, on the way up they get their
 * size back, and at each size are joined by what the way down knew of it, so that edges stay sharp.
 *
 * <p>It is judged by the intersection over union: of the pixels that are of a class or were taken
 * for it, the part that is both; as the mean over the four classes.
 */
final class Segmenter implements GalleryProgram {

  @Override
  public String name() {
    return "segmenter";
  }

  @Override
  public String question() {
    return "Which pixels of a picture belong to a circle, a square or a triangle?";
  }

  @Override
  public String theory() {
    return """
        Classification of every pixel. The mean over classes of the intersection over union does not let
        the many pixels of the ground hide mistakes in the few of the shapes:

            IoU of a class = pixels of it and taken for it / pixels of it or taken for it

        In a U-Net (Ronneberger, Fischer and Brox 2015) the way down gathers what is where at a coarse
        scale, and the way up is joined at each size by what the way down knew of it: the sharp edges.
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    gallery.made("drawn shapes");
    int pictures = gallery.setting("num_training", 2_000, 600);
    int batchSize = gallery.setting("batch_size", 8, 8);
    ShapePictures train = new ShapePictures(pictures, batchSize, gallery.rng("train"));
    int tests = gallery.setting("num_test", 1_000, 100);
    ShapePictures test = new ShapePictures(tests, 50, gallery.rng("test"));

    try (Network network = new Network(gallery.setting("filters", 16, 16))) {
      network.init(gallery.backend(), gallery.dtype(), gallery.rng("weights"));
      int epochs = gallery.epochs(10, 5);
      LearningRate rate = LearningRate.cosine(3e-3, 0, (long) epochs * train.perEpoch());
      // Most pixels are of the ground, which counts less for it.
      Supervised objective = new Supervised(new CrossEntropyLoss().weights(0.3, 1, 1, 1));
      try (Adam adam = new Adam(network.parameters(), rate)) {
        Trainer trainer =
            Trainer.builder(network, adam, objective)
                .quiet()
                .listener(gallery.progress("Segmenter"))
                .build();
        gallery.history(trainer.fit(train, epochs));
      }

      IoU mean = new IoU();
      Evaluation found =
          new Evaluator<>(objective)
              .metrics(mean, mean.ofClass(1), mean.ofClass(2), mean.ofClass(3))
              .evaluate(network, test);
      gallery.metric("mean_iou", found.metric("iou"));
      for (int k = 1; k < ShapePictures.CLASSES.size(); k++) {
        gallery.metric("iou_" + ShapePictures.CLASSES.get(k), found.metric("iou_class" + k));
      }
      gallery.metrics(Answers.matrix(found.confusion(), ShapePictures.CLASSES));
      gallery.filters(network);
      gallery.picture("shapes.png", ShapeSheet.of(network, test));
      gallery.answer(
          "mean intersection over union %.3f on %d pictures; shapes.png shows some",
          found.metric("iou"), tests);
    }
  }

  /** {@code [N, 3, H, W] -> [N, 4, H, W]}, scores of each pixel; H and W divisible by 8. */
  static final class Network extends Layer {

    private final Layer halve = child("halve", new MaxPool2d(2));
    private final Layer stem;
    private final Layer fine;
    private final Layer middle;
    private final Layer coarse;
    private final Layer toMiddle;
    private final Layer middleAgain;
    private final Layer toFine;
    private final Layer fineAgain;
    private final Layer scores;

    /** With so many filters at half the size, and twice as many at each size below. */
    Network(int filters) {
      stem = child("stem", new Conv2d(3, filters, 4).stride(2).padding(1));
      fine = child("fine", block(filters, filters));
      middle = child("middle", block(filters, 2 * filters));
      coarse = child("coarse", block(2 * filters, 4 * filters));
      toMiddle = child("to_middle", new ConvTranspose2d(4 * filters, 2 * filters, 2).stride(2));
      middleAgain = child("middle_again", block(4 * filters, 2 * filters));
      toFine = child("to_fine", new ConvTranspose2d(2 * filters, filters, 2).stride(2));
      fineAgain = child("fine_again", block(2 * filters, filters));
      int classes = ShapePictures.CLASSES.size();
      scores = child("scores", new ConvTranspose2d(filters, classes, 4).stride(2).padding(1));
    }

    /** Two convolutions that keep the size. */
    private static Sequential block(int channels, int filters) {
      return new Sequential(
          new Conv2d(channels, filters, 3).padding(1).withoutBias(),
          new BatchNorm2d(filters),
          new ReLU(),
          new Conv2d(filters, filters, 3).padding(1).withoutBias(),
          new BatchNorm2d(filters),
          new ReLU());
    }

    @Override
    protected Tensor compute(Tensor x, Mode mode) {
      Tensor half = fine.forward(stem.forward(x, mode), mode);
      Tensor quarter = middle.forward(halve.forward(half, mode), mode);
      Tensor eighth = coarse.forward(halve.forward(quarter, mode), mode);
      Tensor up = joined(quarter, toMiddle.forward(eighth, mode));
      Tensor top = joined(half, toFine.forward(middleAgain.forward(up, mode), mode));
      return scores.forward(fineAgain.forward(top, mode), mode);
    }

    private static Tensor joined(Tensor down, Tensor up) {
      return Tensor.concat(List.of(down, up), 1);
    }
  }
}
