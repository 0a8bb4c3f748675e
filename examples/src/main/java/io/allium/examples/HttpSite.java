package io.allium.examples;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.proxy.forward.ServerForward;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** An ordinary web server behind a forward: a folder as an I2P site, at an address that stays. */
public final class HttpSite {
  private HttpSite() {}

  /**
   * Runs the program until it is interrupted.
   *
   * @param args the router's URI, a folder that everybody may read, and a key file, which must not be in it
   * @throws IOException if the network fails
   * @throws InterruptedException when it is to end
   */
  public static void main(String... args) throws IOException, InterruptedException {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext("/", SimpleFileServer.createFileHandler(Path.of(args[1]).toRealPath()));
    site.start();
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(Path.of(args[2]));
        I2p i2p = I2p.connect(args[0]);
        I2pSession session = i2p.open(keys);
        ServerForward forward = ServerForward.open(session, 0, site.getAddress())) {
      System.out.println("http://" + session.destination().base32().text() + "/");
      Thread.currentThread().join();
    } finally {
      site.stop(0);
    }
  }
}
