package io.github.trimaran.examples.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;

/**
 * What was asked.
 *
 * @param variables the parts of the path that a route leaves open, by name
 * @param type of the body, in lower case and without parameters; empty without
 * @param body at most as large as the server allows
 */
public record Request(Map<String, String> variables, String type, byte[] body) {

  /** The type of JSON. */
  public static final String JSON = "application/json";

  private static final int DEEPEST = 32;

  /** Reads and writes JSON, strictly. */
  static final ObjectMapper MAPPER = mapper();

  private static ObjectMapper mapper() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    mapper
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build());
    return mapper;
  }

  static String typeOf(String header) {
    return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }

  /** An open part of the path. */
  public String variable(String name) {
    return variables.get(name);
  }

  /** The body as a JSON object. */
  public JsonBody json() throws HttpProblem {
    if (!type.equals(JSON)) {
      throw new HttpProblem(
          HttpProblem.UNSUPPORTED_TYPE,
          "the body must be of type " + JSON + (type.isEmpty() ? "" : ", is " + type));
    }
    try {
      JsonNode node = MAPPER.readTree(body);
      if (node == null || !node.isObject()) {
        throw new HttpProblem(HttpProblem.BAD_REQUEST, "the body must be a JSON object");
      }
      return new JsonBody(node);
    } catch (JsonProcessingException e) {
      throw new HttpProblem(
          HttpProblem.BAD_REQUEST, "the body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new HttpProblem(HttpProblem.BAD_REQUEST, "the body is not JSON: " + e.getMessage());
    }
  }
}
