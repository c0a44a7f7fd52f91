package io.github.trimaran.nn;

import io.github.trimaran.backend.Backend;
import io.github.trimaran.nn.attention.AttentionCases;
import io.github.trimaran.nn.recurrent.RecurrentCases;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What layers of sequences must give on every backend, as a test class:
 *
 * <pre>{@code
 * class CpuSequenceTest extends SequenceConformance {
 *   CpuSequenceTest() { super(Backends.get("cpu")); }
 * }
 * }</pre>
 */
public abstract class SequenceConformance {

  private final Backend<?> backend;

  /** Tests this backend. */
  protected SequenceConformance(Backend<?> backend) {
    this.backend = backend;
  }

  @TestFactory
  protected final Stream<DynamicTest> embeddings() {
    return new EmbeddingCases(backend).tests();
  }

  @TestFactory
  protected final Stream<DynamicTest> recurrent() {
    return new RecurrentCases(backend).tests();
  }

  @TestFactory
  protected final Stream<DynamicTest> attention() {
    return new AttentionCases(backend).tests();
  }
}
