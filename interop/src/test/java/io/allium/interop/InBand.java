package io.allium.interop;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Whether this i2pd opens a session for datagrams without the port of a UDP socket: 2.45 does, 2.56 never answers. Asked with
 * a plain socket.
 */
final class InBand {
  static final String WHY_NOT =
      "this i2pd never answers SESSION CREATE STYLE=DATAGRAM without PORT";

  /** Forty times what it takes where it works. */
  private static final int PATIENCE_MILLIS = 10_000;

  private static volatile @Nullable Boolean known;

  private InBand() {}

  /** {@link I2pdWitnessTest} fails where this says no of the installed version, so that nothing is left out unnoticed. */
  static boolean isAnswered() throws IOException {
    Boolean answered = known;
    if (answered == null) {
      answered = ask();
      known = answered;
    }
    return answered;
  }

  private static boolean ask() throws IOException {
    URI router = SharedNet.fast().router(0);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(router.getHost(), router.getPort()));
      socket.setSoTimeout(PATIENCE_MILLIS);
      ask(socket, "HELLO VERSION MIN=3.0 MAX=3.1");
      return ask(
              socket,
              "SESSION CREATE STYLE=DATAGRAM ID=in-band-" + System.nanoTime()
                  + " DESTINATION=TRANSIENT SIGNATURE_TYPE=7 inbound.length=0 outbound.length=0")
          .startsWith("SESSION STATUS RESULT=OK");
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private static String ask(Socket socket, String line) throws IOException {
    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    StringBuilder reply = new StringBuilder();
    InputStream in = socket.getInputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      reply.append((char) next);
    }
    if (reply.isEmpty()) {
      throw new EOFException("the bridge answers nothing to " + line);
    }
    return reply.toString();
  }
}
