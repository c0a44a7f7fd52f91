package io.github.trimaran.backend.djl;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TorchScript class whose methods can be called: the way to ATen operations that DJL's interface
 * lacks, at native speed. A call costs about 5 us more than a native one.
 */
final class TorchScript {

  private static final Pattern REASON =
      Pattern.compile("^\\w[\\w.]*(?:Error|Exception): (.*)$", Pattern.MULTILINE);

  /**
   * What PyTorch has compiled, by name. It takes a megabyte of native memory and has no state, so
   * all backends of the process share it.
   */
  private static final Map<String, PtSymbolBlock> MODULES = new ConcurrentHashMap<>();

  private final PtNDManager manager;
  private final PtSymbolBlock module;

  /**
   * The class {@code name} from the resource file {@code name.toLowerCase() + ".py"}.
   *
   * @param manager what results belong to
   */
  TorchScript(PtNDManager manager, String name) {
    this.manager = manager;
    this.module = MODULES.computeIfAbsent(name, TorchScript::load);
  }

  private static PtSymbolBlock load(String name) {
    String file = name.toLowerCase(Locale.ROOT) + ".py";
    try (InputStream source = TorchScript.class.getResourceAsStream(file)) {
      byte[] archive = TorchScriptArchive.of(name, source.readAllBytes());
      PtNDManager owner = (PtNDManager) Engine.getEngine("PyTorch").newBaseManager(Device.cpu());
      return JniUtils.loadModule(owner, new ByteArrayInputStream(archive), false, false);
    } catch (IOException e) {
      throw new UncheckedIOException("djl: cannot read " + file, e);
    }
  }

  /** Calls a method that returns one tensor. Arguments as {@link #value}. */
  PtNDArray call(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toTensor(manager);
    }
  }

  /** Calls a method that returns a tuple of tensors. */
  PtNDArray[] callForTuple(String method, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      IValue[] items = result.toIValueTuple();
      PtNDArray[] tensors = new PtNDArray[items.length];
      for (int i = 0; i < items.length; i++) {
        tensors[i] = items[i].toTensor(manager);
        items[i].close();
      }
      return tensors;
    }
  }

  private IValue run(String method, Object... arguments) {
    PyTorch.enter();
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < arguments.length; i++) {
        values[i] = value(arguments[i]);
      }
      return IValueUtils.runMethod(module, method, values);
    } catch (EngineException e) {
      throw translated(method, e);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray array) {
      return IValue.from(array);
    } else if (argument instanceof PtNDArray[] arrays) {
      return IValue.listFrom(arrays);
    } else if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    } else if (argument instanceof Integer number) {
      return IValue.from(number.longValue());
    } else if (argument instanceof Double number) {
      return IValue.from(number.doubleValue());
    } else if (argument instanceof Boolean truth) {
      return IValue.from(truth.booleanValue());
    } else if (argument instanceof String text) {
      return IValue.from(text);
    }
    throw new IllegalArgumentException("no TorchScript value for " + argument.getClass());
  }

  // PyTorch's message is a traceback of the script that ends in "SomeError: reason".
  private static RuntimeException translated(String method, EngineException e) {
    String reason = String.valueOf(e.getMessage());
    Matcher matcher = REASON.matcher(reason);
    while (matcher.find()) {
      reason = matcher.group(1);
    }
    if (reason.contains("out of bounds")) {
      IndexOutOfBoundsException outside = new IndexOutOfBoundsException(method + ": " + reason);
      outside.initCause(e);
      return outside;
    }
    return new IllegalStateException("djl: " + method + " failed in PyTorch: " + reason, e);
  }
}
