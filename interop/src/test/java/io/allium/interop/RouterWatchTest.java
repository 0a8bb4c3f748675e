package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A router that dies is noticed, and one that is killed on purpose is not held against i2pd. */
@RequiresI2pd
class RouterWatchTest {
  @Test
  void aDeadRouterIsSeenAndBreaksItsNetworkUnlessItWasKilledOnPurpose() throws Exception {
    try (TestNet net = TestNet.start(2, TestNet.FAST, "--no-check")) {
      assertThat(net.dead()).isEmpty();
      net.kill(1);
      assertThat(net.dead()).containsExactly(1);
      assertThat(net.isBroken()).isFalse();
      net.restart(1);
      assertThat(net.dead()).isEmpty();
    }
  }

  @Test
  void aNetworkInWhichNobodyIsFoundIsSeen() throws Exception {
    try (TestNet net = TestNet.start(2, TestNet.FAST)) {
      assertThat(net.isDeaf()).isFalse();
      net.kill(2);
      net.kill(3);
      assertThat(net.isDeaf()).isTrue();
    }
  }
}
