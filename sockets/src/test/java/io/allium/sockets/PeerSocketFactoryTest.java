package io.allium.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ErrorKind;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

/** A factory as libraries make it: by the name of its class, with one text. */
class PeerSocketFactoryTest {
  private static SocketFactory byName(String label) throws ReflectiveOperationException {
    return Class.forName("io.allium.sockets.PeerSocketFactory")
        .asSubclass(SocketFactory.class)
        .getConstructor(String.class)
        .newInstance(label);
  }

  @Test
  void itsSocketsAreConnectedToThePeerThatWasRegisteredLast() throws Exception {
    try (MemoryNetwork network = MemoryNetwork.create();
        I2p i2p = I2p.connect(network.router("laptop"));
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        ServerSocket first = new I2pServerSocketFactory(server).createServerSocket(1);
        ServerSocket second = new I2pServerSocketFactory(server).createServerSocket(2)) {
      network.addName(Hostname.parse("db.i2p"), server.destination());
      I2pSocketFactory sockets = new I2pSocketFactory(client);
      for (ServerSocket each : new ServerSocket[] {first, second}) {
        PeerSocketFactory.register(
            "db", sockets, I2pAddress.parse("db.i2p:" + each.getLocalPort()));
        try (Socket socket = byName("db").createSocket();
            Socket accepted = each.accept()) {
          assertThat(socket.isConnected()).isTrue();
          assertThat(accepted.getRemoteSocketAddress())
              .isEqualTo(InetSocketAddress.createUnresolved(
                  client.destination().base32().text(), socket.getLocalPort()));
        }
      }
      try (Socket named = byName("db").createSocket("db.i2p", 1);
          Socket accepted = first.accept()) {
        assertThat(named.getRemoteSocketAddress()).isEqualTo(accepted.getLocalSocketAddress());
      }
      SocketFactory factory = byName("db");
      InetAddress loopback = InetAddress.getLoopbackAddress();
      assertThatThrownBy(() -> factory.createSocket(loopback, 1))
          .isExactlyInstanceOf(SocketException.class);
      assertThatThrownBy(() -> factory.createSocket(loopback, 1, loopback, 1))
          .isExactlyInstanceOf(SocketException.class);
      client.close();
      assertThatThrownBy(factory::createSocket)
          .isExactlyInstanceOf(SocketException.class)
          .cause()
          .isInstanceOfSatisfying(
              I2pException.class, cause -> assertThat(cause.kind()).isEqualTo(ErrorKind.CLOSED));
    }
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  @Test
  void aLabelThatNobodyRegisteredFails() {
    assertThatThrownBy(() -> byName("nobody"))
        .cause()
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage("no peer is known as nobody: call PeerSocketFactory.register first");
  }
}
