package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

/** Datagrams of every format in one network of i2pd and of Java routers. */
@RequiresI2pd
class MixedNetworkTest {
  /** Four formats over I2CP, and the two that i2pd's SAM has had from the beginning, both ways. */
  private static final int WAYS = 12;

  @Test
  void datagramsOfEveryFormatTravelBothWaysBetweenI2pdAndJavaRouters() throws Exception {
    assumeTrue(MixedNetwork.isPossible(), "i2pd before 2.51 refuses addresses of loopback");
    try (MixedNetwork network = MixedNetwork.start()) {
      try (MixedExchange exchange = new MixedExchange(network)) {
        assertThat(exchange.run()).as("ways").isGreaterThanOrEqualTo(WAYS);
      }
      assertThat(network.carriedByJava()).as("tunnels of others").isPositive();
    }
  }
}
