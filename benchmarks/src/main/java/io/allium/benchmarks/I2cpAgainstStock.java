package io.allium.benchmarks;

/**
 * Datagrams of 1 KB over I2CP against the client of Java I2P, on a router of i2pd and on one of Java I2P, each in a process of
 * its own, as is the other end. Both clients are here, one at work at a time, so that the CPU is that of the client; it is given
 * for 100,000. Arguments: pairs, the SAM bridge of an i2pd, which has I2CP two ports below.
 */
public final class I2cpAgainstStock {
  private static final int WARM_UP = 3;

  /** Ours is as fast as it gets after some 300,000 datagrams. */
  private static final int FIRST_WARM_UP = 8;

  private static final int GREETING = 16;

  /** Java I2P hands on some tens of thousands a second; signatures take longer. */
  private static final int JAVA_RAW = 40_000;

  /** i2pd hands on a few thousand a second. */
  private static final int COUNT = 4_000;

  /** The JDK signs and verifies two thousand a second. */
  private static final int SLOW = 2_000;

  private static final double CPU_OF = 100_000;
  private static final int JAVA_ROUTERS = 4;
  private static final int ATTEMPTS = 120;
  private static final int HOPS = 1;

  private interface Run {
    /** How many arrived. */
    long run() throws Exception;
  }

  /** One client with the far end. */
  private static final class Side {
    private final I2cpClient client;
    private final FarEnd far;
    private final Exchange exchange;
    private long lost;

    Side(I2cpClient client, FarEnd far) {
      this.client = client;
      this.far = far;
      exchange = new Exchange(client);
    }

    /** A lease set is on its way for some seconds. */
    void greet() throws Exception {
      for (int i = 0; i < ATTEMPTS; i++) {
        begin();
        exchange.send(false, GREETING);
        if (far.arrived() > 0) {
          return;
        }
      }
      throw new IllegalStateException("nothing arrives");
    }

    private void begin() throws Exception {
      exchange.begin(far.destination());
      far.take(client.destination());
    }

    Cost send(boolean signed, int count) throws Exception {
      begin();
      return cost(count, () -> {
        exchange.send(signed, count);
        return far.arrived();
      });
    }

    Cost receive(boolean signed, int count) throws Exception {
      begin();
      return cost(count, () -> {
        far.give(client.destination(), signed, count);
        return exchange.arrived();
      });
    }

    /** As if all had arrived at the pace of those that did; CPU for 100,000. */
    private Cost cost(int count, Run run) throws Exception {
      long[] arrived = new long[1];
      Cost cost = Cost.of(() -> arrived[0] = run.run());
      if (arrived[0] == 0 || exchange.wrong() > 0) {
        throw new IllegalStateException("nothing arrived, or wrong bytes");
      }
      lost += count - arrived[0];
      double share = (double) arrived[0] / count;
      return new Cost(cost.seconds() / share, cost.cpu() / arrived[0] * CPU_OF);
    }
  }

  private I2cpAgainstStock() {}

  /** Runs the comparison. */
  public static void main(String... args) throws Exception {
    int rounds = Integer.parseInt(args[0]);
    try (JavaRouters java = JavaRouters.start(JAVA_ROUTERS)) {
      compare("Java I2P", java.i2cp(JAVA_ROUTERS - 1), JAVA_RAW, rounds);
    }
    compare("i2pd", Routers.i2cp(args[1]), COUNT, rounds);
  }

  /** Both ends are at one router, which hands on what they send: no tunnel sets the pace. */
  private static void compare(String name, String router, int raw, int rounds) throws Exception {
    try (FarEnd far = FarEnd.start(router, HOPS);
        OurI2cp ours = OurI2cp.open(router, HOPS);
        StockI2cp stock = StockI2cp.open(router, HOPS)) {
      Side our = new Side(ours, far);
      Side other = new Side(stock, far);
      our.greet();
      other.greet();
      int warmUp = raw == JAVA_RAW ? FIRST_WARM_UP : WARM_UP;
      pairs(name + ", raw, ", false, raw, warmUp, rounds, our, other);
      pairs(name + ", signed, ", true, SLOW, WARM_UP, rounds, our, other);
      BouncyEd25519.register();
      pairs(name + ", signed, BC, ", true, COUNT, WARM_UP, rounds, our, other);
      BouncyEd25519.unregister();
      System.out.println(name + ": lost by the router, ours " + our.lost + ", other " + other.lost);
      if (ours.dropped() > 0) {
        throw new IllegalStateException("the window is too large");
      }
    }
  }

  private static void pairs(
      String what, boolean signed, int count, int warmUp, int rounds, Side our, Side other)
      throws Exception {
    Pairs.compare(
        what + "sent",
        "/s",
        count,
        warmUp,
        rounds,
        () -> our.send(signed, count),
        () -> other.send(signed, count));
    Pairs.compare(
        what + "received",
        "/s",
        count,
        warmUp,
        rounds,
        () -> our.receive(signed, count),
        () -> other.receive(signed, count));
  }
}
