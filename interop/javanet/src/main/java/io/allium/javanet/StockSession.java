package io.allium.javanet;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import net.i2p.I2PAppContext;
import net.i2p.client.I2PSession;
import net.i2p.client.I2PSessionException;
import net.i2p.client.I2PSessionMuxedListener;
import net.i2p.client.impl.I2PClientImpl;
import net.i2p.crypto.Blinding;
import net.i2p.crypto.EncType;
import net.i2p.crypto.SigType;
import net.i2p.data.Base64;
import net.i2p.data.BlindData;
import net.i2p.data.DataFormatException;
import net.i2p.data.DataHelper;
import net.i2p.data.DatabaseEntry;
import net.i2p.data.Destination;
import net.i2p.data.PrivateKey;

/** A session of net.i2p's own client, over TCP, with raw datagrams: a peer that has nothing of ours. */
public final class StockSession implements AutoCloseable {
  private static final int RAW = 18;
  private static final int MOST_SENDS = 60;

  private static final String TYPE = "i2cp.leaseSetType";
  private static final String SECRET = "i2cp.leaseSetSecret";
  private static final String CLIENTS = "i2cp.leaseSetAuthType";

  /** The client writes a log. */
  private static final String OWN_FILES =
      Path.of("target", "stock-client").toAbsolutePath().toString();

  private final I2PSession session;
  private final Properties options;
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  private StockSession(I2PSession session, Properties options) {
    this.session = session;
    this.options = options;
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

  /**
   * With an encrypted lease set, of a destination of its own. Returns once its router has tunnels.
   *
   * @param router where its router serves I2CP
   * @param hops the length of its tunnels
   * @param more options of net.i2p's client: {@code i2cp.leaseSetSecret}, {@code i2cp.leaseSetAuthType} and those that belong
   *     to them
   */
  public static StockSession openEncrypted(
      InetSocketAddress router, int hops, Map<String, String> more) throws Exception {
    Properties options = options(router, hops);
    options.setProperty(TYPE, Integer.toString(DatabaseEntry.KEY_TYPE_ENCRYPTED_LS2));
    options.putAll(more);
    return open(options);
  }

  /**
   * The public half of a client's key, as {@code i2cp.leaseSetClient.dh.0} takes it.
   *
   * @param privateKey 32 bytes
   */
  public static byte[] publicKey(byte[] privateKey) {
    return new PrivateKey(EncType.ECIES_X25519, privateKey).toPublic().getData();
  }

  /** @param options the client takes the folders of its own files from them too */
  static StockSession open(Properties options) throws Exception {
    I2PClientImpl client = new I2PClientImpl();
    ByteArrayOutputStream keys = new ByteArrayOutputStream();
    client.createDestination(keys, SigType.EdDSA_SHA512_Ed25519);
    I2PSession session = client.createSession(
        new ClientContext(options), new ByteArrayInputStream(keys.toByteArray()), options);
    session.connect();
    return new StockSession(session, options);
  }

  /** Its destination, in binary. */
  public byte[] destination() {
    return session.getMyDestination().toByteArray();
  }

  /** The address of its encrypted lease set, which says whether it asks for a secret and for a client's key. */
  public String encryptedAddress() {
    return Blinding.encode(
        session.getMyDestination().getSigningPublicKey(),
        options.containsKey(SECRET),
        options.containsKey(CLIENTS));
  }

  /** Under what its encrypted lease set is published today. */
  byte[] blindedHash() {
    String secret = options.getProperty(SECRET);
    return new BlindData(
            I2PAppContext.getGlobalContext(),
            session.getMyDestination(),
            SigType.RedDSA_SHA512_Ed25519,
            secret == null ? null : DataHelper.getUTF8(Base64.decode(secret)))
        .getBlindedHash()
        .getData();
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

  /** Sends a raw datagram, which may get lost. */
  public void send(byte[] to, String text) throws I2PSessionException, DataFormatException {
    Destination peer = new Destination();
    peer.fromByteArray(to);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    session.sendMessage(peer, bytes, 0, bytes.length, null, null, 0, RAW, 0, 0);
  }

  /** The next datagram that came, if one comes in time. */
  public Optional<String> receive(Duration limit) throws InterruptedException {
    return Optional.ofNullable(received.poll(limit.toMillis(), TimeUnit.MILLISECONDS));
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
