package dev.heddle.compiler.frontend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Small kernels, compiled and interpreted, against values computed in Java. */
class EndToEndTest {
  private static int[] ints(String body, int count) {
    int[] out = new int[count];
    KernelRunner.body("int", body).run(count, 1, (Object) out);
    return out;
  }

  private static void expect(int[] expected, String body) {
    assertArrayEquals(expected, ints(body, expected.length));
  }

  private static float single(String expression) {
    float[] out = new float[1];
    KernelRunner.body("float", "out[i] = " + expression + ";").run(1, 1, (Object) out);
    return out[0];
  }

  private static long wide(String expression) {
    long[] out = new long[1];
    KernelRunner.body("long", "out[i] = " + expression + ";").run(1, 1, (Object) out);
    return out[0];
  }

  // loops

  @Test
  void sumsInALoop() {
    expect(new int[] {0, 0, 1, 3, 6}, "int s = 0; for (int k = 0; k < i; k++) s += k; out[i] = s;");
  }

  @Test
  void continueRunsTheStep() {
    expect(
        new int[] {0, 0, 1, 1, 4},
        "int s = 0; for (int k = 0; k < i; k++) { if (k % 2 == 0) continue; s += k; } out[i] = s;");
  }

  @Test
  void continueInWhileTestsAgain() {
    expect(
        new int[] {0, 1, 1, 4, 4},
        "int s = 0, k = 0; while (k < i) { k++; if (k % 2 == 0) continue; s += k; } out[i] = s;");
  }

  @Test
  void doRunsOnceAtLeast() {
    expect(new int[] {1, 1, 2, 3}, "int n = 0; do { n++; } while (n < i); out[i] = n;");
  }

  @Test
  void continueInDoGoesToTheTest() {
    expect(
        new int[] {0, 0, 2, 2, 6},
        "int n = 0, s = 0; do { n++; if (n & 1) continue; s += n; } while (n < i); out[i] = s;");
  }

  @Test
  void breakLeavesOneLoop() {
    expect(
        new int[] {0, 2, 4, 6},
        """
        int n = 0;
        for (int a = 0; a < i; a++) {
          for (int b = 0; ; b++) { if (b == 2) break; n++; }
        }
        out[i] = n;
        """);
  }

  @Test
  void returnsFromInsideALoop() {
    expect(
        new int[] {0, 7, 7, 7}, "for (int k = 0; k < i; k++) { out[i] = 7; return; } out[i] = 0;");
  }

  @Test
  void endlessLoopThatBreaks() {
    expect(new int[] {3, 4, 5}, "int n = i; while (1) { n++; if (n > i + 2) break; } out[i] = n;");
  }

  @Test
  void swapsInALoop() {
    expect(
        new int[] {1, 2, 1, 2},
        "int a = 1, b = 2; for (int k = 0; k < i; k++) { int t = a; a = b; b = t; } out[i] = a;");
  }

  @Test
  void macroWrappedInDoWhileZero() {
    expect(new int[] {5, 5}, "int n; do { n = 5; } while (0); out[i] = n;");
  }

  // switch

  @Test
  void switchWithoutFallThrough() {
    expect(
        new int[] {10, 11, 99, 13},
        "switch (i) { case 0: out[i] = 10; break; case 1: out[i] = 11; break;"
            + " case 3: out[i] = 13; break; default: out[i] = 99; }");
  }

  @Test
  void switchFallsThrough() {
    expect(
        new int[] {111, 110, 100, 5, 5},
        "int n = 0; switch (i) { case 0: n += 1; case 1: n += 10; case 2: n += 100; break;"
            + " default: n = 5; } out[i] = n;");
  }

  @Test
  void switchWithDefaultInTheMiddle() {
    expect(
        new int[] {1, 12, 10, 12},
        "int n = 0; switch (i) { case 0: n = 1; break; default: n = 2; case 2: n += 10; }"
            + " out[i] = n;");
  }

  @Test
  void switchWithBreakInsideAnIf() {
    expect(
        new int[] {1, 2, 3},
        "int n = 0; switch (i > 0) { case 1: n = 2; if (i == 1) break; n = 3; break;"
            + " case 0: n = 1; } out[i] = n;");
  }

  @Test
  void switchInALoopContinuesTheLoop() {
    expect(
        new int[] {0, 0, 1, 1},
        "int n = 0; for (int k = 0; k < i; k++) { switch (k) { case 0: continue;"
            + " case 2: continue; } n++; } out[i] = n;");
  }

  @Test
  void switchReturns() {
    expect(
        new int[] {4, 5, 6},
        "switch (i) { case 0: out[i] = 4; return; case 1: out[i] = 5; return; } out[i] = 6;");
  }

  @Test
  void switchWithoutAnyMatch() {
    expect(new int[] {7, 1}, "int n = 7; switch (i) { case 1: n = 1; } out[i] = n;");
  }

  @Test
  void declarationInASwitchIsSeenByLaterGroups() {
    expect(
        new int[] {3, 0},
        "int n = 0; switch (i) { case 0: ; int t = 3; n = t; break; case 1: t = 0; n = t; }"
            + " out[i] = n;");
  }

  // expressions

  @Test
  void shortCircuitGuardsAnAccess() {
    String source =
        "__kernel void f(__global int* p, __global int* out, int n) { int i = get_global_id(0);"
            + " out[i] = i < n && p[i] > 1; }";
    int[] out = new int[4];
    KernelRunner.of(source).run(4, 1, new int[] {1, 2}, out, 2);
    assertArrayEquals(new int[] {0, 1, 0, 0}, out);
  }

  @Test
  void sideEffectsOfTheRightOperand() {
    expect(new int[] {0, 11, 12}, "int n = 0; if (i > 0 && (n = i + 10) > 0) {} out[i] = n;");
  }

  @Test
  void orSkipsTheRightOperand() {
    expect(new int[] {1, 0}, "int n = 0; if (i > 0 || (n = 1)) {} out[i] = n;");
  }

  @Test
  void conditionalWithEffects() {
    expect(
        new int[] {20, 1, 20},
        "int a = 0, b = 0; int c = i == 1 ? (a = 1) : (b = 2); out[i] = a + b * 9 + (c == 2) * 2;");
  }

  @Test
  void commaAndIncrements() {
    expect(
        new int[] {203, 313},
        "int a = i, b = i; int x = (a++, ++a); int y = b--; out[i] = x * 100 + y * 10 + a - b;");
  }

  @Test
  void integerPromotionsAndWrapping() {
    assertEquals(-56, ints("out[i] = (char) 200;", 1)[0]);
    assertEquals(200 + 100, ints("uchar a = 200, b = 100; out[i] = a + b;", 1)[0]);
    assertEquals(44, ints("uchar a = 200; a += 100; out[i] = a;", 1)[0]);
    assertEquals(Integer.MIN_VALUE, ints("out[i] = INT_MAX + 1;", 1)[0]);
    assertEquals(1, ints("out[i] = -1 > 0u;", 1)[0]);
    assertEquals(0, ints("out[i] = -1L > 0u;", 1)[0]);
    assertEquals(-1, ints("out[i] = -8 >> 3;", 1)[0]);
    assertEquals(0x1fffffff, ints("out[i] = (uint) -8 >> 3;", 1)[0]);
    assertEquals(-3, ints("out[i] = -7 / 2;", 1)[0]);
    assertEquals(-1, ints("out[i] = -7 % 2;", 1)[0]);
    assertEquals(1L << 40, wide("1L << 40"));
    assertEquals(0xffffffffL, wide("0xffffffff"));
    assertEquals(-1L, wide("(int) 0xffffffff"));
    assertEquals(Long.MIN_VALUE, wide("LONG_MIN"));
    assertEquals(1, wide("ULONG_MAX > 5"));
    assertEquals(4, wide("sizeof(float)"));
    assertEquals(16, wide("sizeof(float3)"));
  }

  @Test
  void boolIsZeroOrOne() {
    expect(new int[] {0, 1, 1}, "bool b = i; out[i] = b;");
    expect(new int[] {0, 1}, "bool b = 0.5f * i; out[i] = b + (b ? 0 : 0);");
  }

  @Test
  void conversionsSaturate() {
    assertEquals(Integer.MAX_VALUE, ints("float f = 1e20f + i; out[i] = (int) f;", 1)[0]);
    assertEquals(0, ints("float f = NAN; out[i] = (int) f;", 1)[0]);
    assertEquals(0, ints("float f = -5.5f; out[i] = (uchar) f;", 1)[0]);
    assertEquals(255, ints("float f = 300.0f; out[i] = (uchar) f;", 1)[0]);
    assertEquals(-128, ints("out[i] = convert_char_sat(-1000 - i);", 1)[0]);
    assertEquals(255, ints("out[i] = convert_uchar_sat(1000 + i);", 1)[0]);
    assertEquals(0, ints("out[i] = convert_uchar_sat(-1 - i);", 1)[0]);
    assertEquals(2, ints("float f = 2.5f + i; out[i] = convert_int_rte(f);", 1)[0]);
    assertEquals(3, ints("float f = 2.5f + i; out[i] = convert_int_rtp(f);", 1)[0]);
    assertEquals(-3, ints("float f = -2.5f + i; out[i] = convert_int_rtn(f);", 1)[0]);
  }

  @Test
  void floatArithmeticIsContracted() {
    float a = 1.0000001f;
    float b = 0.9999999f;
    String set = "float a = 1.0000001f, b = 0.9999999f, c = -1.0f; ";
    assertEquals(Math.fma(a, b, -1f), run(set + "out[i] = a * b + c;"));
    assertEquals(Math.fma(a, b, -1f), run(set + "out[i] = c + a * b;"));
    assertEquals(Math.fma(a, b, -1f), run(set + "out[i] = a * b - 1.0f;"));
    assertEquals(Math.fma(-a, b, 1f), run(set + "out[i] = 1.0f - a * b;"));
    assertEquals(Math.fma(a, b, -1f), run(set + "c += a * b; out[i] = c;"));
    assertEquals(Math.fma(-a, b, 1f), run(set + "c = 1; c -= a * b; out[i] = c;"));
    assertEquals(Math.fma(a, b, -(a * a)), run(set + "out[i] = a * b - a * a;"));
    assertEquals(a * b - 1f, run(set + "float p = a * b; out[i] = p + c;"));
    assertEquals(a * b - 1f, run("#pragma OPENCL FP_CONTRACT OFF\n" + set + "out[i] = a * b + c;"));
  }

  private static float run(String body) {
    float[] out = new float[1];
    KernelRunner.body("float", body).run(1, 1, (Object) out);
    return out[0];
  }

  @Test
  void contractionEndsWithTheBlockOfItsPragma() {
    String set = "float a = 1.0000001f, b = 0.9999999f, c = -1.0f; ";
    String inner = "{\n#pragma OPENCL FP_CONTRACT OFF\nc = c + 0; }\n";
    assertEquals(Math.fma(1.0000001f, 0.9999999f, -1f), run(set + inner + "out[i] = a * b + c;"));
  }

  @Test
  void doubleLiteralsComputeInDouble() {
    assertEquals((float) (0.1 + (double) 0.2f), single("0.1 + 0.2f"));
    assertEquals(0.1f + 0.2f, single("0.1f + 0.2f"));
    assertEquals(0x1.8p3f, single("0x1.8p3f"));
  }

  // pointers and memory

  @Test
  void pointerArithmetic() {
    String source =
        """
        __kernel void f(__global int* p, __global int* out) {
          __global int* q = p + 2;
          q++;
          out[0] = *q;
          out[1] = q[-1];
          out[2] = q - p;
          out[3] = *(2 + p);
          q -= 3;
          out[4] = q == p;
          out[5] = *q++ + *q;
          out[6] = 1[p];
          out[7] = p != q && q > p;
        }
        """;
    int[] out = new int[8];
    KernelRunner.of(source).run(1, 1, new int[] {10, 20, 30, 40}, out);
    assertArrayEquals(new int[] {40, 30, 3, 30, 1, 30, 20, 1}, out);
  }

  @Test
  void pointerWithTwoObjects() {
    String source =
        """
        __kernel void f(__global int* a, __global int* b, __global int* out) {
          int i = get_global_id(0);
          __global int* p = a;
          if (i & 1) p = b + 1;
          out[i] = p[i];
          *p = 5;
          __global int* q = i > 1 ? a : b;
          out[i] += 100 * (q == a) + 1000 * (p == q);
        }
        """;
    int[] a = {1, 2, 3, 4};
    int[] b = {10, 20, 30, 40, 50};
    int[] out = new int[4];
    KernelRunner.of(source).run(4, 1, a, b, out);
    assertArrayEquals(new int[] {1, 30, 1103, 150}, out);
    assertEquals(5, a[0]);
    assertEquals(5, b[1]);
  }

  @Test
  void pointersSwapInALoop() {
    String source =
        """
        __kernel void f(__global int* out) {
          int x[4] = {1, 2, 3, 4};
          int y[4];
          int* from = x;
          int* to = y;
          for (int step = 0; step < 3; step++) {
            for (int k = 0; k < 4; k++) to[k] = from[k] * 2;
            int* t = from; from = to; to = t;
          }
          for (int k = 0; k < 4; k++) out[k] = from[k];
        }
        """;
    int[] out = new int[4];
    KernelRunner.of(source).run(1, 1, (Object) out);
    assertArrayEquals(new int[] {8, 16, 24, 32}, out);
  }

  @Test
  void nullBuffers() {
    String source =
        """
        __kernel void f(__global int* p, __global int* out) {
          out[0] = p == NULL;
          out[1] = p ? 1 : 2;
          __global int* q = 0;
          out[2] = !q;
          q = out;
          out[3] = q != 0;
        }
        """;
    int[] out = new int[4];
    KernelRunner.of(source).run(1, 1, new KernelRunner.Null(), out);
    assertArrayEquals(new int[] {1, 2, 1, 1}, out);
    KernelRunner.of(source).run(1, 1, new int[1], out);
    assertArrayEquals(new int[] {0, 1, 1, 1}, out);
  }

  @Test
  void pointerCastsReinterpretBytes() {
    String source =
        """
        __kernel void f(__global float* p, __global int* out) {
          out[0] = *(__global int*) p;
          out[1] = ((__global uchar*) p)[3];
          __global char* bytes = (__global char*) p;
          out[2] = *(__global int*)(bytes + 4);
          out[3] = as_int(p[1]);
        }
        """;
    int[] out = new int[4];
    KernelRunner.of(source).run(1, 1, new float[] {1f, 2f}, out);
    assertArrayEquals(new int[] {0x3f800000, 0x3f, 0x40000000, 0x40000000}, out);
  }

  @Test
  void arraysOfTwoDimensions() {
    String source =
        """
        __kernel void f(__global int* out) {
          int m[3][4];
          for (int r = 0; r < 3; r++) for (int c = 0; c < 4; c++) m[r][c] = 10 * r + c;
          out[0] = m[2][3]; out[1] = m[1][0]; out[2] = *(*(m + 1) + 2); out[3] = sizeof(m);
          int (*row)[4] = m + 2;
          out[4] = (*row)[1];
        }
        """;
    int[] out = new int[5];
    KernelRunner.of(source).run(1, 1, (Object) out);
    assertArrayEquals(new int[] {23, 10, 12, 48, 21}, out);
  }

  @Test
  void initialisersOfArrays() {
    expect(
        new int[] {1, 2, 0, 5},
        "int a[] = {1, 2}; int b[4] = {3, [3] = 5}; out[i] = i < 2 ? a[i] : b[i];");
    expect(new int[] {0, 0, 0}, "int big[100] = {0}; big[i] += 0; out[i] = big[i] + big[99];");
    expect(
        new int[] {6},
        "int m[2][2] = {{1, 2}, {3}}; out[i] = m[0][0] + m[0][1] + m[1][0] + m[1][1];");
    expect(new int[] {6}, "int m[2][2] = {1, 2, 3}; out[i] = m[0][0] + m[0][1] + m[1][0];");
    expect(new int[] {'b'}, "char s[] = \"abc\"; out[i] = s[1];");
  }

  @Test
  void arrayIsInitialisedAgainInEveryTrip() {
    expect(
        new int[] {3},
        "int n = 0; for (int k = 0; k < 3; k++) { int a[40] = {1}; n += a[0] + a[39];"
            + " a[39] = 9; } out[i] = n;");
  }

  @Test
  void constantTables() {
    String source =
        """
        __constant float weights[3] = {0.25f, 0.5f, 0.25f};
        __constant int N = 3;
        const int offset = N - 2;
        static __constant int table[2][2] = {{1, 2}, {3, 4}};
        __kernel void f(__global float* out) {
          int i = get_global_id(0);
          int squares[N];
          const int own[] = {5, 6, 7};
          for (int k = 0; k < N; k++) squares[k] = k * k;
          out[i] = weights[i] + squares[i] + offset * 100 + table[1][i & 1] * 1000 + own[i] * 10000;
        }
        """;
    float[] out = new float[3];
    KernelRunner.of(source).run(3, 1, (Object) out);
    assertArrayEquals(new float[] {53100.25f, 64101.5f, 73104.25f}, out);
  }

  @Test
  void addressOfLocals() {
    String source =
        """
        void divide(int a, int b, int* quotient, int* rest) { *quotient = a / b; *rest = a % b; }
        __kernel void f(__global int* out) {
          int i = get_global_id(0);
          int q, r;
          divide(17 + i, 5, &q, &r);
          int* p = &q;
          *p += 100;
          out[i] = q * 10 + r;
        }
        """;
    int[] out = new int[4];
    KernelRunner.of(source).run(4, 1, (Object) out);
    assertArrayEquals(new int[] {1032, 1033, 1034, 1040}, out);
  }

  // functions

  @Test
  void helpersReturnEarly() {
    String source =
        """
        int sign(int x) { if (x < 0) return -1; else if (x == 0) return 0; return 1; }
        int first(__global const int* p, int n, int wanted) {
          for (int k = 0; k < n; k++) if (p[k] == wanted) return k;
          return -1;
        }
        __kernel void f(__global const int* p, __global int* out) {
          int i = get_global_id(0);
          out[i] = sign(i - 1) * 10 + first(p, 4, i);
        }
        """;
    int[] out = new int[3];
    KernelRunner.of(source).run(3, 1, new int[] {7, 2, 1, 0}, out);
    assertArrayEquals(new int[] {-7, 2, 11}, out);
  }

  @Test
  void helperUsedBeforeItsDefinition() {
    String source =
        "int twice(int); __kernel void f(__global int* o) { o[0] = twice(4); }"
            + " int twice(int x) { return 2 * x; }";
    int[] out = new int[1];
    KernelRunner.of(source).run(1, 1, (Object) out);
    assertEquals(8, out[0]);
  }

  @Test
  void helperReturnsAPointer() {
    String source =
        """
        __global int* row(__global int* base, int r) { return base + 4 * r; }
        __kernel void f(__global int* p, __global int* out) {
          __global int* second = row(p, 1);
          out[0] = second[2] + row(p, 0)[1];
        }
        """;
    int[] out = new int[1];
    KernelRunner.of(source).run(1, 1, new int[] {0, 1, 2, 3, 10, 11, 12, 13}, out);
    assertEquals(13, out[0]);
  }

  @Test
  void helperTakesAPointerWithTwoObjects() {
    String source =
        """
        int at(__global int* p, int k) { return p[k]; }
        __kernel void f(__global int* a, __global int* b, __global int* out) {
          int i = get_global_id(0);
          out[i] = at(i ? a : b, i);
        }
        """;
    int[] out = new int[2];
    KernelRunner.of(source).run(2, 1, new int[] {1, 2}, new int[] {10, 20}, out);
    assertArrayEquals(new int[] {10, 2}, out);
  }

  @Test
  void helperWithABarrier() {
    String source =
        """
        int sum(__local int* values, int lane, int count) {
          for (int step = count / 2; step > 0; step /= 2) {
            if (lane < step) values[lane] += values[lane + step];
            barrier(CLK_LOCAL_MEM_FENCE);
          }
          return values[0];
        }
        __kernel __attribute__((reqd_work_group_size(8, 1, 1)))
        void f(__global int* in, __global int* out, __local int* values) {
          int lane = get_local_id(0);
          values[lane] = in[get_global_id(0)];
          barrier(CLK_LOCAL_MEM_FENCE);
          int s = sum(values, lane, get_local_size(0));
          if (lane == 0) out[get_group_id(0)] = s;
        }
        """;
    int[] out = new int[2];
    KernelRunner.of(source)
        .run(16, 8, IntStream.range(0, 16).toArray(), out, new KernelRunner.Local(32));
    assertArrayEquals(new int[] {28, 92}, out);
  }

  @Test
  void kernelCalledAsAFunction() {
    String source =
        """
        __kernel void main_kernel(__global int* out);
        __kernel void fill(__global int* p, int v) { p[get_global_id(0)] = v; }
        __kernel void main_kernel(__global int* out) { fill(out, 3); fill(out + 4, 4); }
        """;
    var program = KernelRunner.compile(source);
    assertEquals(2, program.kernels().size());
  }

  // local memory and atomics

  @Test
  void histogramWithLocalAtomics() {
    String source =
        """
        __kernel void f(__global const uchar* data, __global uint* counts) {
          __local uint own[4];
          int lane = get_local_id(0);
          if (lane < 4) own[lane] = 0;
          barrier(CLK_LOCAL_MEM_FENCE);
          atomic_inc(&own[data[get_global_id(0)] & 3]);
          barrier(CLK_LOCAL_MEM_FENCE);
          if (lane < 4) atomic_add(counts + lane, own[lane]);
        }
        """;
    byte[] data = new byte[32];
    for (int k = 0; k < 32; k++) {
      data[k] = (byte) (k * k);
    }
    int[] counts = new int[4];
    KernelRunner.of(source).run(32, 8, data, counts);
    assertArrayEquals(new int[] {16, 16, 0, 0}, counts);
  }

  @Test
  void atomicsReturnTheOldValue() {
    String source =
        """
        __kernel void f(__global int* p, __global int* out) {
          out[0] = atomic_add(p, 5);
          out[1] = atomic_cmpxchg(p, 15, 3);
          out[2] = atomic_max(p, 9);
          out[3] = atomic_xchg(p, -1);
          out[4] = atomic_min((volatile __global uint*) p, 4u);
          out[5] = atomic_dec(p);
          out[6] = *p;
        }
        """;
    int[] out = new int[7];
    KernelRunner.of(source).run(1, 1, new int[] {10}, out);
    assertArrayEquals(new int[] {10, 15, 3, 9, -1, 4, 3}, out);
  }

  @Test
  void workItemFunctions() {
    String source =
        """
        __kernel void f(__global int* out) {
          int at = get_global_id(1) * get_global_size(0) + get_global_id(0);
          int sum = 0;
          for (uint d = 0; d < get_work_dim(); d++) sum += get_global_id(d) * (d + 1);
          out[at] = sum * 100 + get_local_id(0) * 10 + get_group_id(1) + get_global_id(3)
              + get_local_size(5) - 1;
        }
        """;
    int[] out = new int[8];
    KernelRunner.of(source)
        .launch(
            new long[] {4, 2},
            new long[] {2, 1},
            dev.heddle.compiler.interp.InterpOptions.DEFAULT,
            (Object) out);
    assertArrayEquals(new int[] {0, 110, 200, 310, 201, 311, 401, 511}, out);
  }

  // builtins

  @Test
  void integerBuiltins() {
    expect(
        new int[] {5, 3, 7, 4, 3},
        "int v[5] = {max(3, 5), min(3, 5), clamp(9, 1, 7), abs(-4) + 0, popcount(7)};"
            + " out[i] = v[i];");
    expect(
        new int[] {Integer.MAX_VALUE, Integer.MIN_VALUE, -1, 0x80, 31},
        "int v[5] = {add_sat(INT_MAX, 1 + i), sub_sat(INT_MIN, 1 + i), hadd(-1, 0 - i / 9),"
            + " (int) rotate((uint) 1, 7u), clz(1)}; out[i] = v[i];");
    assertEquals(
        0x12345678L * 0x9abcdefL >>> 32, ints("out[i] = mul_hi(0x12345678, 0x9abcdef);", 1)[0]);
    assertEquals(
        0xd2511f53L * 0xdeadbeefL >>> 32,
        ints("out[i] = mul_hi(0xD2511F53u, 0xdeadbeefu);", 1)[0] & 0xffffffffL);
    assertEquals(200, ints("uchar a = 50, b = 250; out[i] = abs_diff(a, b);", 1)[0]);
    assertEquals(255, ints("uchar a = 50, b = 250; out[i] = add_sat(a, b);", 1)[0]);
    assertEquals(0x1234, ints("out[i] = upsample((char) 0x12, (uchar) 0x34);", 1)[0]);
    assertEquals(Integer.MAX_VALUE, ints("out[i] = mad_sat(100000, 100000, i);", 1)[0]);
    assertEquals(Integer.MIN_VALUE, ints("out[i] = mad_sat(100000, -100000, i);", 1)[0]);
    assertEquals(-10, ints("out[i] = mad_sat(3, -4, 2 + i);", 1)[0]);
  }

  @Test
  void floatBuiltins() {
    assertEquals(3f, single("fabs(-3.0f)"));
    assertEquals(-3f, single("round(-2.5f)"));
    assertEquals(2f, single("rint(2.5f)"));
    assertEquals(-2f, single("trunc(-2.7f)"));
    assertEquals(1f, single("fmin(NAN, 1.0f)"));
    assertEquals(Math.fma(1.1f, 2.2f, 3.3f), single("mad(1.1f, 2.2f, 3.3f)"));
    assertEquals(-1f, single("sign(-0.3f)"));
    assertEquals(2.5f, single("mix(2.0f, 3.0f, 0.5f)"));
    assertEquals(0.5f, single("smoothstep(0.0f, 2.0f, 1.0f)"));
    assertEquals(-1.5f, single("copysign(1.5f, -0.0f)"));
    assertEquals(12f, single("ldexp(1.5f, 3)"));
    assertEquals(Float.MIN_VALUE, single("ldexp(1.0f, -149)"));
    assertEquals(0f, single("ldexp(1.0f, -150)"));
    assertEquals(Float.POSITIVE_INFINITY, single("ldexp(1.0f, 200)"));
    assertEquals(Math.nextUp(1f), single("nextafter(1.0f, 2.0f)"));
    assertEquals(-Float.MIN_VALUE, single("nextafter(0.0f, -1.0f)"));
    assertEquals(1f, single("isnan(NAN) + isinf(1.0f)"));
    assertEquals(2f, single("isfinite(1.0f) + isnormal(2.0f) + isinf(NAN)"));
    assertEquals(1f, single("signbit(-0.0f)"));
    assertEquals(4f, single("select(3.0f, 4.0f, 1)"));
    assertEquals(-3f, single("ilogb(0.125f)"));
    assertEquals(-149f, single("ilogb(0x1p-149f)"));
    assertEquals(10f, single("logb(1500.0f)"));
    assertEquals(0.25f, single("native_divide(1.0f, 4.0f)"));
    assertEquals((float) Math.sqrt(2), single("native_sqrt(2.0f)"));
  }

  @Test
  void builtinsWithASecondResult() {
    float[] out = new float[6];
    KernelRunner.body(
            "float",
            "float whole; int e; out[0] = modf(-2.75f, &whole); out[1] = whole;"
                + " out[2] = frexp(12.0f, &e); out[3] = e; out[4] = fract(-0.25f, &whole);"
                + " out[5] = whole;")
        .run(1, 1, (Object) out);
    assertArrayEquals(new float[] {-0.75f, -2, 0.75f, 4, 0.75f, -1}, out);
  }

  @Test
  void ldexpOfDoublesRoundsOnce() {
    double[] values = {1.5, -3.7, 0x1.fffffffffffffp0, 0x1p-1074, 0x1.3p-1050, 1e300};
    int[] exponents = {-1074, -1073, -1060, -1023, -1022, 5, 1023, 2000, -2000, 1074, 2098};
    double[] out = new double[values.length * exponents.length];
    String source =
        "__kernel void f(__global double* v, __global int* e, __global double* out, int n) {"
            + " int i = get_global_id(0); out[i] = ldexp(v[i / n], e[i % n]); }";
    KernelRunner.of(source).run(out.length, 1, values, exponents, out, exponents.length);
    for (int i = 0; i < out.length; i++) {
      double expected = Math.scalb(values[i / exponents.length], exponents[i % exponents.length]);
      assertEquals(expected, out[i], "at " + i);
    }
  }

  // vectors and structs

  @Test
  void vectorArithmetic() {
    String source =
        """
        __kernel void f(__global float4* p, __global float* out) {
          float4 a = p[0];
          float4 b = (float4)(1.0f, 2.0f, 3.0f, 4.0f);
          float4 c = a * b + 1.0f;
          c.xy += (float2)(10.0f);
          c.w = dot(a, b);
          float4 d = c.wzyx;
          int4 m = d > 20.0f;
          out[0] = c.x; out[1] = c.y; out[2] = c.z; out[3] = c.w;
          out[4] = d.s0 + m.x; out[5] = any(m); out[6] = d.hi.y + c.even.y; out[7] = length(b.xy);
          p[1].z = 7.0f;
          p[2] = select(a, b, m);
          vstore3(b.xyz, 0, out + 8);
          float3 e = vload3(0, out + 1);
          out[11] = e.z;
        }
        """;
    float[] p = {1, 2, 3, 4, 5, 5, 5, 5, 0, 0, 0, 0};
    float[] out = new float[12];
    KernelRunner.of(source).run(1, 1, p, out);
    assertArrayEquals(
        new float[] {12, 15, 10, 30, 29, 1, 12 + 10, (float) Math.sqrt(5), 1, 2, 3, 30}, out);
    assertArrayEquals(new float[] {1, 2, 3, 4, 5, 5, 7, 5, 1, 2, 3, 4}, p);
  }

  @Test
  void vectorsThroughFunctionsAndConversions() {
    String source =
        """
        float4 shade(float4 c, float2 f) { c.x *= f.y; return c; }
        __kernel void f(__global uchar4* pixels) {
          int i = get_global_id(0);
          float4 c = convert_float4(pixels[i]);
          pixels[i] = convert_uchar4_sat_rte(shade(c, (float2)(1, 2.5f)));
        }
        """;
    byte[] pixels = {10, 20, 30, 40, 101, 50, 60, 70};
    KernelRunner.of(source).run(2, 1, (Object) pixels);
    assertArrayEquals(new byte[] {25, 20, 30, 40, (byte) 252, 50, 60, 70}, pixels);
  }

  @Test
  void vectorShiftsAndBits() {
    expect(
        new int[] {4, 16, 0x44332211, 0x2211},
        "int4 v = (int4)(1, 2, 3, 4) << (int4)(2, 3, 0, 0);"
            + " uchar4 b = (uchar4)(0x11, 0x22, 0x33, 0x44);"
            + " int r[4] = {v.x, v.y, as_int(b), as_short2(b).x}; out[i] = r[i];");
    expect(
        new int[] {2, 1},
        "uint2 v = (uint2)(i + 1, 7); v >>= 1u; v ^= (uint2)(2, 2); out[i] = i ? v.y : v.x;");
  }

  @Test
  void structsByValueAndThroughPointers() {
    String source =
        """
        typedef struct { float x, y; int tag; } Point;
        struct Pair { Point a; Point b[2]; };
        Point add(Point p, Point q) { p.x += q.x; p.y += q.y; return p; }
        void move(Point* p, float by) { p->x += by; p->tag++; }
        __kernel void f(__global Point* points, __global float* out) {
          Point a = points[0];
          Point b = {1.0f, .tag = 4};
          Point c = add(a, b);
          move(&c, 10.0f);
          struct Pair pair;
          pair.a = c;
          pair.b[1] = a;
          struct Pair other = pair;
          out[0] = c.x; out[1] = c.y; out[2] = c.tag; out[3] = a.x;
          out[4] = other.b[1].y + other.a.x; out[5] = sizeof(struct Pair);
          points[1] = c;
          points[1].tag += 1;
          out[6] = (1 ? a : b).y;
        }
        """;
    float[] points = {1, 2, Float.intBitsToFloat(3), 0, 0, 0};
    float[] out = new float[7];
    KernelRunner.of(source).run(1, 1, points, out);
    assertArrayEquals(new float[] {12, 2, 4, 1, 14, 36, 2}, out);
    assertEquals(12, points[3]);
    assertEquals(5, Float.floatToRawIntBits(points[5]));
  }

  @Test
  void unionsPunBytes() {
    expect(
        new int[] {0x3f800000},
        "union { float f; int n; uchar b[4]; } u; u.f = 1.0f; out[i] = u.n + u.b[0];");
  }

  @Test
  void enumsAndTypedefs() {
    expect(
        new int[] {12},
        "enum Color { RED, GREEN = 5, BLUE }; typedef int number; enum Color c = BLUE;"
            + " number n = GREEN + RED; out[i] = c + n + 1;");
  }
}
