package io.allium.javanet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.i2p.I2PAppContext;
import net.i2p.client.I2PSession;
import net.i2p.client.I2PSessionException;
import net.i2p.client.I2PSessionMuxedListener;
import net.i2p.client.impl.I2PClientImpl;
import net.i2p.crypto.SigType;

/** A session of net.i2p's own client, over TCP, with raw datagrams. */
final class StockSession implements AutoCloseable {
  private static final int RAW = 18;
  private static final int MOST_SENDS = 60;

  /** The client writes a log. */
  private static final String OWN_FILES =
      Path.of("target", "stock-client").toAbsolutePath().toString();

  private final I2PSession session;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  private StockSession(I2PSession session) {
    this.session = session;
    session.addMuxedSessionListener(new Listener(), I2PSession.PROTO_ANY, I2PSession.PORT_ANY);
  }

  static Properties options(InetSocketAddress router, int hops) {
    Properties options = new Properties();
    options.setProperty("i2p.dir.config", OWN_FILES);
    options.setProperty("i2cp.tcp.host", "127.0.0.1");
    options.setProperty("i2cp.tcp.port", Integer.toString(router.getPort()));
    options.setProperty("i2cp.leaseSetEncType", "4");
    options.setProperty("i2cp.messageReliability", "none");
    options.setProperty("i2cp.fastReceive", "true");
    for (String direction : new String[] {"inbound.", "outbound."}) {
      options.setProperty(direction + "length", Integer.toString(hops));
      options.setProperty(direction + "lengthVariance", "0");
      options.setProperty(direction + "quantity", "2");
    }
    return options;
  }

  static StockSession open(InetSocketAddress router, int hops) throws Exception {
    return open(options(router, hops));
  }

  /** @param options the client takes the folders of its own files from them too */
  static StockSession open(Properties options) throws Exception {
    I2PClientImpl client = new I2PClientImpl();
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    client.createDestination(keys, SigType.EdDSA_SHA512_Ed25519);
    I2PSession session = client.createSession(
        new ClientContext(options), new ByteArrayInputStream(keys.toByteArray()), options);
    session.connect();
    return new StockSession(session);
  }

  byte[] hash() {
    return session.getMyDestination().calculateHash().getData();
  }

  /** Sends it until it arrives: any datagram may get lost, and the more so on a busy machine. */
  void deliver(StockSession to, String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < MOST_SENDS; i++) {
      session.sendMessage(
          to.session.getMyDestination(), bytes, 0, bytes.length, null, null, 0, RAW, 1, 2);
      String arrived = to.received.poll(1, TimeUnit.SECONDS);
      while (arrived != null) {
        if (arrived.equals(text)) {
          return;
        }
        arrived = to.received.poll();
      }
    }
    throw new AssertionError(MOST_SENDS + " times sent and never received: " + text);
  }

  /** The next reason that the router or its end gave. */
  String awaitEnd() throws InterruptedException {
    String end = ends.poll(60, TimeUnit.SECONDS);
    if (end == null) {
      throw new AssertionError("no end");
    }
    return end;
  }

  @Override
  public void close() throws I2PSessionException {
    session.destroySession();
  }

  /** That of a program that has no router. Unlike its parent's constructors, it does not try to become the global one. */
  private static final class ClientContext extends I2PAppContext {
    ClientContext(Properties options) {
      super(false, options);
    }
  }

  private final class Listener implements I2PSessionMuxedListener {
    @Override
    public void messageAvailable(I2PSession of, int id, long size) {
      throw new AssertionError("called without protocol and ports");
    }

    @Override
    public void messageAvailable(I2PSession of, int id, long size, int protocol, int from, int to) {
      try {
        received.add(new String(of.receiveMessage(id), StandardCharsets.UTF_8));
      } catch (I2PSessionException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public void reportAbuse(I2PSession of, int severity) {}

    @Override
    public void disconnected(I2PSession of) {
      ends.add("disconnected");
    }

    @Override
    public void errorOccurred(I2PSession of, String message, Throwable error) {
      ends.add(message);
    }
  }
}
