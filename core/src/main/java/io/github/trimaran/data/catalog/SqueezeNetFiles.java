package io.github.trimaran.data.catalog;

import io.github.trimaran.data.download.DownloadException;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.download.Downloader;
import io.github.trimaran.data.download.PublishedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * SqueezeNet's weights for ImageNet as their authors publish them, and the names of the classes.
 *
 * <pre>{@code
 * SqueezeNetFiles files = new SqueezeNetFiles(DataFolder.of(null), new Downloader(), progress);
 * StateDict weights = WeightFiles.read(files.get(SqueezeNetFiles.DEFAULT).weights());
 * SqueezeNet network = SqueezeNet.pretrained(backend, DType.FLOAT32, weights);
 * }</pre>
 */
public final class SqueezeNetFiles {

  /** What the weights are called among the data sets, and their folder in the data folder. */
  public static final String KEY = "squeezenet";

  /** The smallest edition. */
  public static final String DEFAULT = "1.0-compressed";

  private static final Map<String, PublishedFile> EDITIONS = new LinkedHashMap<>();

  static {
    EDITIONS.put(
        DEFAULT,
        PublishedFile.of(
            "compressed_SqueezeNet.net",
            675_763,
            "e4ab6960ae8cd81505e1c2136921201507e930966c53deaf15862a395b3a3261",
            "https://raw.githubusercontent.com/songhan/SqueezeNet-Deep-Compression/fb13faa2cf121ced9999f8a9d538ec6c56084733/"));
    EDITIONS.put(
        "1.1",
        PublishedFile.of(
            "squeezenet_v1.1.caffemodel",
            4_950_080,
            "72b912ace512e8621f8ff168a7d72af55910d3c7c9445af8dfbff4c2ee960142",
            "https://raw.githubusercontent.com/forresti/SqueezeNet/a47b6f13d30985279789d08053d37013d67d131b/SqueezeNet_v1.1/"));
  }

  /** One line a class: the WordNet identifier, then its names. */
  private static final PublishedFile NAMES =
      PublishedFile.of(
          "synset_words.txt",
          31_675,
          "acf75ef0abe89694b19056e0796401068b459c457baa30335f240c7692857355",
          "https://raw.githubusercontent.com/nihui/ncnn-android-squeezenet/376281237ed33c938e39a82eb4bb15ebf1452bdc/app/src/main/assets/",
          "https://raw.githubusercontent.com/HoldenCaulfieldRye/caffe/master/data/ilsvrc12/");

  private final Path folder;
  private final Downloader downloader;
  private final DownloadProgress progress;

  /**
   * Files that lie in this data folder or come there.
   *
   * @param data the data folder
   * @param downloader what downloads them
   * @param progress who watches
   */
  public SqueezeNetFiles(DataFolder data, Downloader downloader, DownloadProgress progress) {
    this.folder = data.root().resolve(KEY);
    this.downloader = downloader;
    this.progress = progress;
  }

  /**
   * What is in the folder now.
   *
   * @param weights the file of weights
   * @param namesMissing why the names of the classes could not be had; empty if they are there
   */
  public record Fetched(Path weights, Optional<String> namesMissing) {}

  /** The editions that can be had, the default first. */
  public static Iterable<String> editions() {
    return EDITIONS.keySet();
  }

  /**
   * Downloads an edition and the names of its classes, unless they are there.
   *
   * @throws IllegalArgumentException if there is no such edition
   * @throws DownloadException if the weights cannot be had
   */
  public Fetched get(String edition) throws DownloadException {
    PublishedFile file = EDITIONS.get(edition);
    if (file == null) {
      throw new IllegalArgumentException(
          "data: there is no edition '"
              + edition
              + "' of squeezenet; choose one of "
              + String.join(", ", EDITIONS.keySet()));
    }
    Path weights = fetch(file);
    try {
      if (!Files.isRegularFile(folder.resolve("imagenet_classes.txt"))) {
        fetch(NAMES);
      }
      return new Fetched(weights, Optional.empty());
    } catch (DownloadException e) {
      return new Fetched(weights, Optional.of(e.getMessage()));
    }
  }

  private Path fetch(PublishedFile file) throws DownloadException {
    Path target = folder.resolve(file.name());
    if (!Files.isRegularFile(target)) {
      downloader.fetch(file, target, progress);
    }
    return target;
  }
}
