package io.github.trimaran.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.trimaran.array.DType;
import io.github.trimaran.array.Shape;
import io.github.trimaran.backend.Backend;
import io.github.trimaran.backend.MetaBackend;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation is called with arguments of all kinds, most of them wrong. What it gives must be
 * a tensor of its own, so that it keeps its values when the operand is changed, and integers take
 * no fraction. It must fail, if it does, with an {@link IllegalArgumentException} of one line that
 * begins with its own name: not that of another operation it is made of. On a backend of shapes
 * alone, so that sizes cost nothing.
 */
class EveryOperationTest {

  private static final Backend<?> META = new MetaBackend();

  /** What gives the same tensor under another aspect. */
  private static final Set<String> ASPECTS = Set.of("detach", "requiresGrad", "persist");

  private static Tensor zeros(DType dtype, int... extents) {
    return Tensor.zeros(META, Shape.of(extents), dtype);
  }

  private static final List<Tensor> TENSORS =
      List.of(
          zeros(DType.FLOAT32, 2, 3),
          zeros(DType.FLOAT64, 2, 3, 4),
          zeros(DType.FLOAT32, 0, 3),
          zeros(DType.FLOAT32),
          zeros(DType.FLOAT32, 5),
          zeros(DType.INT64, 2),
          zeros(DType.INT64, 2, 3),
          zeros(DType.INT64),
          zeros(DType.BOOL, 2, 3),
          zeros(DType.BOOL, 0));

  /** Values to try for a parameter of that type. */
  private static List<Object> candidates(Class<?> type) {
    if (type == Tensor.class) {
      return List.copyOf(TENSORS);
    } else if (type == int.class) {
      return List.of(0, 1, -1, 2, 99, Integer.MIN_VALUE, Integer.MAX_VALUE);
    } else if (type == double.class) {
      return List.of(0.0, 0.5, -1.0, 1e300, Double.NaN, Double.POSITIVE_INFINITY);
    } else if (type == boolean.class) {
      return List.of(false, true);
    } else if (type == DType.class) {
      return List.of((Object[]) DType.values());
    } else if (type == Shape.class) {
      return List.of(Shape.scalar(), Shape.of(7), Shape.of(2, 3), Shape.of(1 << 20, 1, 3));
    } else if (type == int[].class) {
      int most = Integer.MAX_VALUE;
      return List.of(
          new int[] {},
          new int[] {0},
          new int[] {0, 0},
          new int[] {1, 2},
          new int[] {-1, 1},
          new int[] {-1, -1},
          new int[] {3, 99},
          new int[] {most, most},
          new int[] {most},
          new int[] {Integer.MIN_VALUE});
    } else if (type == List.class) {
      return List.of(
          List.of(),
          List.of(TENSORS.get(0)),
          List.of(TENSORS.get(0), TENSORS.get(1)),
          List.of(TENSORS.get(0), TENSORS.get(2)),
          List.of(TENSORS.get(0), TENSORS.get(4)),
          List.of(TENSORS.get(0), TENSORS.get(6)));
    } else if (type == Tensor[].class) {
      return List.of(
          new Tensor[] {},
          new Tensor[] {TENSORS.get(0)},
          new Tensor[] {TENSORS.get(6), TENSORS.get(0)});
    } else if (type == String.class) {
      return List.of("ij->ji", "i,ij->j", "...", "");
    }
    return List.of();
  }

  /** Operations: public methods that give tensors, but those that only make or move them. */
  private static List<Method> operations() {
    return Arrays.stream(Tensor.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()))
        .filter(
            method ->
                method.getReturnType() == Tensor.class || method.getReturnType() == List.class)
        .filter(
            method ->
                Arrays.stream(method.getParameterTypes())
                    .noneMatch(type -> candidates(type).isEmpty()))
        .sorted(Comparator.comparing(Method::toString))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> givesATensorOfItsOwnOrFailsInItsOwnName() {
    return operations().stream()
        .map(method -> DynamicTest.dynamicTest(method.toString(), () -> check(method)));
  }

  private static void check(Method method) {
    Set<String> wrong = new LinkedHashSet<>();
    List<Tensor> targets =
        Modifier.isStatic(method.getModifiers()) ? TENSORS.subList(0, 1) : TENSORS;
    for (Tensor target : targets) {
      forEach(method, new ArrayList<>(), arguments -> call(method, target, arguments, wrong));
    }
    assertThat(wrong).isEmpty();
  }

  @FunctionalInterface
  private interface Call {
    void on(Object... arguments);
  }

  private static void forEach(Method method, List<Object> chosen, Call call) {
    if (chosen.size() == method.getParameterCount()) {
      call.on(chosen.toArray());
      return;
    }
    for (Object candidate : candidates(method.getParameterTypes()[chosen.size()])) {
      List<Object> more = new ArrayList<>(chosen);
      more.add(candidate);
      forEach(method, more, call);
    }
  }

  private static void call(Method method, Tensor target, Object[] arguments, Set<String> wrong) {
    try (Scope scope = Scope.open("a call")) {
      Object result = method.invoke(target, arguments);
      if (result instanceof Tensor tensor) {
        checkResult(method, target, tensor, arguments, wrong);
      }
    } catch (InvocationTargetException e) {
      Throwable error = e.getCause();
      String message = String.valueOf(error.getMessage());
      String name = method.getName().replace("KeepDims", "");
      if (!(error instanceof IllegalArgumentException)
          || !message.startsWith(name + ": ")
          || message.contains("\n")) {
        wrong.add(error.getClass().getSimpleName() + ": " + message);
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  private static void checkResult(
      Method method, Tensor target, Tensor result, Object[] arguments, Set<String> wrong) {
    if (!ASPECTS.contains(method.getName()) && TENSORS.stream().anyMatch(result::sameAs)) {
      wrong.add("gives its operand: " + target.describe());
    }
    if (result.dtype() == DType.INT64 && List.of(arguments).contains(0.5)) {
      wrong.add("takes a fraction among integers: " + target.describe());
    }
  }
}
