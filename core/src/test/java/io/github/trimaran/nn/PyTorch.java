package io.github.trimaran.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.trimaran.array.HostArray;
import io.github.trimaran.io.weights.Pth;
import io.github.trimaran.io.weights.Safetensors;
import io.github.trimaran.io.weights.StateDict;
import io.github.trimaran.tensor.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands models to an installed PyTorch: it must load their state dictionaries with {@code
 * strict=True} and give what they give. Many are handed over at once, for PyTorch is slow to start.
 *
 * <pre>{@code
 * new PyTorch()
 *     .add("nn.Linear(3, 2)", model, "m(x)", Map.of("x", x), List.of(model.forward(x)))
 *     .check(folder, 1e-5);
 * }</pre>
 */
public final class PyTorch {

  private static final String PYTHON =
      Files.isExecutable(Path.of("/usr/bin/python3")) ? "/usr/bin/python3" : "python3";

  private static final String SCRIPT =
      """
      import json, struct, sys, torch
      from torch import nn
      from torch.nn.utils import rnn
      data = open(sys.argv[1], "rb").read()
      size = struct.unpack("<Q", data[:8])[0]
      head = json.loads(data[8:8 + size])
      types = {"F64": torch.float64, "F32": torch.float32, "I64": torch.int64, "BOOL": torch.bool}
      cases, results = {}, {}
      expressions = head.pop("__metadata__")
      for name, entry in head.items():
          begin, end = (8 + size + offset for offset in entry["data_offsets"])
          values = torch.frombuffer(bytearray(data[begin:end]), dtype=types[entry["dtype"]])
          case, kind, key = name.split("/")
          cases.setdefault(case, {"state": {}, "in": {}})[kind][key] = values.reshape(entry["shape"])
      for case, given in cases.items():
          m = eval(expressions[case + "/module"]).double().eval()
          m.load_state_dict(given["state"], strict=True)
          outputs = eval(expressions[case + "/call"], {"m": m, "torch": torch, "nn": nn, "rnn": rnn, **given["in"]})
          for i, output in enumerate(outputs if isinstance(outputs, tuple) else (outputs,)):
              results[case + "/" + str(i)] = output.detach().contiguous()
      torch.save(results, sys.argv[2])
      """;

  private final Map<String, HostArray> arrays = new LinkedHashMap<>();
  private final Map<String, String> expressions = new LinkedHashMap<>();
  private final List<List<HostArray>> expected = new ArrayList<>();

  /** Skips the test where there is no PyTorch. */
  public static void assumeInstalled() {
    boolean installed;
    try {
      installed =
          new ProcessBuilder(PYTHON, "-c", "import torch")
                  .redirectErrorStream(true)
                  .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                  .start()
                  .waitFor()
              == 0;
    } catch (IOException e) {
      installed = false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assumeTrue(installed, "no PyTorch: " + PYTHON + " -c 'import torch' fails");
  }

  /**
   * Adds a float64 model to hand over.
   *
   * @param module makes the module in Python
   * @param call what it is to compute: a tensor or a tuple of them, of {@code m} and the inputs
   * @param outputs what the model itself gives
   */
  public PyTorch add(
      String module, Model model, String call, Map<String, Tensor> inputs, List<Tensor> outputs) {
    String name = Integer.toString(expected.size());
    model.stateDict().arrays().forEach((key, array) -> arrays.put(name + "/state/" + key, array));
    inputs.forEach((key, tensor) -> arrays.put(name + "/in/" + key, tensor.toHost()));
    expressions.put(name + "/module", module);
    expressions.put(name + "/call", call);
    expected.add(outputs.stream().map(Tensor::toHost).toList());
    return this;
  }

  /** Lets PyTorch load and compute all, and compares. */
  public void check(Path folder, double tolerance) throws IOException, InterruptedException {
    Path given = folder.resolve("given.safetensors");
    Path results = folder.resolve("results.pth");
    Safetensors.write(given, StateDict.of(arrays, expressions));
    Process python =
        new ProcessBuilder(PYTHON, "-c", SCRIPT, given.toString(), results.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(python.waitFor()).as(output).isZero();
    StateDict found = Pth.read(results);
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).size(); j++) {
        HostArray ours = expected.get(i).get(j);
        HostArray theirs = found.get(i + "/" + j);
        String what = expressions.get(i + "/module") + ", output " + j;
        assertThat(theirs.shape()).as(what).isEqualTo(ours.shape());
        assertThat(theirs.toDoubles())
            .as(what)
            .containsExactly(ours.toDoubles(), within(tolerance));
      }
    }
  }
}
