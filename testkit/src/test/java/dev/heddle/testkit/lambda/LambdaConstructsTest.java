package dev.heddle.testkit.lambda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.heddle.runtime.api.LambdaOptions;
import dev.heddle.runtime.api.Session;
import dev.heddle.runtime.api.SessionOptions;
import dev.heddle.runtime.function.RangeBody;
import dev.heddle.runtime.run.Execution;
import dev.heddle.runtime.run.RunOptions;
import dev.heddle.runtime.run.SplitPolicy;
import dev.heddle.runtime.spi.DeviceInfo;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each construct in plain Java and on every device, whole and split at random: the same bits. */
class LambdaConstructsTest {
  private static final Map<String, Function<Data, RangeBody>> CONSTRUCTS = Constructs.all();
  private static final int[] SIZES = {1, 333};

  private static final String TIER = "heddle.cpu.tier";

  private static Session session;

  /** Its CPU device uses vector code wherever there can be some, however slow it is at first. */
  private static Session vectors;

  private static int constructsInVectors;

  @BeforeAll
  static void open() {
    session = Session.open(SessionOptions.DEFAULT.forgetful());
    System.setProperty(TIER, "vector");
    vectors = Session.open(SessionOptions.DEFAULT.forgetful());
    System.clearProperty(TIER);
  }

  @AfterAll
  static void close() {
    session.close();
    vectors.close();
    assertTrue(
        constructsInVectors > CONSTRUCTS.size() * 3 / 4,
        () -> "only " + constructsInVectors + " constructs ran as vectors");
  }

  static Stream<String> constructs() {
    return CONSTRUCTS.keySet().stream();
  }

  private static Object[] plain(String construct, int n) {
    Data data = new Data(n);
    RangeBody body = CONSTRUCTS.get(construct).apply(data);
    for (int i = 0; i < n; i++) {
      body.at(i);
    }
    return data.results();
  }

  private static Execution compare(String construct, int n, RunOptions options) {
    return compare(construct, n, options, session);
  }

  private static Execution compare(String construct, int n, RunOptions options, Session on) {
    Data data = new Data(n);
    RangeBody body = CONSTRUCTS.get(construct).apply(data);
    Execution execution = on.with(LambdaOptions.of(options)).parallelFor(n, body);
    assertArrayEquals(plain(construct, n), data.results(), () -> construct + " of " + n);
    return execution;
  }

  @ParameterizedTest
  @MethodSource("constructs")
  void computesOnEveryDeviceWhatPlainJavaComputes(String construct) {
    for (DeviceInfo device : session.devices()) {
      for (int n : SIZES) {
        compare(construct, n, RunOptions.DEFAULT.on(device.id()));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("constructs")
  void computesTheSameInVectors(String construct) {
    for (int n : SIZES) {
      Execution execution = compare(construct, n, RunOptions.DEFAULT.on("cpu"), vectors);
      boolean inVectors = execution.devices().getFirst().tier().equals("vector");
      constructsInVectors += inVectors && n == SIZES[1] ? 1 : 0;
    }
  }

  @ParameterizedTest
  @MethodSource("constructs")
  void computesTheSameSplitAtRandom(String construct) {
    List<String> devices = session.devices().stream().map(DeviceInfo::id).toList();
    assumeTrue(devices.size() > 1, "needs two devices");
    Random random = new Random(construct.hashCode());
    for (int round = 0; round < 2; round++) {
      Map<String, Double> shares = new LinkedHashMap<>();
      devices.forEach(device -> shares.put(device, 0.5 + random.nextDouble()));
      Execution execution =
          compare(
              construct,
              400 + random.nextInt(600),
              RunOptions.DEFAULT.withSplit(new SplitPolicy.Shares(shares)));
      assertEquals(devices.size(), execution.devices().size(), () -> execution.split().toString());
    }
  }
}
