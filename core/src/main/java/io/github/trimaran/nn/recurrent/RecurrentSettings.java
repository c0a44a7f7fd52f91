package io.github.trimaran.nn.recurrent;

/** What recurrent models have in common: sizes and how they are stacked. */
record RecurrentSettings(
    int inputs,
    int hidden,
    int layers,
    boolean bidirectional,
    boolean batchFirst,
    boolean bias,
    double dropout) {

  static RecurrentSettings of(String kind, int inputs, int hidden) {
    if (inputs < 1 || hidden < 1) {
      throw new IllegalArgumentException(
          kind + ": inputs and hidden must be at least 1, are " + inputs + " and " + hidden);
    }
    return new RecurrentSettings(inputs, hidden, 1, false, false, true, 0);
  }

  int directions() {
    return bidirectional ? 2 : 1;
  }

  /** How many numbers a layer gets at a step: those of the input, or of the layer below. */
  int inputsOf(int layer) {
    return layer == 0 ? inputs : hidden * directions();
  }

  RecurrentSettings withLayers(int number) {
    return new RecurrentSettings(inputs, hidden, number, bidirectional, batchFirst, bias, dropout);
  }

  RecurrentSettings withBothDirections() {
    return new RecurrentSettings(inputs, hidden, layers, true, batchFirst, bias, dropout);
  }

  RecurrentSettings withBatchFirst() {
    return new RecurrentSettings(inputs, hidden, layers, bidirectional, true, bias, dropout);
  }

  RecurrentSettings withoutBias() {
    return new RecurrentSettings(inputs, hidden, layers, bidirectional, batchFirst, false, dropout);
  }

  RecurrentSettings withDropout(double probability) {
    return new RecurrentSettings(
        inputs, hidden, layers, bidirectional, batchFirst, bias, probability);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(inputs + ", " + hidden);
    text.append(layers == 1 ? "" : ", layers " + layers);
    text.append(bidirectional ? ", bidirectional" : "");
    text.append(batchFirst ? ", batch first" : "");
    text.append(bias ? "" : ", without bias");
    return text.append(dropout == 0 ? "" : ", dropout " + dropout).toString();
  }
}
