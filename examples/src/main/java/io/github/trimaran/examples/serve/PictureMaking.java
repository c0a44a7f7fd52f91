package io.github.trimaran.examples.serve;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.HostArray;
import io.github.trimaran.examples.datasets.Pretrained;
import io.github.trimaran.examples.datasets.PretrainedFiles;
import io.github.trimaran.examples.pictures.StyleRun;
import io.github.trimaran.examples.pictures.VisualizationRun;
import io.github.trimaran.random.Rng;
import io.github.trimaran.vision.image.Pixels;
import io.github.trimaran.vision.network.PictureNetwork;
import io.github.trimaran.vision.visualize.ClassVisualization;
import io.github.trimaran.vision.visualize.VisualizationSettings;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Makes pictures with SqueezeNet while a job shows how they form. */
final class PictureMaking {

  /** Nobody sees more pictures than that, and each costs time. */
  private static final long BETWEEN_PICTURES_NANOS = 300_000_000;

  private final ServeSettings settings;
  private final Workshop workshop;
  private Pretrained pretrained;

  PictureMaking(ServeSettings settings, Workshop workshop) {
    this.settings = settings;
    this.workshop = workshop;
  }

  /**
   * The weights there are on this machine, read when they are first needed.
   *
   * @throws IOException if those there are cannot be read
   */
  synchronized Pretrained weights() throws IOException {
    if (pretrained == null) {
      pretrained = PretrainedFiles.local(settings.data());
    }
    return pretrained;
  }

  private PictureNetwork network() throws IOException {
    return weights().network(workshop.backend(), DType.FLOAT32);
  }

  /** Shows a picture now and then. */
  private static final class Shown {
    private final Job job;
    private long next = System.nanoTime();

    private Shown(Job job) {
      this.job = job;
    }

    private void offer(Supplier<HostArray> pixels) {
      if (System.nanoTime() - next >= 0) {
        job.picture(Pixels.toPicture(pixels.get()));
        next = System.nanoTime() + BETWEEN_PICTURES_NANOS;
      }
    }
  }

  /** Makes a picture with the content of one and the style of another. */
  Map<String, Object> style(StyleRun run, Job job) throws IOException {
    job.progress(0, "reading the weights");
    Shown shown = new Shown(job);
    int steps = run.settings().iterations();
    try (PictureNetwork net = network()) {
      StyleRun.Transferred made =
          run.transfer(
              net,
              Rng.seeded(settings.seed()),
              (step, loss, pixels) -> {
                job.progress((double) step / steps, "step " + step + " of " + steps);
                job.point("loss", step, loss.total());
                job.point("content", step, loss.content());
                job.point("style", step, loss.style());
                shown.offer(pixels);
              });
      job.picture(made.picture());
      return run.report(made).metrics();
    }
  }

  /** Makes the picture that the network takes most for a class. */
  Map<String, Object> visualize(VisualizationRun run, int index, Job job) throws IOException {
    job.progress(0, "reading the weights");
    Shown shown = new Shown(job);
    String name = weights().shortName(index);
    try (PictureNetwork net = network()) {
      ClassVisualization.Result made =
          new ClassVisualization(net, run.settings())
              .run(
                  index,
                  Rng.seeded(settings.seed()).fork(index),
                  (step, steps, score, pixels) -> {
                    job.progress((double) step / steps, "step " + step + " of " + steps);
                    job.point("score", step, score);
                    shown.offer(pixels);
                  });
      job.picture(Pixels.toPicture(made.pixels()));
      return new LinkedHashMap<>(run.report(name, made).metrics());
    }
  }

  /** How a class is drawn unless somebody chooses. */
  VisualizationSettings visualization(boolean plain) throws IOException {
    return weights().visualization(plain);
  }
}
