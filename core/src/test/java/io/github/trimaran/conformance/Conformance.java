package io.github.trimaran.conformance;

import io.github.trimaran.backend.Backend;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** All cases. */
public final class Conformance {

  /** The system property with another seed for the random values; the default is 1. */
  public static final String SEED = "trimaran.conformance.seed";

  /** The system property with a pattern that the names of the cases to run must contain. */
  public static final String ONLY = "trimaran.conformance.only";

  private Conformance() {}

  /** The seed in use. */
  public static long seed() {
    return Long.getLong(SEED, 1);
  }

  /** Whether a case is to be run; all are unless {@link #ONLY} is set. */
  static boolean isChosen(ConformanceCase one) {
    return Pattern.compile(System.getProperty(ONLY, "")).matcher(one.id()).find();
  }

  /**
   * The cases for a backend, which may be run in any order, and more than once.
   *
   * @param another makes more backends of the same kind, to be closed
   */
  public static <A> List<ConformanceCase> cases(Backend<A> backend, Supplier<Backend<A>> another) {
    Catalogue<A> catalogue = new Catalogue<>(backend, seed());
    new CreationCases<A>().addTo(catalogue);
    new ArithmeticCases<A>().addTo(catalogue);
    new FunctionCases<A>().addTo(catalogue);
    new CompareCases<A>().addTo(catalogue);
    new ReduceCases<A>().addTo(catalogue);
    new MoveCases<A>().addTo(catalogue);
    new IndexCases<A>().addTo(catalogue);
    new MatmulCases<A>().addTo(catalogue);
    new ConvolutionCases<A>().addTo(catalogue);
    new PoolingCases<A>().addTo(catalogue);
    new GradientCases<A>().addTo(catalogue);
    new ComposedFunctionCases<A>().addTo(catalogue);
    new ComposedReduceCases<A>().addTo(catalogue);
    new TruthCases<A>().addTo(catalogue);
    new RunningSumCases<A>().addTo(catalogue);
    new ComposedMoveCases<A>().addTo(catalogue);
    new SortCases<A>().addTo(catalogue);
    new EinsumCases<A>().addTo(catalogue);
    new FusedCases<A>().addTo(catalogue);
    new FusedConvolutionCases<A>().addTo(catalogue);
    new FusedPoolingCases<A>().addTo(catalogue);
    new QuotientCases<A>().addTo(catalogue);
    new GeluCases<A>().addTo(catalogue);
    new VectorCases<A>().addTo(catalogue);
    new FusedLossCases<A>().addTo(catalogue);
    new BatchNormCases<A>().addTo(catalogue);
    new ChannelCases<A>().addTo(catalogue);
    new RecurrentLayerCases<A>().addTo(catalogue);
    new UpdateCases<A>().addTo(catalogue);
    new AssignCases<A>().addTo(catalogue);
    new OptimizerCases<A>().addTo(catalogue);
    new KinkCases<A>().addTo(catalogue);
    new ConductCases<A>().addTo(catalogue);
    new ClosingCases<>(another).addTo(catalogue);
    return catalogue.cases();
  }
}
