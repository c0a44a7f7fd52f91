package io.github.trimaran.examples.serve;

import io.github.trimaran.data.TrainTest;
import io.github.trimaran.data.catalog.DataFolder;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.catalog.ImageSet;
import io.github.trimaran.data.embedded.EmbeddedDigits;
import io.github.trimaran.data.embedded.EmbeddedImages;
import java.io.IOException;
import java.nio.file.Path;

/** Images for trainings: real ones where they lie on this machine, else some the project draws. */
final class LocalImages {

  private LocalImages() {}

  /**
   * A set of images.
   *
   * @param training how many to draw where there are no real ones
   * @param test the same for test images
   */
  static TrainTest of(ImageSet set, DataFolder data, int training, int test) throws IOException {
    Path folder = data.root();
    if (set.isIn(folder)) {
      return set.load(folder);
    }
    return set == DataSets.MNIST
        ? EmbeddedDigits.trainTest(training, test)
        : EmbeddedImages.trainTest(training, test);
  }
}
