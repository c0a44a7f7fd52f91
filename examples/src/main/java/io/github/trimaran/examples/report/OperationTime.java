package io.github.trimaran.examples.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.github.trimaran.diagnostics.Profile;

/**
 * How long an operation took in a layer and what its results took, as {@code profile} of {@code
 * result.json} has it.
 *
 * @param operation the backend's method
 * @param layer where in the model; empty outside one
 * @param calls how often
 * @param seconds for how long in all
 * @param bytes of the values that it made in all
 */
public record OperationTime(
    @JsonProperty String operation,
    @JsonProperty String layer,
    @JsonProperty long calls,
    @JsonProperty double seconds,
    @JsonProperty long bytes) {

  /** Of a line of a profile. */
  public static OperationTime of(Profile.Entry entry) {
    return new OperationTime(
        entry.operation(), entry.layer(), entry.calls(), entry.nanos() * 1e-9, entry.bytes());
  }
}
