package io.allium.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.Properties;
import java.util.function.Consumer;
import net.i2p.I2PAppContext;
import net.i2p.client.I2PSession;
import net.i2p.client.I2PSessionException;
import net.i2p.client.I2PSessionMuxedListener;
import net.i2p.client.datagram.I2PDatagramDissector;
import net.i2p.client.datagram.I2PDatagramMaker;
import net.i2p.client.datagram.I2PInvalidDatagramException;
import net.i2p.client.impl.I2PClientImpl;
import net.i2p.crypto.SigType;
import net.i2p.data.DataFormatException;
import net.i2p.data.Destination;
import org.jspecify.annotations.Nullable;

/** Through the client of Java I2P, with the same options as ours. */
final class StockI2cp implements I2cpClient {
  private final I2PSession session;
  private final I2PDatagramMaker maker;
  private final I2PDatagramDissector dissector = new I2PDatagramDissector();
  private volatile Destination peer;
  private volatile boolean closing;
  private volatile Consumer<byte[]> listener = payload -> {};

  private StockI2cp(I2PSession session) {
    this.session = session;
    maker = new I2PDatagramMaker(session);
    peer = session.getMyDestination();
    session.addMuxedSessionListener(new Listener(), I2PSession.PROTO_ANY, I2PSession.PORT_ANY);
  }

  static StockI2cp open(String router, int hops) throws Exception {
    return open(router, hops, newKeys());
  }

  static StockI2cp open(String router, int hops, byte[] keys) throws Exception {
    I2PSession session = new I2PClientImpl()
        .createSession(Context.ONE, new ByteArrayInputStream(keys), options(router, hops));
    session.connect();
    return new StockI2cp(session);
  }

  static byte[] newKeys() throws Exception {
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    new I2PClientImpl().createDestination(keys, SigType.EdDSA_SHA512_Ed25519);
    return keys.toByteArray();
  }

  private static Properties options(String router, int hops) {
    URI at = URI.create(router);
    Properties options = new Properties();
    options.setProperty("i2cp.tcp.host", at.getHost());
    options.setProperty("i2cp.tcp.port", Integer.toString(at.getPort()));
    options.setProperty("i2cp.leaseSetEncType", "4");
    options.setProperty("i2cp.messageReliability", "none");
    options.setProperty("i2cp.fastReceive", "true");
    options.setProperty("i2cp.gzip", "false");
    for (String direction : new String[] {"inbound.", "outbound."}) {
      options.setProperty(direction + "length", Integer.toString(hops));
      options.setProperty(direction + "lengthVariance", "0");
      options.setProperty(direction + "quantity", "2");
    }
    return options;
  }

  @Override
  public String destination() {
    return session.getMyDestination().toBase64();
  }

  @Override
  public void peer(String destination) throws DataFormatException {
    peer = new Destination(destination);
  }

  @Override
  public void tell(Consumer<byte[]> value) {
    listener = value;
  }

  @Override
  public void send(boolean signed, byte[] payload) throws I2PSessionException {
    byte[] datagram = signed ? maker.makeI2PDatagram(payload) : payload;
    session.sendMessage(
        peer,
        datagram,
        signed ? I2PSession.PROTO_DATAGRAM : I2PSession.PROTO_DATAGRAM_RAW,
        OurI2cp.PORT,
        OurI2cp.PORT);
  }

  @Override
  public void close() throws I2PSessionException {
    closing = true;
    session.destroySession();
  }

  /** That of a program that has no router; the client writes its log into its folder. */
  private static final class Context extends I2PAppContext {
    static final Context ONE = new Context(folder());

    private Context(Properties options) {
      super(false, options);
    }

    private static Properties folder() {
      Properties options = new Properties();
      options.setProperty(
          "i2p.dir.config", Path.of("benchmarks", "target", "stock-client").toAbsolutePath() + "");
      return options;
    }
  }

  private final class Listener implements I2PSessionMuxedListener {
    @Override
    public void messageAvailable(I2PSession of, int id, long size) {
      throw new IllegalStateException("called without protocol and ports");
    }

    @Override
    public void messageAvailable(I2PSession of, int id, long size, int protocol, int from, int to) {
      try {
        byte[] message = of.receiveMessage(id);
        if (protocol == I2PSession.PROTO_DATAGRAM) {
          dissector.loadI2PDatagram(message);
          message = dissector.getPayload();
        }
        listener.accept(message);
      } catch (I2PSessionException | DataFormatException | I2PInvalidDatagramException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void reportAbuse(I2PSession of, int severity) {}

    @Override
    public void disconnected(I2PSession of) {
      errorOccurred(of, "disconnected", null);
    }

    @Override
    public void errorOccurred(I2PSession of, String message, @Nullable Throwable error) {
      if (!closing) {
        System.out.println("the other client: " + message);
      }
    }
  }
}
