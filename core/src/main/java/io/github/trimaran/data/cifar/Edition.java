package io.github.trimaran.data.cifar;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The known contents of the six batch files. Accuracies on different editions are not exactly
 * comparable, so each has a name of its own.
 */
enum Edition {
  ORIGINAL(
      "CIFAR-10",
      "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5",
      "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed",
      "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67",
      "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48",
      "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add",
      "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b"),
  JPEG(
      "CIFAR-10 (JPEG-recompressed)",
      "0297af9a18db249acb09970f36e4345f4fa636578a3600ba10f47e636c451856",
      "2fd75c9c11a8267716fa8a9f134bcabba6a6317f9d93a62538c980b46b27bf0d",
      "5e6f3b4208ad4890ab0406410dd269525b97a997ee26653409dfb6efbf4859a3",
      "5027128f6e1f65988ddfabf57e798cb74f4b0fdd7f578f61bcd132950159fdfe",
      "47c60db722bbe69228aa762bdb4656da64e1ca436ce99b5ea0b06337cb3f36a1",
      "651a8fe50d343ca37a1d12a0130bae0b0d1c7f46ecee2ad56424cfc538b944a7");

  /** The digest of the JPEG archive, which the list of digests beside decoded batches names. */
  private static final String JPEG_ARCHIVE =
      "3e27bc9a4c4e0b89c75d7eaa589954ca5fb3915e247e1db62bc418d5ea46f1e0";

  private final String title;
  private final String digests;

  Edition(String title, String... digests) {
    this.title = title;
    this.digests = String.join(" ", digests);
  }

  /**
   * What to call files with these digests: five training batches, then the test batch.
   *
   * @param sums the content of SHA256SUMS beside them, empty without one. JPEG decoders may round
   *     differently, so files that another decoder made are known by the archive it names, if they
   *     are the files it lists.
   */
  static String titleOf(List<String> digests, String sums) {
    String joined = String.join(" ", digests);
    Optional<Edition> known =
        Stream.of(values()).filter(edition -> edition.digests.equals(joined)).findFirst();
    if (known.isPresent()) {
      return known.get().title;
    }
    boolean decoded = sums.contains(JPEG_ARCHIVE) && digests.stream().allMatch(sums::contains);
    return decoded ? JPEG.title : "other files in CIFAR-10's format";
  }
}
