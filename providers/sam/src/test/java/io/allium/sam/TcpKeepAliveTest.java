package io.allium.sam;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.protocol.sam.state.HelloConversation;
import io.allium.spi.support.AbortableCall;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

/** The kernel watches every connection to a router elsewhere, and none to one on this machine, which it knows anyway. */
class TcpKeepAliveTest {
  @Test
  void aConnectionOnThisMachineIsNotWatched() throws Exception {
    try (StubBridge bridge = StubBridge.speaking("3.1");
        SamConnection connection = new SamBridge(
                SamUri.parse(bridge.uri()).address(), HelloConversation.DEFAULT)
            .connect(new AbortableCall())) {
      assertThat(connection.channel().getOption(StandardSocketOptions.SO_KEEPALIVE))
          .isFalse();
    }
  }

  @Test
  void whatIsWatchedIsAskedAfterAMinuteOfSilence() throws Exception {
    try (SocketChannel channel = SocketChannel.open()) {
      TcpKeepAlive.on(channel);
      assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
      assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(60);
      assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(10);
      assertThat(channel.getOption(ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(6);
    }
  }
}
