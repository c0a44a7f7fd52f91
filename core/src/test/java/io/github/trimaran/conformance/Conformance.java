package io.github.trimaran.conformance;

import io.github.trimaran.backend.Backend;
import java.util.List;

/** All cases. */
public final class Conformance {

  /** The system property with another seed for the random values; the default is 1. */
  public static final String SEED = "trimaran.conformance.seed";

  private Conformance() {}

  /** The seed in use. */
  public static long seed() {
    return Long.getLong(SEED, 1);
  }

  /** The cases for a backend, which may be run in any order, and more than once. */
  public static <A> List<ConformanceCase> cases(Backend<A> backend) {
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
    new FusedCases<A>().addTo(catalogue);
    new GeluCases<A>().addTo(catalogue);
    new FusedLossCases<A>().addTo(catalogue);
    new BatchNormCases<A>().addTo(catalogue);
    new UpdateCases<A>().addTo(catalogue);
    new KinkCases<A>().addTo(catalogue);
    new ConductCases<A>().addTo(catalogue);
    return catalogue.cases();
  }
}
