package io.allium.javanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Routers that know each other by what they publish alone. */
@Tag("javanet")
class LoopbackRouterTest {
  private static final Duration LIMIT = Duration.ofMinutes(1);

  @Test
  void routersThatMeetBuildTunnelsThroughEachOther() throws Exception {
    try (LoopbackRouter a = LoopbackRouter.start(0);
        LoopbackRouter b = LoopbackRouter.start(1);
        LoopbackRouter c = LoopbackRouter.start(2)) {
      List<LoopbackRouter> all = List.of(a, b, c);
      for (LoopbackRouter router : all) {
        for (LoopbackRouter other : all) {
          if (!other.equals(router)) {
            assertThat(router.meet(other.description())).isTrue();
          }
        }
      }
      for (LoopbackRouter router : all) {
        router.awaitTunnels(LIMIT);
      }
      assertThat(all.stream().mapToInt(LoopbackRouter::carried).sum()).isPositive();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> a.meet(new byte[10]));
      try (Socket open = new Socket(a.i2cp().getAddress(), a.i2cp().getPort())) {
        assertThat(open.isConnected()).isTrue();
      }
    }
  }

  @Test
  void aRouterWithoutAnAddressIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> LoopbackRouter.start(-1));
    assertThatIllegalArgumentException().isThrownBy(() -> LoopbackRouter.start(100));
  }
}
