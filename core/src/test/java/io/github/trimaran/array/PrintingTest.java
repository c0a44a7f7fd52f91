package io.github.trimaran.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Values print as NumPy 1.24 prints them after {@code set_printoptions(precision=4)}. */
class PrintingTest {

  private static final double INF = Double.POSITIVE_INFINITY;
  private static final double NAN = Double.NaN;

  private static HostArray floats(float... values) {
    return HostArray.of(values, Shape.of(values.length));
  }

  private static HostArray doubles(double... values) {
    return HostArray.of(values, Shape.of(values.length));
  }

  private static HostArray longs(long... values) {
    return HostArray.of(values, Shape.of(values.length));
  }

  private static HostArray range(int... extents) {
    Shape shape = Shape.of(extents);
    return HostArray.of(LongStream.range(0, shape.size()).toArray(), shape);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        arguments(floats(1, 2, 3), "[1. 2. 3.]"),
        arguments(floats(1, 2.5f, 3.14159265f), "[1.     2.5    3.1416]"),
        arguments(doubles(1e-5, 1), "[1.e-05 1.e+00]"),
        arguments(doubles(99_999_999, 1), "[1.e+08 1.e+00]"),
        arguments(doubles(99_999_999, 1e6), "[99999999.  1000000.]"),
        arguments(doubles(1e8, 1e6), "[1.e+08 1.e+06]"),
        arguments(floats(1_234_567.9f), "[1234567.9]"),
        arguments(doubles(NAN, 1, INF, -INF), "[ nan   1.  inf -inf]"),
        arguments(doubles(NAN, INF), "[nan inf]"),
        arguments(doubles(0, -0.0, -1), "[ 0. -0. -1.]"),
        arguments(doubles(0.00012345, 0.1), "[0.0001 0.1   ]"),
        arguments(doubles(1e-9, 2e-9), "[1.e-09 2.e-09]"),
        arguments(doubles(1.5e10, -3e-3, 0), "[ 1.5e+10 -3.0e-03  0.0e+00]"),
        arguments(doubles(0.12345, 0.5), "[0.1235 0.5   ]"),
        arguments(floats(0.12345f, 0.1f), "[0.1235 0.1   ]"),
        arguments(doubles(1e10, NAN, INF, -1), "[ 1.e+10     nan     inf -1.e+00]"),
        arguments(doubles(1000.5, 0.5), "[1.0005e+03 5.0000e-01]"),
        arguments(doubles(1000, 1), "[1000.    1.]"),
        arguments(doubles(1e300, 1e-300, 1), "[1.e+300 1.e-300 1.e+000]"),
        arguments(doubles(123456.789), "[123456.789]"),
        arguments(doubles(-1.99996, 0.00004), "[-2.e+00  4.e-05]"),
        arguments(doubles(9.99996, 1), "[10.  1.]"),
        arguments(floats(16_777_216, 1e5f), "[16777216.   100000.]"),
        arguments(longs(1, -20, 300), "[  1 -20 300]"),
        arguments(HostArray.of(new boolean[] {true, false}, Shape.of(2)), "[ True False]"),
        arguments(range(1001), "[   0    1    2 ...  998  999 1000]"),
        arguments(longs(), "[]"),
        arguments(HostArray.zeros(Shape.of(2, 0), DType.FLOAT32), "[]"));
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("lines")
  void inOneLine(HostArray array, String expected) {
    assertThat(array).hasToString(expected + " " + array.dtype() + " " + array.shape());
  }

  static Stream<Arguments> blocks() {
    return Stream.of(
        arguments(
            doubles(1, 2, 3, 4.5).reshape(Shape.of(2, 2)),
            """
            [[1.  2. ]
             [3.  4.5]]"""),
        arguments(
            range(2, 3, 4),
            """
            [[[ 0  1  2  3]
              [ 4  5  6  7]
              [ 8  9 10 11]]

             [[12 13 14 15]
              [16 17 18 19]
              [20 21 22 23]]]"""),
        arguments(
            range(2, 1, 2, 4),
            """
            [[[[ 0  1  2  3]
               [ 4  5  6  7]]]


             [[[ 8  9 10 11]
               [12 13 14 15]]]]"""),
        arguments(
            range(2, 7, 143),
            """
            [[[   0    1    2 ...  140  141  142]
              [ 143  144  145 ...  283  284  285]
              [ 286  287  288 ...  426  427  428]
              ...
              [ 572  573  574 ...  712  713  714]
              [ 715  716  717 ...  855  856  857]
              [ 858  859  860 ...  998  999 1000]]

             [[1001 1002 1003 ... 1141 1142 1143]
              [1144 1145 1146 ... 1284 1285 1286]
              [1287 1288 1289 ... 1427 1428 1429]
              ...
              [1573 1574 1575 ... 1713 1714 1715]
              [1716 1717 1718 ... 1856 1857 1858]
              [1859 1860 1861 ... 1999 2000 2001]]]"""),
        arguments(
            range(1002, 1),
            """
            [[   0]
             [   1]
             [   2]
             ...
             [ 999]
             [1000]
             [1001]]"""),
        arguments(
            range(40).to(DType.FLOAT32),
            """
            [ 0.  1.  2.  3.  4.  5.  6.  7.  8.  9. 10. 11. 12. 13. 14. 15. 16. 17.
             18. 19. 20. 21. 22. 23. 24. 25. 26. 27. 28. 29. 30. 31. 32. 33. 34. 35.
             36. 37. 38. 39.]"""));
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void inLinesBelowEachOther(HostArray array, String expected) {
    assertThat(array).hasToString(expected + "\n" + array.dtype() + " " + array.shape());
  }

  @Test
  void aThousandAreShown() {
    assertThat(range(1000).toString()).contains("[  0 ", " 500 ", " 999]").doesNotContain("...");
  }

  @Test
  void withoutAxes() {
    assertThat(doubles(Math.PI).reshape(Shape.scalar())).hasToString("3.1416 float64 []");
    assertThat(longs(7).reshape(Shape.scalar())).hasToString("7 int64 []");
    assertThat(HostArray.of(new boolean[] {true}, Shape.scalar())).hasToString("True bool []");
  }
}
