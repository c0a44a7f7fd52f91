package io.github.trimaran.data;

/**
 * Images to learn from, to choose by, and to report on; see {@link TrainTest#split}.
 *
 * <pre>{@code
 * Split split = EmbeddedDigits.trainTest(2_000, 500).split(1_800, 200, 500);
 * BatchSource validation = Batches.inOrder(split.validation(), 200);
 * }</pre>
 *
 * @param train the training images
 * @param validation the validation images; may be empty
 * @param test the test images; may be empty
 */
public record Split(Dataset train, Dataset validation, Dataset test) {}
