package dev.heddle.compiler.endtoend;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Control flow within a work-item, against the same flow written in Java. */
class ControlFlowTest {
  private static final int ITEMS = 67;

  /** Runs {@code int f(int i)} of the source for many i, and compares with Java. */
  private static void check(String function, IntUnaryOperator expected) {
    String source =
        function
            + """

            kernel void k(global int *out) {
              int i = get_global_id(0);
              out[i] = f(i);
            }
            """;
    int[] want = IntStream.range(0, ITEMS).map(expected).toArray();
    for (int local : new int[] {1, 16, 64}) {
      int[] got = KernelRun.of(source).out(ITEMS).run(ITEMS, local).intsOf(0);
      assertArrayEquals(want, got);
    }
  }

  @Test
  void switchFallsThrough() {
    check(
        """
        int f(int i) {
          int r = 0;
          switch (i % 7) {
            case 0: r += 1;
            case 1: r += 10;
            case 2: r += 100; break;
            case 4: r += 1000;
            default: r += 5000;
            case 5: r += 10000; break;
            case 6: ;
          }
          return r;
        }
        """,
        i -> {
          int r = 0;
          switch (i % 7) {
            case 0:
              r += 1;
            case 1:
              r += 10;
            case 2:
              r += 100;
              break;
            case 4:
              r += 1000;
            default:
              r += 5000;
            case 5:
              r += 10000;
              break;
            case 6:
          }
          return r;
        });
  }

  @Test
  void switchInALoopContinuesBreaksAndReturns() {
    check(
        """
        int f(int i) {
          int r = 0;
          for (int c = 0; c < 20; c++) {
            switch ((i + c) % 5) {
              case 0: continue;
              case 1: r += c; break;
              case 2: if (c > 12) return -r; r += 3; break;
              case 3: r *= 2;
              default: r ^= c;
            }
            r += 100;
            if (r > 5000) break;
          }
          return r;
        }
        """,
        i -> {
          int r = 0;
          for (int c = 0; c < 20; c++) {
            switch ((i + c) % 5) {
              case 0:
                continue;
              case 1:
                r += c;
                break;
              case 2:
                if (c > 12) {
                  return -r;
                }
                r += 3;
                break;
              case 3:
                r *= 2;
              default:
                r ^= c;
            }
            r += 100;
            if (r > 5000) {
              break;
            }
          }
          return r;
        });
  }

  @Test
  void switchesNest() {
    check(
        """
        int f(int i) {
          int r = i;
          switch (i & 3) {
            case 0:
              switch (i & 12) {
                case 4: r += 1;
                case 8: r += 2; break;
                default: r += 4;
              }
              r *= 3;
            case 1: r += 7; break;
            case 2: { int i = 5; r -= i; }
          }
          return r;
        }
        """,
        i -> {
          int r = i;
          switch (i & 3) {
            case 0:
              switch (i & 12) {
                case 4:
                  r += 1;
                case 8:
                  r += 2;
                  break;
                default:
                  r += 4;
              }
              r *= 3;
            case 1:
              r += 7;
              break;
            case 2:
              r -= 5;
          }
          return r;
        });
  }

  @Test
  void switchOnValuesOfEverySign() {
    check(
        """
        enum { LOW = -3, MID, HIGH = 'a' };
        int f(int i) {
          switch (i - 5) {
            case LOW: return 1;
            case MID: return 2;
            case 0x0: return 3;
            case HIGH - 60: return 4;
            case (1 << 3) + 1: return 5;
          }
          return 6;
        }
        """,
        i ->
            switch (i - 5) {
              case -3 -> 1;
              case -2 -> 2;
              case 0 -> 3;
              case 37 -> 4;
              case 9 -> 5;
              default -> 6;
            });
  }

  @Test
  void loopsOfEveryForm() {
    check(
        """
        int f(int i) {
          int r = 0, n = i;
          while (n > 0) { n /= 3; r++; }
          do { r += 2; if (r % 5 == 0) continue; n++; } while (n < 4 && r < 50);
          for (;;) { if (r > 30) break; r += 7; }
          for (int a = 0, b = 10; a < b; a++, b -= 2) r += a * b;
          for (n = 0; n < 3; ) n += 2;
          while (1) { if (n++ > 5) break; else continue; r = -1; }
          return r * 100 + n;
        }
        """,
        i -> {
          int r = 0;
          int n = i;
          while (n > 0) {
            n /= 3;
            r++;
          }
          do {
            r += 2;
            if (r % 5 == 0) {
              continue;
            }
            n++;
          } while (n < 4 && r < 50);
          while (r <= 30) {
            r += 7;
          }
          for (int a = 0, b = 10; a < b; a++, b -= 2) {
            r += a * b;
          }
          for (n = 0; n < 3; ) {
            n += 2;
          }
          while (n++ <= 5) {
            continue;
          }
          return r * 100 + n;
        });
  }

  @Test
  void nestedLoopsBreakContinueAndReturn() {
    check(
        """
        int f(int i) {
          int r = 0;
          for (int a = 0; a < 6; a++) {
            if (a == i % 4) continue;
            for (int b = a; b < 9; b++) {
              if ((a + b + i) % 6 == 0) break;
              int c = 0;
              while (true) {
                c++;
                if (c > b) break;
                if ((c ^ i) & 1) continue;
                r += c;
                if (r > 60 + i) return r * 1000 + a * 100 + b * 10 + c;
              }
              r += 1;
            }
          }
          return r;
        }
        """,
        i -> {
          int r = 0;
          for (int a = 0; a < 6; a++) {
            if (a == i % 4) {
              continue;
            }
            for (int b = a; b < 9; b++) {
              if ((a + b + i) % 6 == 0) {
                break;
              }
              int c = 0;
              while (true) {
                c++;
                if (c > b) {
                  break;
                }
                if (((c ^ i) & 1) != 0) {
                  continue;
                }
                r += c;
                if (r > 60 + i) {
                  return r * 1000 + a * 100 + b * 10 + c;
                }
              }
              r += 1;
            }
          }
          return r;
        });
  }

  @Test
  void returnsInManyPlaces() {
    check(
        """
        int g(int x) {
          if (x < 0) return -1;
          for (int k = 2; k * k <= x; k++) {
            if (x % k == 0) return k;
          }
          return 0;
        }
        int f(int i) {
          int a = g(i), b = g(i * i + 1);
          if (a == 0) { if (b == 0) return 1; }
          else if (a == 2) return g(b + 35) * 10;
          do { if (b > 3) return b; b++; } while (a-- > 0);
          return a + b * 100;
        }
        """,
        i -> {
          int a = smallestFactor(i);
          int b = smallestFactor(i * i + 1);
          if (a == 0) {
            if (b == 0) {
              return 1;
            }
          } else if (a == 2) {
            return smallestFactor(b + 35) * 10;
          }
          do {
            if (b > 3) {
              return b;
            }
            b++;
          } while (a-- > 0);
          return a + b * 100;
        });
  }

  private static int smallestFactor(int x) {
    for (int k = 2; k * k <= x; k++) {
      if (x % k == 0) {
        return k;
      }
    }
    return 0;
  }

  @Test
  void shortCircuitsSkipSideEffects() {
    check(
        """
        int bump(int *p) { (*p)++; return *p & 1; }
        int f(int i) {
          int n = 0;
          int a = (i & 1) && bump(&n);
          int b = (i & 2) || bump(&n);
          int c = ((i & 4) && bump(&n)) || (bump(&n) && (i & 8)) || !bump(&n);
          int d = (i & 1) ? bump(&n) : (n += 10, n);
          return n * 16 + a * 8 + b * 4 + c * 2 + (d > 5);
        }
        """,
        i -> {
          int[] n = {0};
          int a = (i & 1) != 0 && bump(n) ? 1 : 0;
          int b = (i & 2) != 0 || bump(n) ? 1 : 0;
          int c = ((i & 4) != 0 && bump(n)) || (bump(n) && (i & 8) != 0) || !bump(n) ? 1 : 0;
          int d;
          if ((i & 1) != 0) {
            d = bump(n) ? 1 : 0;
          } else {
            n[0] += 10;
            d = n[0];
          }
          return n[0] * 16 + a * 8 + b * 4 + c * 2 + (d > 5 ? 1 : 0);
        });
  }

  private static boolean bump(int[] n) {
    n[0]++;
    return (n[0] & 1) == 1;
  }

  @Test
  void helpersWithOutParameters() {
    check(
        """
        void divide(int a, int b, int *q, int *r) { *q = a / b; *r = a % b; }
        bool step(int *state, const int limit) {
          if (*state >= limit) return false;
          *state = *state * 2 + 1;
          return true;
        }
        void swap(int *a, int *b) { int t = *a; *a = *b; *b = t; }
        int f(int i) {
          int q, r;
          divide(i * 37 + 11, i % 5 + 1, &q, &r);
          int s = r;
          int rounds = 0;
          while (step(&s, q)) rounds++;
          int v[4] = {q, r, s, rounds};
          swap(&v[i & 3], v + 2);
          swap(v, &v[3]);
          return v[0] + 7 * v[1] + 49 * v[2] + 343 * v[3];
        }
        """,
        i -> {
          int q = (i * 37 + 11) / (i % 5 + 1);
          int r = (i * 37 + 11) % (i % 5 + 1);
          int s = r;
          int rounds = 0;
          while (s < q) {
            s = s * 2 + 1;
            rounds++;
          }
          int[] v = {q, r, s, rounds};
          int t = v[i & 3];
          v[i & 3] = v[2];
          v[2] = t;
          t = v[0];
          v[0] = v[3];
          v[3] = t;
          return v[0] + 7 * v[1] + 49 * v[2] + 343 * v[3];
        });
  }

  @Test
  void helpersCallHelpersInsideLoopConditions() {
    check(
        """
        int next(int x) { return x % 2 ? 3 * x + 1 : x / 2; }
        int length(int x) { int n = 0; for (; x != 1; x = next(x)) n++; return n; }
        int f(int i) {
          int best = 0, at = 0;
          for (int k = i + 1; length(k) < 30 && k < i + 20; k++) {
            if (length(k) > best) { best = length(k); at = k; }
          }
          return at * 1000 + best;
        }
        """,
        i -> {
          int best = 0;
          int at = 0;
          for (int k = i + 1; collatz(k) < 30 && k < i + 20; k++) {
            if (collatz(k) > best) {
              best = collatz(k);
              at = k;
            }
          }
          return at * 1000 + best;
        });
  }

  private static int collatz(int x) {
    int n = 0;
    for (int v = x; v != 1; v = v % 2 != 0 ? 3 * v + 1 : v / 2) {
      n++;
    }
    return n;
  }

  @Test
  void scopesShadow() {
    check(
        """
        int f(int i) {
          int x = i;
          { int x = 5; x += i; if (x > 20) { int x = 1; i += x; } else i += x; }
          for (int x = 0; x < 3; x++) { int i = x; x += i & 1; }
          for (int i = 0; i < 2; i++) x += i;
          return x * 100 + i;
        }
        """,
        i -> {
          int j = i + 5 > 20 ? i + 1 : i + i + 5;
          return (i + 1) * 100 + j;
        });
  }

  @Test
  void variablesSetInBothArmsOrNone() {
    check(
        """
        int f(int i) {
          int a, b = 3, c;
          if (i % 3 == 0) { a = 1; c = 9; } else { a = 2; if (i & 1) b = a; c = b; }
          if (i > 10) { if (i > 20) { if (i > 30) a += 100; } else a += 50; }
          return a * 10000 + b * 100 + c;
        }
        """,
        i -> {
          int a;
          int b = 3;
          int c;
          if (i % 3 == 0) {
            a = 1;
            c = 9;
          } else {
            a = 2;
            if ((i & 1) != 0) {
              b = a;
            }
            c = b;
          }
          if (i > 30) {
            a += 100;
          } else if (i > 10 && i <= 20) {
            a += 50;
          }
          return a * 10000 + b * 100 + c;
        });
  }

  @Test
  void privateArraysInLoops() {
    check(
        """
        int f(int i) {
          int stack[16];
          int top = 0;
          stack[top++] = i;
          int visited = 0;
          while (top > 0) {
            int n = stack[--top];
            visited = visited * 3 + n;
            if (n > 4 && top < 14) { stack[top++] = n / 2; stack[top++] = n / 3; }
          }
          int grid[3][4] = {{1, 2}, {3}};
          for (int r = 0; r < 3; r++)
            for (int c = 0; c < 4; c++)
              grid[r][c] += r == 0 ? 0 : grid[r - 1][(c + i) % 4];
          return visited * 100 + grid[2][i % 4];
        }
        """,
        i -> {
          int[] stack = new int[16];
          int top = 0;
          stack[top++] = i;
          int visited = 0;
          while (top > 0) {
            int n = stack[--top];
            visited = visited * 3 + n;
            if (n > 4 && top < 14) {
              stack[top++] = n / 2;
              stack[top++] = n / 3;
            }
          }
          int[][] grid = {{1, 2, 0, 0}, {3, 0, 0, 0}, {0, 0, 0, 0}};
          for (int r = 0; r < 3; r++) {
            for (int c = 0; c < 4; c++) {
              grid[r][c] += r == 0 ? 0 : grid[r - 1][(c + i) % 4];
            }
          }
          return visited * 100 + grid[2][i % 4];
        });
  }

  @Test
  void emptyStatementsAndDeadCode() {
    check(
        """
        int f(int i) {
          ; ;
          if (i > 5) ; else i += 3;
          if (0) { i = 99; while (1) ; }
          for (; i < 8; i++) ;
          while (0) { i = 77; }
          return i;
          i = 55;
          return i;
        }
        """,
        i -> Math.max(8, i > 5 ? i : i + 3));
  }

  @Test
  void deepNesting() {
    StringBuilder source = new StringBuilder("int f(int i) {\n  int r = 0;\n");
    for (int depth = 0; depth < 40; depth++) {
      source.append("  if (i > ").append(depth).append(") { r += ").append(depth).append(";\n");
    }
    source.append("  }".repeat(40)).append("\n  return r;\n}\n");
    check(source.toString(), i -> IntStream.range(0, Math.min(i, 40)).sum());
  }
}
