package io.allium.interop;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A stream between two routers, made of plain sockets.
 *
 * @param client the end that connected
 * @param server the end that accepted
 * @param sessions what the stream lives on
 * @param peer the line that told the acceptor who connects
 */
record RawStream(RawSam client, RawSam server, RawSam[] sessions, String peer)
    implements AutoCloseable {
  private static final int TRIES = 20;
  private static final AtomicInteger COUNT = new AtomicInteger();

  static RawStream open(TestNet net, int hops) throws IOException {
    return open(net, hops, "");
  }

  /** i2pd sometimes never publishes a session: only another one is reachable then. */
  static RawStream open(TestNet net, int hops, String connectOptions) throws IOException {
    RawSam client = RawSam.session(net.router(0), "raw-client-" + COUNT.incrementAndGet(), hops);
    for (int i = 0; i < TRIES; i++) {
      RawSam server = RawSam.session(net.router(1), "raw-server-" + COUNT.incrementAndGet(), hops);
      try {
        return open(net, client, server, connectOptions);
      } catch (EOFException | SocketTimeoutException e) {
        server.close();
      }
    }
    client.close();
    throw new IOException("two sessions of this network never reached each other");
  }

  private static RawStream open(TestNet net, RawSam client, RawSam server, String connectOptions)
      throws IOException {
    RawSam accepted = RawSam.hello(net.router(1));
    RawSam connected = RawSam.hello(net.router(0));
    try {
      accepted.ask("STREAM ACCEPT ID=" + server.id(), "STREAM STATUS RESULT=OK");
      connected.send(
          "STREAM CONNECT ID=" + client.id() + " DESTINATION=" + server.me() + connectOptions);
      if (!connected.line().equals("STREAM STATUS RESULT=OK")) {
        throw new EOFException("not reachable");
      }
      return new RawStream(connected, accepted, new RawSam[] {client, server}, accepted.line());
    } catch (IOException e) {
      accepted.close();
      connected.close();
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
    for (RawSam session : sessions) {
      session.close();
    }
  }
}
