package io.allium.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.I2pException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StandInTest {
  @Test
  void eachNameHasItsOwnAndKeepsIt() throws Exception {
    InetAddress one = StandIn.of("one.i2p");
    assertThat(one).isEqualTo(StandIn.of("one.i2p")).isNotEqualTo(StandIn.of("two.i2p"));
    assertThat(one.getHostName()).isEqualTo("one.i2p");
    assertThat(one.isMCNodeLocal()).isTrue();
  }

  @Test
  void noKernelConnectsToIt() throws Exception {
    try (Socket socket = new Socket()) {
      assertThatThrownBy(() -> socket.connect(new InetSocketAddress(StandIn.of("one.i2p"), 80)))
          .isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsNoNameOfI2pHasNone() {
    assertThatThrownBy(() -> StandIn.of("127.0.0.1"))
        .isInstanceOf(UnknownHostException.class)
        .hasCauseInstanceOf(I2pException.class);
  }

  @Test
  void aSocketTakesItForItsName() throws Exception {
    try (Ends ends = Ends.ofI2p()) {
      InetSocketAddress there = (InetSocketAddress) ends.listener.getLocalSocketAddress();
      Socket socket = ends.fresh();
      socket.connect(new InetSocketAddress(StandIn.of(there.getHostString()), there.getPort()));
      assertThat(socket.getRemoteSocketAddress()).isEqualTo(there);
    }
  }

  @Test
  void aSocketTakesNoOtherAddressWithSuchAName() throws Exception {
    try (Ends ends = Ends.ofI2p()) {
      InetSocketAddress there = (InetSocketAddress) ends.listener.getLocalSocketAddress();
      InetAddress planted =
          InetAddress.getByAddress(there.getHostString(), new byte[] {127, 0, 0, 1});
      assertThatThrownBy(
              () -> ends.fresh().connect(new InetSocketAddress(planted, there.getPort())))
          .isInstanceOf(SocketException.class);
    }
  }
}
