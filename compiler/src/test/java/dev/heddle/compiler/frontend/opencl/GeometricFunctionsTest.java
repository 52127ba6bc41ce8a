package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections 6.12.5 and the rest of 6.12.6: functions that join the components of vectors. */
class GeometricFunctionsTest {
  private static final double[] A = {3, -4, 12, 84};
  private static final double[] B = {0.5, 2, -1, 4};

  private static String literal(String element, int width, double[] values) {
    StringBuilder text = new StringBuilder("(" + (width == 1 ? element : element + width) + ")(");
    for (int i = 0; i < width; i++) {
      text.append(i == 0 ? "" : ", ").append(values[i]);
    }
    return text.append(")").toString();
  }

  private static double dot(double[] a, double[] b, int width) {
    double sum = 0;
    for (int i = 0; i < width; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @ParameterizedTest
  @CsvSource({
    "float,1",
    "float,2",
    "float,3",
    "float,4",
    "double,1",
    "double,2",
    "double,3",
    "double,4"
  })
  void sumsOfProducts(String element, int width) {
    String a = literal(element, width, A);
    String b = literal(element, width, B);
    double[] out = new double[5];
    KernelRunner.body(
            "double",
            "out[0] = dot(%s, %s); out[1] = length(%s); out[2] = fast_length(%s);"
                    .formatted(a, b, a, a)
                + " out[3] = distance(%s, %s); out[4] = fast_distance(%s, %s);"
                    .formatted(a, b, a, b))
        .run(1, 1, (Object) out);
    double[] difference = new double[width];
    for (int i = 0; i < width; i++) {
      difference[i] = A[i] - B[i];
    }
    double length = Math.sqrt(dot(A, A, width));
    double distance = Math.sqrt(dot(difference, difference, width));
    double[] expected = {dot(A, B, width), length, length, distance, distance};
    assertArrayEquals(expected, out, 1e-5);
  }

  @ParameterizedTest
  @CsvSource({"float,2", "float,3", "float,4", "double,2", "double,3", "double,4"})
  void unitVectors(String element, int width) {
    String a = literal(element, width, A);
    double[] out = new double[2 * width];
    StringBuilder stores = new StringBuilder();
    for (int i = 0; i < width; i++) {
      stores.append("out[%d] = n.s%d; out[%d] = f.s%d; ".formatted(i, i, width + i, i));
    }
    String type = element + width;
    KernelRunner.body(
            "double", type + " n = normalize(" + a + "), f = fast_normalize(" + a + "); " + stores)
        .run(1, 1, (Object) out);
    double length = Math.sqrt(dot(A, A, width));
    for (int i = 0; i < width; i++) {
      assertEquals(A[i] / length, out[i], 1e-6);
      assertEquals(A[i] / length, out[width + i], 1e-6);
    }
  }

  @ParameterizedTest
  @CsvSource({"float,3", "float,4", "double,3", "double,4"})
  void crossProducts(String element, int width) {
    double[] out = {9, 9, 9, 9};
    StringBuilder stores = new StringBuilder();
    for (int i = 0; i < width; i++) {
      stores.append("out[%d] = c.s%d; ".formatted(i, i));
    }
    String type = element + width;
    String call = "cross(%s, %s)".formatted(literal(element, width, A), literal(element, width, B));
    KernelRunner.body("double", type + " c = " + call + "; " + stores).run(1, 1, (Object) out);
    assertArrayEquals(new double[] {-20, 9, 8, width == 3 ? 9 : 0}, out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"char", "short", "int", "long"})
  void anyAndAllLookAtTheSigns(String element) {
    int[] out = new int[5];
    KernelRunner.body(
            "int",
            ("T3 m = (T3)(-1, 0, 5); T3 n = (T3)(-1, -7, -128); T p = 1, q = -1;"
                    + " out[0] = any(m); out[1] = all(m); out[2] = all(n); out[3] = any(p);"
                    + " out[4] = all(q);")
                .replace("T", element))
        .run(1, 1, (Object) out);
    assertArrayEquals(new int[] {1, 0, 1, 0, 1}, out);
  }

  @ParameterizedTest
  @ValueSource(strings = {"__global", "__local", "__private"})
  void secondResultsGoToEveryAddressSpace(String space) {
    double[] out = new double[8];
    String place =
        switch (space) {
          case "__global" ->
              "__global double* p = out + 4; __global double2* v = (__global double2*) (out + 6);";
          case "__local" ->
              "__local double l[1]; __local double2 w; __local double* p = l; __local double2* v ="
                  + " &w;";
          default -> "double l; double2 w; double* p = &l; double2* v = &w;";
        };
    KernelRunner.body(
            "double",
            place
                + " out[0] = modf(2.75, p); out[1] = *p; double2 r = fract((double2)(-0.25, 5.5),"
                + " v); out[2] = r.x + r.y; out[3] = v->x + 10 * v->y;")
        .run(1, 1, (Object) out);
    assertArrayEquals(new double[] {0.75, 2, 1.25, 49}, java.util.Arrays.copyOf(out, 4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "remquo(7.5f, 2.0f, &n); -0.5; 4",
        "remquo(-7.5f, 2.0f, &n); 0.5; -4",
        "remquo(5.0f, 2.0f, &n); 1.0; 2",
        "remquo(7.0f, 2.0f, &n); -1.0; 4",
        "remquo(1.0f, 3e38f, &n); 1.0; 0",
        "remquo(3e38f, 2e38f, &n); -1e38; 2",
        "remquo(1030.0f, 1.0f, &n); 0.0; 6",
        "lgamma_r(-0.5f, &n); 1.2655121; -1",
        "lgamma_r(-1.5f, &n); 0.8600470; 1",
        "lgamma_r(4.0f, &n); 1.7917595; 1",
        "rootn(-27.0f, (n = 3)); -3.0; 3",
        "pown(-1.5f, (n = 3)); -3.375; 3",
        "pown(-1.0f, (n = 16777217)); -1.0; 16777217",
        "pown(1.0000001f, (n = 600000001)); 1.15654e31; 600000001",
        "ldexp(0x1.8p-100f, (n = -49)); 0x1p-148; -49",
        "ldexp(0x1.8p-100f, (n = 220)); 0x1.8p120; 220",
        "frexp(-0x1.8p-140f, &n); -0.75; -139",
        "nextafter(0x1p-149f, (n = -1)); 0.0; -1"
      })
  void integersBesideFloats(String call, String value, int integer) {
    double[] out = new double[2];
    String body = "int n = 0; float r = (float) (" + call + "); out[0] = r; out[1] = n;";
    KernelRunner.body("double", body).run(1, 1, (Object) out);
    double expected = Double.parseDouble(value);
    assertEquals(expected, out[0], Math.abs(expected) * 1e-4, call);
    assertEquals(integer, out[1], call);
  }
}
