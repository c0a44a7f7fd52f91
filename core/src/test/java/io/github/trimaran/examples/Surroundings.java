package io.github.trimaran.examples;

import io.github.trimaran.data.Batch;
import io.github.trimaran.data.BatchSource;
import io.github.trimaran.nn.Layer;
import io.github.trimaran.nn.Parameter;
import io.github.trimaran.optim.LearningRate;
import io.github.trimaran.optim.Optimizer;
import io.github.trimaran.tensor.Tensor;
import java.util.List;

/** What the examples in javadoc take for given: a model, its data, and the like. Never run. */
public abstract class Surroundings {

  protected Layer model;
  protected Layer body;
  protected Layer head;
  protected Batch data;
  protected Iterable<Batch> batches;
  protected Iterable<Batch> parts;
  protected BatchSource validation;
  protected List<Parameter> matrices;
  protected List<Parameter> others;
  protected List<Tensor> gradients;
  protected Optimizer optimizer;
  protected LearningRate rate;
  protected long steps;
  protected double validationLoss;

  /** The mean loss of a model on a batch. */
  protected abstract Tensor loss(Layer of, Batch batch);

  /** The gradients of a step. */
  protected abstract List<Tensor> gradients();
}
