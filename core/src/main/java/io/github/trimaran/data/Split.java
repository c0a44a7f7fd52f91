package io.github.trimaran.data;

/**
 * Images to learn from, to choose by, and to report on; see {@link TrainTest#split}.
 *
 * @param train the training images
 * @param validation the validation images; may be empty
 * @param test the test images; may be empty
 */
public record Split(Dataset train, Dataset validation, Dataset test) {}
