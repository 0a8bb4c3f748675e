package io.allium.interop;

/** What {@code interop/mixed} runs: prints a line for each format and direction, and in the end whether all went well. */
final class MixedMain {
  private MixedMain() {}

  public static void main(String[] args) {
    // Threads of net.i2p are left.
    System.exit(run() ? 0 : 1);
  }

  private static boolean run() {
    long start = System.nanoTime();
    try {
      if (!MixedNetwork.isPossible()) {
        System.out.println(
            "mixed: FAILED: this i2pd refuses addresses of loopback: use 2.51 or newer,"
                + " for example interop/mixed /path/to/i2pd");
        return false;
      }
      try (MixedNetwork network = MixedNetwork.start()) {
        System.out.printf("one network of i2pd and Java routers, after %.1f s%n", seconds(start));
        try (MixedExchange exchange = new MixedExchange(network)) {
          int ways = exchange.run();
          System.out.printf(
              "Java routers carry %d tunnels of others%n"
                  + "mixed: ok: %d ways, %d datagrams each, all as they were sent; %.1f s%n",
              network.carriedByJava(), ways, MixedExchange.COUNT, seconds(start));
        }
        return true;
      }
    } catch (Exception | AssertionError e) {
      System.out.printf("mixed: FAILED after %.1f s: %s%n", seconds(start), e);
      return false;
    }
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
