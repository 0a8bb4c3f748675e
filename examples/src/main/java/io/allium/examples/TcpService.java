package io.allium.examples;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.proxy.forward.ServerForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** Any TCP service of this machine on I2P, at an address that stays: SSH, a database, a game. */
public final class TcpService {
  private TcpService() {}

  /**
   * Runs the program until it is interrupted.
   *
   * @param args the router's URI, the service's port and a key file
   * @throws IOException if the network fails
   * @throws InterruptedException when it is to end
   */
  public static void main(String... args) throws IOException, InterruptedException {
    var service =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[1]));
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(args[2]));
        I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(keys);
        ServerForward forward = ServerForward.open(session, 0, service)) {
      System.out.println(session.destination().base32().text());
      Thread.currentThread().join();
    }
  }
}
