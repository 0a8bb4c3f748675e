package io.allium.benchmarks;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How long a session takes to open, with keys that are there. At a stub in this JVM that answers at once, all of it is the
 * client's, ours or that of Java I2P; on a real router, each message is told apart. Arguments: pairs of a hundred, the SAM bridge
 * of an i2pd, which has I2CP two ports below.
 */
public final class I2cpOpening {
  private static final int COUNT = 100;
  private static final int JAVA_ROUTERS = 4;
  private static final int REAL_RUNS = 5;
  private static final int CREATE_LEASE_SET = 41;
  private static final double MILLI = 1e6;
  private static final Map<Integer, String> NAMES = Map.of(
      I2cpStub.GET_DATE,
      "GetDate",
      I2cpStub.SET_DATE,
      "SetDate",
      I2cpStub.CREATE_SESSION,
      "CreateSession",
      I2cpStub.SESSION_STATUS,
      "SessionStatus",
      I2cpStub.LEASE_SET_WANTED,
      "RequestVariableLeaseSet",
      41,
      "CreateLeaseSet2");
  private static final SessionConfig CONFIG = SessionConfig.builder()
      .protocols(Protocol.DATAGRAM)
      .tunnelLength(1, 1)
      .tunnelQuantity(2, 2)
      .build();

  private I2cpOpening() {}

  /** Runs it. */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    try (I2cpStub stub = new I2cpStub()) {
      Pairs.compare(
          "sessions opened at a stub",
          "/s",
          COUNT,
          rounds,
          () -> ours(stub.uri()),
          () -> stock(stub.uri()));
      profile("a stub", stub.uri(), COUNT);
    }
    profile("i2pd", Routers.i2cp(args[1]), REAL_RUNS);
    try (JavaRouters java = JavaRouters.start(JAVA_ROUTERS)) {
      profile("Java I2P", java.i2cp(JAVA_ROUTERS - 1), REAL_RUNS);
    }
  }

  /** New keys are made before, and the closing is not counted, for neither. */
  private static Cost ours(String router) throws Exception {
    double seconds = 0;
    double cpu = 0;
    try (I2p i2p = I2p.connect(router)) {
      for (int i = 0; i < COUNT; i++) {
        try (DestinationKeys keys = DestinationKeys.generate()) {
          SessionConfig config = CONFIG.toBuilder().keys(keys).build();
          I2pSession[] opened = new I2pSession[1];
          Cost cost = Cost.of(() -> opened[0] = i2p.open(config));
          seconds += cost.seconds();
          cpu += cost.cpu();
          opened[0].close();
        }
      }
    }
    return new Cost(seconds, cpu);
  }

  private static Cost stock(String router) throws Exception {
    double seconds = 0;
    double cpu = 0;
    for (int i = 0; i < COUNT; i++) {
      byte[] keys = StockI2cp.newKeys();
      StockI2cp[] opened = new StockI2cp[1];
      Cost cost = Cost.of(() -> opened[0] = StockI2cp.open(router, 1, keys));
      seconds += cost.seconds();
      cpu += cost.cpu();
      opened[0].close();
    }
    return new Cost(seconds, cpu);
  }

  /** What passes before a message is the work of who sent it. */
  private static void profile(String name, String router, int runs) throws Exception {
    Map<String, List<Double>> steps = new LinkedHashMap<>();
    for (int run = 0; run < runs; run++) {
      try (I2cpTap tap = new I2cpTap(router);
          DestinationKeys keys = DestinationKeys.generate();
          I2p i2p = I2p.connect(tap.uri())) {
        SessionConfig config = CONFIG.toBuilder().keys(keys).build();
        tap.forget(); // the greeting of connect()
        long start = System.nanoTime();
        I2pSession session = i2p.open(config);
        long end = System.nanoTime();
        List<I2cpTap.Seen> seen = tap.awaitLast(CREATE_LEASE_SET);
        add(seen, start, end, steps);
        session.close();
      }
    }
    System.out.println("a session at " + name + ", " + runs + " runs, ms");
    steps.forEach(I2cpOpening::print);
  }

  private static void add(
      List<I2cpTap.Seen> seen, long start, long end, Map<String, List<Double>> steps) {
    double ours = 0;
    long last = start;
    Map<String, Double> parts = new LinkedHashMap<>();
    for (I2cpTap.Seen message : seen) {
      double millis = (message.nanos() - last) / MILLI;
      last = message.nanos();
      ours += message.ours() ? millis : 0;
      String sender = message.ours() ? "until our " : "until the router's ";
      parts.merge(sender + NAMES.getOrDefault(message.type(), "other"), millis, Double::sum);
    }
    ours += Math.max(0, end - last) / MILLI;
    parts.put("from open() to the lease set", (Math.max(end, last) - start) / MILLI);
    parts.put("of that ours", ours);
    parts.forEach((part, millis) ->
        steps.computeIfAbsent(part, unused -> new ArrayList<>()).add(millis));
  }

  private static void print(String step, List<Double> millis) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        Locale.ROOT,
        "  %-40s median %8.2f, %.2f-%.2f%n",
        step,
        Pairs.median(sorted),
        sorted[0],
        sorted[sorted.length - 1]);
  }
}
