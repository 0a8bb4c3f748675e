package io.allium.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A local service that is named by its host, as {@code localhost}: it may listen at one of its addresses alone. */
class LocalHostTest {
  private static final String HOST = "service.invalid";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.78", "::1"})
  void everyAddressOfTheServiceIsTried(String address) throws Exception {
    InetAddress listening = InetAddress.getByName(address);
    assumeThat(isOurs(listening)).as("this machine has " + address).isTrue();
    InetAddress deaf = InetAddress.getByAddress(new byte[] {127, 0, 0, 79});
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.uri());
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        ServerSocket service = new ServerSocket(0, 50, listening)) {
      service.setSoTimeout((int) PATIENCE.toMillis());
      ResolverGuard.answer(HOST, () -> List.of(deaf, listening));
      InetSocketAddress target =
          new InetSocketAddress(InetAddress.getAllByName(HOST)[0], service.getLocalPort());
      try (ServerForward forward = ServerForward.open(server, 0, target)) {
        for (List<InetAddress> all : List.of(List.of(deaf, listening), List.of(listening, deaf))) {
          ResolverGuard.answer(HOST, () -> all);
          try (I2pStream stream = client.connect(forward.address());
              Socket inside = service.accept()) {
            stream.output().write('?');
            assertThat(inside.getInputStream().read()).isEqualTo('?');
          }
        }
        ResolverGuard.answer(HOST, () -> List.of(deaf, deaf));
        try (I2pStream stream = client.connect(forward.address())) {
          stream.readTimeout(PATIENCE);
          assertThatThrownBy(() -> stream.input().read()).hasMessageContaining("reset");
        }
      }
    }
  }

  private static boolean isOurs(InetAddress address) {
    try (ServerSocket probe = new ServerSocket(0, 1, address)) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
