package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is told of a network of real routers. */
@RequiresI2pd
class TestNetTest {
  @Test
  void aRouterThatWasKilledOnPurposeIsDeadAndBreaksNothing() throws Exception {
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
  void aNewNetworkEndsTheOneBeforeIt() throws Exception {
    TestNet shared = SharedNet.fast();
    assertThat(SharedNet.fast()).isSameAs(shared);
    try (TestNet own = TestNet.start(1, TestNet.FAST, "--no-check", "--floodfills", "0")) {
      assertThat(own.isClosed()).isFalse();
      assertThat(shared.isClosed()).isTrue();
      assertThat(shared.isBroken()).isFalse();
    }
    assertThat(SharedNet.fast()).isNotSameAs(shared);
  }
}
