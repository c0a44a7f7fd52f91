package io.github.trimaran.examples.gallery;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.array.Shape;
import io.github.trimaran.data.DataLoader;
import io.github.trimaran.data.Sampler;
import io.github.trimaran.data.Windows;
import io.github.trimaran.data.text.Vocabulary;
import io.github.trimaran.nn.losses.CrossEntropyLoss;
import io.github.trimaran.nn.models.GPT;
import io.github.trimaran.nn.models.TokenSampling;
import io.github.trimaran.optim.AdamW;
import io.github.trimaran.optim.Clipping;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.Evaluator;
import io.github.trimaran.train.History;
import io.github.trimaran.train.Objective;
import io.github.trimaran.train.Outcome;
import io.github.trimaran.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A transformer learns to write like Shakespeare, character by character: at each place of his
 * works it is asked what comes next. The network, its size and its training are those that nanoGPT
 * (Karpathy 2022, "train a GPT on Shakespeare, on a laptop") publishes for processors, with a
 * validation loss of 1.88 nats a character.
 *
 * <p>The loss is that of the last tenth of the text, which training never sees, cut into pieces of
 * 64 characters; the first characters of a piece have little before them to go by.
 */
public final class Shakespeare implements GalleryProgram {

  private static final int STEPS_AN_EPOCH = 100;

  @Override
  public String name() {
    return "shakespeare";
  }

  @Override
  public String question() {
    return "What does a transformer write that has read Shakespeare, character by character?";
  }

  @Override
  public String theory() {
    return """
        A language model tells each character by those before it; the loss is its mean surprise, in nats
        a character:

            loss = -1/T * sum over t of log p(c[t] | c[1], ..., c[t-1])

        Attention lets each place look back at all earlier ones (Vaswani et al. 2017):

            attention(Q, K, V) = softmax(Q K^T / sqrt(d) + mask) V

        The mask is minus infinity for later places, so that all characters of a text are learned at once
        without looking ahead.
        """;
  }

  @Override
  public void run(GalleryRun gallery) throws IOException {
    String text =
        gallery.text(
            "text/tinyshakespeare.txt",
            "works of Shakespeare",
            "sentences that the project makes up",
            () -> Sentences.of(100_000, gallery.rng("text")));
    Vocabulary alphabet = Vocabulary.ofCharacters(text);
    int part = (int) (0.9 * text.length());
    HostArray train = alphabet.encode(text.substring(0, part));
    HostArray validation = alphabet.encode(text.substring(part));

    int context = gallery.setting("context", 64, 32);
    int width = gallery.setting("width", 128, 64);
    int layers = gallery.setting("layers", 4, 2);
    int batchSize = gallery.setting("batch_size", 12, 12);
    int epochs = gallery.epochs(20, 3);
    GPT.Settings size = new GPT.Settings(alphabet.size(), context, width, 4, layers, 0);
    DataLoader batches =
        new DataLoader(Windows.shifted(train, context), batchSize)
            .sampler(Sampler.withReplacement(STEPS_AN_EPOCH * batchSize), gallery.rng("batches"));
    try (GPT gpt = new GPT(size)) {
      gpt.init(gallery.backend(), gallery.dtype(), gallery.rng("weights"));
      History history = train(gpt, batches, epochs, gallery);
      DataLoader rest = new DataLoader(Windows.shifted(validation, context).stride(context), 50);
      double loss = new Evaluator<>(nextToken()).evaluate(gpt, rest).loss();
      long[] start = alphabet.encode("\n").longs();
      TokenSampling sampling = new TokenSampling().temperature(0.8);
      long[] written = gpt.generate(start, 500, sampling, gallery.rng("writing"));
      String sample = alphabet.decode(HostArray.of(written, Shape.of(written.length)));
      Files.writeString(gallery.folder().resolve("sample.txt"), sample);
      gallery.say("%s", sample);
      gallery.history(history);
      gallery.metric("val_loss", loss);
      gallery.metric(
          "milliseconds_per_step", 1000 * history.last().seconds() / history.last().steps());
      gallery.metric("sample", sample);
      gallery.answer(
          "It guesses the next character with a loss of %.3f nats; sample.txt is what it writes",
          loss);
    }
  }

  /** The cross entropy of the next token at every place. */
  private static Objective<GPT> nextToken() {
    return (gpt, batch, mode) -> {
      Tensor scores = gpt.forward(batch.input(), mode); // [N, T, V]
      Tensor next = batch.target().reshape(-1);
      Tensor rows = scores.reshape(-1, scores.shape().dim(2));
      return Outcome.of(new CrossEntropyLoss().of(rows, next));
    };
  }

  /** AdamW, its rate going up for 100 steps and then down along a cosine; gradients clipped. */
  private static History train(GPT gpt, DataLoader batches, int epochs, GalleryRun gallery)
      throws IOException {
    long warmUp = STEPS_AN_EPOCH;
    long steps = Math.max(1, (long) epochs * STEPS_AN_EPOCH - warmUp);
    LearningRate rate =
        LearningRate.constant(1e-3)
            .warmUp(warmUp)
            .then(warmUp, LearningRate.cosine(1e-3, 1e-4, steps));
    try (AdamW adam = new AdamW(gpt.parameters(), rate).betas(0.9, 0.99).weightDecay(0.1)) {
      return Trainer.builder(gpt, adam, nextToken())
          .clipping(Clipping.gradNorm(1))
          .quiet()
          .listener(gallery.progress("Shakespeare"))
          .build()
          .fit(batches, epochs);
    }
  }
}
