package io.allium.interop;

import io.allium.I2p;
import io.allium.I2pSession;
import java.io.IOException;
import java.time.Duration;

/** A server's session on one router of the shared network, which peers can reach, and a client's on the other. */
final class TwoSides implements AutoCloseable {
  final I2p there;
  final I2p here;
  final I2pSession server;
  final I2pSession client;

  TwoSides() throws IOException {
    TestNet net = SharedNet.fast();
    there = I2p.connect(net.router(1));
    here = I2p.connect(net.router(0));
    try {
      server = there.open();
      client = here.open();
      server.awaitReachable(Duration.ofMinutes(1));
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** The server's name, as in a URL. */
  String host() {
    return server.destination().base32().text();
  }

  @Override
  public void close() {
    here.close(Duration.ZERO);
    there.close(Duration.ZERO);
  }
}
