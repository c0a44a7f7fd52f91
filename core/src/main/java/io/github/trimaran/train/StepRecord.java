package io.github.trimaran.train;

/**
 * One step of training, as a {@link Listener} is told.
 *
 * <pre>{@code
 * System.out.println(step.step() + " of " + step.steps() + ", loss " + step.loss());
 * }</pre>
 *
 * @param step its number over all epochs, from 1
 * @param steps how many there will be
 * @param epoch the epoch it belongs to, from 1
 * @param epochs how many there will be
 * @param batch the number of its last batch within the epoch, from 1
 * @param batches how many an epoch has
 * @param loss of its samples, regularisation included
 * @param learningRate it was taken with
 * @param samplesPerSecond in this epoch so far, evaluation not counted
 * @param secondsLeft until the last epoch is over, as far as can be told
 */
public record StepRecord(
    long step,
    long steps,
    int epoch,
    int epochs,
    int batch,
    int batches,
    double loss,
    double learningRate,
    double samplesPerSecond,
    double secondsLeft) {}
