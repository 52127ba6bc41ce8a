package dev.heddle.compiler.analysis;

import static dev.heddle.compiler.analysis.Trial.words;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.heddle.compiler.analysis.BufferUse.Reading;
import dev.heddle.compiler.analysis.BufferUse.Writing;
import dev.heddle.compiler.analysis.SplitCertificate.Verdict;
import dev.heddle.compiler.ir.AtomicOp;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The two lists of the design, refused and accepted, and adversaries of our own. */
class SplitCertificateTest {
  private static final String X = "int i = get_global_id(0); ";
  private static final String XY = "int x = get_global_id(0); int y = get_global_id(1); ";

  private static Arguments row(String name, Trial trial, String reason) {
    return Arguments.of(name, trial, reason);
  }

  private static Trial one(String parameters, String body, Object... arguments) {
    return Trial.of("kernel void f(" + parameters + ") { " + X + body + " }", 1024).with(arguments);
  }

  private static final long[] BIG = words(100_000);

  static Stream<Arguments> refused() {
    return Stream.of(
        row(
            "two writes one apart",
            one("global int* out", "out[i] = 1; out[i + 1] = 2;", BIG),
            "out[gid.x + 1] (line 1) and out[gid.x] (line 1) write the same place"),
        row(
            "a vector store to every element",
            one("global int* out", "vstore4((int4)(i), 0, out + i);", BIG),
            "out[gid.x] (line 1) is not proven to be a different place"),
        row(
            "in-place shift",
            one("global int* x", "x[i] = x[i + 1];", BIG),
            "x[gid.x + 1] (line 1) reads what the neighbouring chunk writes"),
        row(
            "in-place gather",
            one("global int* x, global const int* idx", "x[i] = x[idx[i]];", BIG, BIG),
            "its index is read from memory"),
        row(
            "stride 0",
            one("global int* out, int stride", "out[i * stride] = i;", BIG, 0),
            "out[0] (line 1) is written by every chunk"),
        row(
            "an index that wraps in 32 bits",
            one("global int* out", "out[(i * 0x10000) * 0x100] = i;", BIG),
            "may wrap around"),
        row(
            "an unsigned index that wraps in 32 bits",
            one(
                "global int* out, uint n",
                "uint k = (uint) i * n; out[k & 0xffff] = i;",
                BIG,
                0x80000000),
            "out["),
        row(
            "halved index",
            one("global int* out", "out[i / 2] = i;", BIG),
            "out[(gid.x)/2] (line 1)"),
        row(
            "overlapping conditional writes",
            one(
                "global int* out, global const int* c",
                "if (c[i] > 0) out[i] = 1; if (c[i] < 0) out[i + 1] = 2;",
                BIG,
                BIG),
            "write the same place"),
        row(
            "loop bounds by id that overlap",
            one("global int* out", "for (int j = i; j < i + 2; j++) out[j] = i;", BIG),
            "out["),
        row(
            "rows that overlap by one",
            one(
                "global int* out, int w",
                "for (int j = 0; j <= w; j++) out[i * w + j] = j;",
                BIG,
                8),
            "out["),
        row(
            "add and max on one buffer",
            one(
                "global int* h, global const int* k",
                "atomic_add(h + k[i], 1); atomic_max(h + k[i], i);",
                BIG,
                BIG),
            "cannot be combined"),
        row(
            "plain read of an atomic buffer",
            one(
                "global int* h, global const int* k, global int* out",
                "atomic_add(h + k[i], 1); out[i] = h[0];",
                BIG,
                BIG,
                BIG),
            "is read beside atomic add"),
        row(
            "atomic result used",
            one("global int* n, global int* out", "int at = atomic_inc(n); out[at] = i;", BIG, BIG),
            "is used"),
        row(
            "signed and unsigned maximum",
            one(
                "global int* h, global uint* u",
                "atomic_max(h, i); atomic_max((global uint*) h, (uint) i);",
                BIG,
                BIG),
            "cannot be combined"),
        row(
            "arguments that alias",
            one(
                "global int* out, global const int* in",
                "out[i] = in[i + 1];",
                words(2000, 7, 0),
                words(2000, 7, 0)),
            "share memory"),
        row(
            "arguments that overlap by an offset",
            one(
                "global int* out, global const int* in",
                "out[i] = in[i];",
                words(2000, 7, 0),
                words(2000, 7, 4)),
            "share memory"),
        row(
            "a compare-and-swap",
            one("global int* x", "atomic_cmpxchg(x, 0, i);", BIG),
            "atomic compare_exchange"),
        row(
            "a write through an indirect index",
            one("global int* out, global const int* p", "out[p[i]] = i;", BIG, BIG),
            "its index is read from memory"),
        row(
            "everyone writes one flag",
            one("global int* f, global const int* x", "if (x[i] == 3) f[0] = 1;", BIG, BIG),
            "f[0] (line 1) is written by every chunk"),
        row("a modulo that turns over", one("global int* out", "out[i % 512] = i;", BIG), "out["),
        row(
            "reversed in place",
            one("global int* x, int n", "x[i] = x[n - 1 - i];", BIG, 1024),
            "reads what"),
        row(
            "prefix of what others write",
            one(
                "global int* x",
                "int s = 0; for (int j = 0; j < i; j++) s += x[j]; x[i] = s;",
                BIG),
            "reads what"),
        row(
            "local id without a group",
            Trial.of("kernel void f(global int* o) { o[get_local_id(0)] = 1; }", 1024)
                .local(64)
                .with(BIG),
            "o[lid.x] (line 1)"),
        row(
            "a group writes one more than its own",
            Trial.of(
                    "kernel void f(global int* o) { o[get_global_id(0) + get_local_id(0)] = 1; }",
                    1024)
                .local(64)
                .with(BIG),
            "o["),
        row(
            "local size that does not divide",
            Trial.of(
                    "kernel void f(global int* o) { o[get_group_id(0) * get_local_size(0)"
                        + " + get_local_id(0)] = 1; }",
                    1000)
                .local(64)
                .with(BIG),
            "o["),
        row(
            "clamped out of bounds",
            one("global int* out", "out[i] = i;", words(100)).clamped(),
            "clamping"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refused(String name, Trial trial, String reason) {
    SplitCertificate certificate = trial.certificate(0);
    assertEquals(Verdict.REFUSED, certificate.verdict(), certificate.reasons().toString());
    assertTrue(
        certificate.reasons().stream().anyMatch(text -> text.contains(reason)),
        certificate.reasons().toString());
  }

  private static Trial two(String parameters, String body, Object... arguments) {
    return Trial.of("kernel void f(" + parameters + ") { " + XY + body + " }", 64, 48)
        .with(arguments);
  }

  static Stream<Arguments> accepted() {
    String image = "global float* out, global const float* in, int w, int h";
    return Stream.of(
        row(
            "saxpy",
            one(
                "global float* y, global const float* x, float a, int n",
                "if (i >= n) return; y[i] = a * x[i] + y[i];",
                BIG,
                BIG,
                2f,
                1000),
            "0"),
        row(
            "structure of arrays",
            one(
                "global int* out, int n",
                "if (i < n) for (int k = 0; k < 3; k++) out[k * n + i] = k;",
                BIG,
                1000),
            "0"),
        row(
            "array of structures",
            one("global int* out", "out[3 * i] = 1; out[3 * i + 1] = 2; out[3 * i + 2] = 3;", BIG),
            "0"),
        row(
            "vector stores side by side",
            one("global int* out", "vstore4((int4)(i), i, out);", BIG),
            "0"),
        row(
            "two dimensions",
            two(image, "out[y * w + x] = in[y * w + x];", BIG, BIG, 64, 48),
            "01"),
        row(
            "two dimensions with a guard",
            two(image, "if (x < w && y < h) out[y * w + x] = 1;", BIG, BIG, 50, 40),
            "01"),
        row(
            "two dimensions with a pitch",
            two(image, "out[y * (w + 13) + x] = in[x * h + y];", BIG, BIG, 64, 48),
            "01"),
        row(
            "five points from one buffer into another",
            two(
                image,
                "if (x > 0 && x < w - 1 && y > 0 && y < h - 1) out[y * w + x] = in[y * w + x]"
                    + " + in[y * w + x - 1] + in[y * w + x + 1] + in[(y - 1) * w + x]"
                    + " + in[(y + 1) * w + x];",
                BIG,
                BIG,
                64,
                48),
            "01"),
        row(
            "blur with clamped edges",
            two(
                image,
                "float s = 0; for (int dy = -2; dy <= 2; dy++) for (int dx = -2; dx <= 2; dx++)"
                    + " s += in[clamp(y + dy, 0, h - 1) * w + clamp(x + dx, 0, w - 1)];"
                    + " out[y * w + x] = s;",
                BIG,
                BIG,
                64,
                48),
            "01"),
        row(
            "sparse matrix by rows",
            one(
                "global float* y, global const int* rows, global const int* cols,"
                    + " global const float* v, global const float* x, int n",
                "if (i >= n) return; float s = 0;"
                    + " for (int k = rows[i]; k < rows[i + 1]; k++) s += v[k] * x[cols[k]];"
                    + " y[i] = s;",
                BIG,
                BIG,
                BIG,
                BIG,
                BIG,
                1000),
            "0"),
        row(
            "one-dimensional index taken apart and put together",
            one(
                "global int* out, int w",
                "int x = i % w; int y = i / w; out[y * w + x] = i;",
                BIG,
                37),
            "0"),
        row(
            "one-dimensional index with a pitch",
            one(
                "global int* out, int w",
                "int x = i % w; int y = i / w; out[y * 50 + x] = i;",
                BIG,
                37),
            "0"),
        row("reversed", one("global int* out, int n", "out[n - 1 - i] = i;", BIG, 1024), "0"),
        row(
            "aliased, but each its own",
            one(
                "global int* out, global const int* in",
                "out[i] = in[i] + 1;",
                words(2000, 7, 0),
                words(2000, 7, 0)),
            "0"),
        row(
            "halves of one memory",
            one(
                "global int* out, global const int* in",
                "out[i] = in[i + 1];",
                words(1024, 7, 0),
                words(2000, 7, 4096)),
            "0"),
        row(
            "histogram",
            one("global int* h, global const int* k", "atomic_inc(h + (k[i] & 255));", BIG, BIG),
            "0"),
        row(
            "grid stride",
            one(
                "global int* out, int n",
                "for (int j = i; j < n; j += get_global_size(0)) out[j] = j;",
                BIG,
                5000),
            "0"),
        row(
            "gate on a state vector",
            one(
                "global float* s, int t",
                "int lo = i & ((1 << t) - 1); int a = ((i >> t) << (t + 1)) | lo;"
                    + " int b = a | (1 << t); float u = s[a]; float v = s[b]; s[a] = u + v;"
                    + " s[b] = u - v;",
                BIG,
                4),
            "0"),
        row(
            "one partial sum for each group",
            Trial.of(
                    "kernel void f(global float* out, global const float* in, local float* t) {"
                        + " int l = get_local_id(0); t[l] = in[get_global_id(0)];"
                        + " barrier(CLK_LOCAL_MEM_FENCE);"
                        + " for (int s = get_local_size(0) / 2; s > 0; s >>= 1) {"
                        + " if (l < s) t[l] += t[l + s]; barrier(CLK_LOCAL_MEM_FENCE); }"
                        + " if (l == 0) out[get_group_id(0)] = t[0]; }",
                    1024)
                .local(64)
                .with(BIG, BIG, new LaunchShape.Argument.Local(256)),
            "0"),
        row(
            "transpose by tiles",
            Trial.of(
                    "kernel void f(global float* out, global const float* in, int w, int h) {"
                        + " local float t[8][9]; int lx = get_local_id(0), ly = get_local_id(1);"
                        + " int x = get_group_id(0) * 8 + lx, y = get_group_id(1) * 8 + ly;"
                        + " t[ly][lx] = in[y * w + x]; barrier(CLK_LOCAL_MEM_FENCE);"
                        + " int u = get_group_id(1) * 8 + lx, v = get_group_id(0) * 8 + ly;"
                        + " out[v * h + u] = t[lx][ly]; }",
                    64,
                    48)
                .local(8, 8)
                .with(BIG, BIG, 64, 48),
            "01"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void accepted(String name, Trial trial, String dimensions) {
    LaunchFacts facts = trial.facts();
    for (char digit : dimensions.toCharArray()) {
      SplitCertificate certificate = facts.certificate(digit - '0');
      assertEquals(Verdict.SPLITTABLE, certificate.verdict(), certificate.reasons().toString());
    }
  }

  @Test
  void stencilCopiesItsHaloAlone() {
    String source =
        "kernel void f(global float* out, global const float* in, int n) {"
            + X
            + "if (i > 0 && i < n - 1) out[i] = in[i - 1] + in[i + 1]; }";
    SplitCertificate certificate = Trial.of(source, 1000).with(BIG, BIG, 1000).certificate(0);
    BufferUse in = certificate.use(1).orElseThrow();
    assertEquals(Reading.RANGE, in.reading());
    assertEquals(List.of(ByteRange.of(99 * 4, 102 * 4)), in.reads(100, 200));
    BufferUse out = certificate.use(0).orElseThrow();
    assertEquals(Writing.EXACT, out.writing());
    assertEquals(List.of(ByteRange.of(4, 99 * 4)), out.writes(0, 100));
  }

  @Test
  void columnsAreStridedRanges() {
    String source = "kernel void f(global int* out, int w) { " + XY + " out[y * w + x] = x; }";
    SplitCertificate certificate = Trial.of(source, 64, 48).with(BIG, 64).certificate(0);
    BufferUse out = certificate.use(0).orElseThrow();
    assertEquals(List.of(new ByteRange(16 * 4, 8 * 4, 64 * 4, 48)), out.writes(16, 24));
  }

  @Test
  void conditionalWriteMayWrite() {
    String source =
        "kernel void f(global int* out, global const int* c) {" + X + "if (c[i]) out[i] = 1; }";
    BufferUse out = Trial.of(source, 100).with(BIG, BIG).certificate(0).use(0).orElseThrow();
    assertEquals(Writing.MAYBE, out.writing());
    assertEquals(List.of(ByteRange.of(40, 40)), out.writes(10, 20));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if (c[i]) out[i] = 1; else out[i] = 2;",
        "if (c[i]) { out[i] = 1; return; } out[i] = 2;",
        "if (i == 0 || i == 99) { out[i] = 1; return; } out[i] = 2;",
        "if (i > 7) { out[i] = 1; return; } out[i] = 2;",
        "out[i] = 0; if (c[i]) out[i] = 1;",
        "if (c[i]) { if (c[i + 1]) out[i] = 1; else out[i] = 2; } else out[i] = 3;"
      })
  void writeOnEveryWayIsExact(String body) {
    assertEquals(Writing.EXACT, writing(body), body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "if (c[i]) { out[i] = 1; out[i] = 2; }",
        "if (c[i]) out[i] = 1; if (c[i + 1]) out[i] = 2;",
        "if (c[i]) out[i] = 5; if (c[i + 1]) { out[i] = 1; return; } c[i] = 1;",
        "if (c[i]) out[i] = 1; else if (i < 50) out[i] = 2;",
        "if (c[i]) { out[i] = 1; return; } if (c[i + 1]) out[i] = 2;",
        "if (i == 0 || i == 99) return; if (c[i]) out[i] = 2;",
        "for (int k = 0; k < c[i]; k++) out[i] = k;",
        "while (c[i]) { if (c[i + 1]) break; out[i] = 1; }"
      })
  void writeOnSomeWaysIsNot(String body) {
    assertEquals(Writing.MAYBE, writing(body), body);
  }

  private static Writing writing(String body) {
    String source = "kernel void f(global int* out, global int* c) {" + X + body + " }";
    return Trial.of(source, 100).with(BIG, BIG).certificate(0).use(0).orElseThrow().writing();
  }

  @Test
  void gatheredBufferIsReadWhole() {
    String source =
        "kernel void f(global int* out, global const int* x, global const int* p) {"
            + X
            + "out[i] = x[p[i]]; }";
    SplitCertificate certificate = Trial.of(source, 100).with(BIG, BIG, BIG).certificate(0);
    assertEquals(Reading.WHOLE, certificate.use(1).orElseThrow().reading());
    assertEquals(Reading.RANGE, certificate.use(2).orElseThrow().reading());
  }

  @Test
  void histogramIsReducedByAddition() {
    String source =
        "kernel void f(global int* h, global const int* k) {" + X + "atomic_sub(h + k[i], 1); }";
    BufferUse use = Trial.of(source, 100).with(BIG, BIG).certificate(0).use(0).orElseThrow();
    assertEquals(Writing.REDUCED, use.writing());
    assertEquals(AtomicOp.ADD, use.reduction().orElseThrow());
  }

  @Test
  void groupsAreTheGranularityWhereTheyShow() {
    String source =
        "kernel void f(global int* o) { o[get_group_id(0) * 64 + get_local_id(0)] = 1; }";
    SplitCertificate certificate = Trial.of(source, 1024).local(64).with(BIG).certificate(0);
    assertEquals(64, certificate.granularity());
    assertTrue(certificate.splittable(), certificate.reasons().toString());
    assertEquals(List.of(ByteRange.of(256, 512)), certificate.use(0).orElseThrow().writes(64, 192));
  }

  @Test
  void unknownArgumentIsNeverGuessed() {
    String source = "kernel void f(global int* out, int s) {" + X + "out[i * s] = i; }";
    Trial trial = Trial.of(source, 100);
    LaunchShape open = LaunchShape.unknown(trial.kernel(), 1);
    SplitCertificate certificate = LaunchAnalysis.analyse(trial.kernel(), open).certificate(0);
    assertEquals(Verdict.DECIDED_AT_LAUNCH, certificate.verdict());
    assertTrue(certificate.reasons().toString().contains("depends on s"));
  }

  @Test
  void proofMayHoldForAllArguments() {
    String source =
        "kernel void f(global float* y, global const float* x, float a, int n) {"
            + X
            + "if (i < n) y[i] += a * x[i]; }";
    Trial trial = Trial.of(source, 100);
    LaunchShape open = LaunchShape.unknown(trial.kernel(), 1);
    SplitCertificate certificate = LaunchAnalysis.analyse(trial.kernel(), open).certificate(0);
    assertEquals(Verdict.SPLITTABLE, certificate.verdict(), certificate.reasons().toString());
  }
}
