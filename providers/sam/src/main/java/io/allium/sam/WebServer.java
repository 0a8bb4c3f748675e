package io.allium.sam;

import io.allium.spi.support.RouterAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Tells a web server from a bridge that is slow: it answers a request. */
final class WebServer {
  private static final int PATIENCE_MILLIS = 2000;
  private static final byte[] REQUEST =
      "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final String BEGINNING = "HTTP/";

  private WebServer() {}

  /** Takes some seconds at most, and no more than are left. */
  static boolean isAt(RouterAddress address, long leftNanos) {
    int patience = (int) Math.min(PATIENCE_MILLIS, TimeUnit.NANOSECONDS.toMillis(leftNanos));
    if (patience < 1) {
      return false;
    }
    try (Socket socket = new Socket()) {
      InetSocketAddress at = address.resolve().getFirst();
      socket.connect(at, patience);
      socket.setSoTimeout(patience);
      socket.getOutputStream().write(REQUEST);
      byte[] answer = socket.getInputStream().readNBytes(BEGINNING.length());
      return new String(answer, StandardCharsets.US_ASCII).equals(BEGINNING);
    } catch (IOException e) {
      System.getLogger(WebServer.class.getName())
          .log(System.Logger.Level.DEBUG, "no page came from there: " + e.getMessage());
      return false;
    }
  }
}
