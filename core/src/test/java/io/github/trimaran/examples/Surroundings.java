package io.github.trimaran.examples;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.collective.Collective;
import io.github.trimaran.collective.Link;
import io.github.trimaran.collective.RingSecurity;
import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.data.Dataset;
import io.github.trimaran.data.Sample;
import io.github.trimaran.data.Samples;
import io.github.trimaran.data.Split;
import io.github.trimaran.data.catalog.DataSets;
import io.github.trimaran.data.download.DownloadProgress;
import io.github.trimaran.data.prediction.Answer;
import io.github.trimaran.data.prediction.Classified;
import io.github.trimaran.data.prediction.Preparation;
import io.github.trimaran.data.table.Rows;
import io.github.trimaran.data.table.Table;
import io.github.trimaran.data.table.TablePreparation;
import io.github.trimaran.io.weights.FileHead;
import io.github.trimaran.io.weights.MemoryBudget;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.nn.Embedding;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Mode;
import io.github.trimaran.nn.Model;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.nn.attention.TransformerEncoder;
import io.github.trimaran.nn.recurrent.GRU;
import io.github.trimaran.nn.recurrent.LSTM;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.random.Rng;
import io.github.trimaran.search.Objective;
import io.github.trimaran.search.TrialLog;
import io.github.trimaran.search.Values;
import io.github.trimaran.tensor.Tensor;
import io.github.trimaran.train.History;
import io.github.trimaran.train.StepRecord;
import io.github.trimaran.train.Trainer;
import io.github.trimaran.train.prediction.Predictor;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the examples in javadoc take for given: a model, its data, and the like. Never run. */
public abstract class Surroundings {

  protected Backend<?> backend;
  protected Rng rng;
  protected Mode mode;

  // ---- models and their optimisers ------------------------------------------------------------

  protected Layer model;
  protected Layer body;
  protected Layer head;
  protected TwoTowers towers;
  protected Embedding words;
  protected GRU gru;
  protected LSTM lstm;
  protected TransformerEncoder encoder;
  protected List<Parameter> matrices;
  protected List<Parameter> others;
  protected Optimizer optimizer;
  protected Optimizer adam;
  protected LearningRate rate;

  protected int channels;
  protected double epsilon;

  /** A layer of one's own. */
  public static class ChannelScale extends Layer {
    /** For that many channels. */
    public ChannelScale(int channels) {}

    @Override
    protected Tensor compute(Tensor x, Mode mode) {
      return x;
    }
  }

  /** A model of two inputs. */
  public abstract static class TwoTowers extends Model {
    /** One score for each pair. */
    public abstract Tensor forward(Tensor a, Tensor b, Mode mode);
  }

  /** A model of sequences. */
  public abstract static class Translator extends Model {
    /** Scores of the words that follow. */
    public abstract Tensor forward(Tensor source, Tensor prefix, Mode mode);
  }

  // ---- tensors --------------------------------------------------------------------------------

  protected Tensor a;
  protected Tensor b;
  protected Tensor x;
  protected Tensor more;
  protected Tensor start;
  protected Tensor rest;
  protected Tensor lengths;
  protected Tensor tokens;
  protected Tensor q;
  protected Tensor k;
  protected Tensor v;
  protected Tensor memory;
  protected Tensor sources;
  protected Tensor mask;
  protected Tensor padding;
  protected Tensor forbidden;
  protected Tensor images;
  protected Tensor labels;
  protected Tensor moreImages;
  protected Tensor moreLabels;
  protected Tensor logits;
  protected Tensor outputs;
  protected Tensor targets;
  protected Tensor loss;
  protected Tensor first;
  protected Tensor second;
  protected Tensor anchors;
  protected Tensor positives;
  protected Tensor negatives;
  protected Tensor distances;
  protected Tensor signs;
  protected Tensor scores;
  protected Tensor counts;
  protected Tensor means;
  protected Tensor logVariances;
  protected Tensor weight;
  protected Tensor gamma;
  protected Tensor beta;
  protected Tensor parameter;
  protected Tensor gradient;
  protected Tensor mean;
  protected Tensor square;
  protected Tensor velocity;
  protected List<Tensor> gradients;

  // ---- prediction -----------------------------------------------------------------------------

  protected HostArray image;
  protected HostArray row;
  protected Predictor<HostArray, Classified> predictor;
  protected Answer<?> answer;

  /** A preparation of one's own. */
  public record Celsius(double mean, double std) implements Preparation<Double> {
    @Override
    public String kind() {
      return "celsius";
    }

    @Override
    public Map<String, Object> settings() {
      return Map.of("mean", mean, "std", std);
    }

    @Override
    public Map<String, HostArray> apply(Double degrees) {
      return Map.of();
    }
  }

  // ---- data and files -------------------------------------------------------------------------

  protected Dataset dataset;
  protected Dataset training;
  protected Split split;
  protected DataSets sets;
  protected Batch data;
  protected Batch batch;
  protected BatchSource batches;
  protected BatchSource validation;
  protected BatchSource test;
  protected Iterable<Batch> parts;
  protected Samples samples;
  protected Samples pictures;
  protected HostArray features;
  protected HostArray price;
  protected HostArray prices;
  protected Table table;
  protected Table train;
  protected Rows rows;
  protected TablePreparation preparation;
  protected List<Path> files;
  protected DownloadProgress progress;
  protected HostArray pixels;
  protected HostArray digits;
  protected HostArray letters;
  protected HostArray next;
  protected HostArray real;
  protected HostArray filters;
  protected StateDict weights;
  protected StateDict pretrained;
  protected FileHead fileHead;
  protected MemoryBudget budget;
  protected Path file;
  protected Path folder;
  protected String json;
  protected String text;
  protected String sha256;
  protected String nameFromAFile;
  protected int count;

  // ---- training and search --------------------------------------------------------------------

  protected Trainer trainer;
  protected History history;
  protected StepRecord step;
  protected long steps;
  protected double total;
  protected double validationLoss;
  protected double numberOfTokens;
  protected Values values;
  protected List<Values> candidates;
  protected Objective objective;
  protected TrialLog log;

  // ---- several workers ------------------------------------------------------------------------

  protected Collective worker;
  protected RingSecurity security;
  protected Link toNext;
  protected Link fromPrevious;
  protected InetAddress host;
  protected byte[] secret;
  protected float[] sums;
  protected int rank;

  /** Tells all workers an address, and gives those of all. */
  protected abstract List<String> exchange(String address);

  /** The values of a file. */
  protected abstract HostArray decode(Path of);

  /** The sample of a line; null for null. */
  protected abstract Sample parse(String line);

  /** The mean loss of a model on a batch. */
  protected abstract Tensor loss(Layer of, Batch batch);

  /** The gradients of a step. */
  protected abstract List<Tensor> gradients();

  /** What a search makes large. */
  protected abstract double accuracyAfter(int epochs, double learningRate);
}
