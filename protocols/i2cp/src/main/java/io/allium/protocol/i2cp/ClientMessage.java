package io.allium.protocol.i2cp;

import io.allium.protocol.structures.OptionsMapping;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the messages of a client to its router, each with its header (I2CP, "I2CP Message Header"). */
public final class ClientMessage {
  /** Not of a session: for look-ups on a connection that has none (I2CP, "Session ID"). */
  public static final int NO_SESSION = 0xffff;

  /** The first byte of every connection (I2CP, "Protocol Handshake"). */
  private static final int PROTOCOL = 0x2a;

  /** Of the gzip header that wraps a payload, and of the message itself, without the destination. */
  private static final int SEND_FIXED = 2 + 4 + 4 + 8;

  private static final int HEADER = Integer.BYTES + Byte.BYTES;
  private static final int CREATE_SESSION = 1;
  private static final int RECONFIGURE_SESSION = 2;
  private static final int DESTROY_SESSION = 3;
  private static final int GET_BANDWIDTH_LIMITS = 8;
  private static final int GET_DATE = 32;
  private static final int SEND_MESSAGE_EXPIRES = 36;
  private static final int HOST_LOOKUP = 38;
  private static final int CREATE_LEASE_SET_2 = 41;
  private static final int BLINDING_INFO = 42;
  private static final int LEASE_SET_2 = 3;
  private static final int LOOKUP_HASH = 0;
  private static final int LOOKUP_NAME = 1;
  private static final int FLAG_CLIENT_KEY = 1;
  private static final int SCHEME_SHIFT = 1;
  private static final int FLAG_SECRET = 0x10;
  private static final int ENDPOINT_KEY = 3;

  /** Of a BlindingInfo, without the keys and the secret. */
  private static final int BLINDING_FIXED = 2 + 1 + 1 + 2 + 4 + 2;

  private static final int MAX_STRING = 255;
  private static final long DATE_BITS = 0xffff_ffff_ffffL;

  private ClientMessage() {}

  /**
   * What a connection begins with: the protocol's byte, and GetDate with the version of ours.
   *
   * @param version the API that we speak
   * @param login user and password, if the router wants them
   * @return to be wiped once written, if there is a password in it
   */
  public static byte[] greeting(String version, Optional<Login> login) {
    byte[] options = login
        .map(who -> OptionsMapping.encode(
            Map.of("i2cp.username", who.user(), "i2cp.password", who.password())))
        .orElse(new byte[0]);
    byte[] message = getDate(version, options);
    return ByteBuffer.allocate(1 + message.length)
        .put((byte) PROTOCOL)
        .put(message)
        .array();
  }

  /**
   * Asks for the router's clock.
   *
   * @param version the API that we speak
   * @return the message
   */
  public static byte[] getDate(String version) {
    return getDate(version, new byte[0]);
  }

  /**
   * Puts a destination online.
   *
   * @param config its session configuration, signed
   * @return the message
   */
  public static byte[] createSession(byte[] config) {
    return message(CREATE_SESSION, config.length).put(config).array();
  }

  /**
   * Changes the configuration of a session.
   *
   * @param session which
   * @param config what changes, signed
   * @return the message
   */
  public static byte[] reconfigureSession(int session, byte[] config) {
    return message(RECONFIGURE_SESSION, Short.BYTES + config.length)
        .putShort((short) session)
        .put(config)
        .array();
  }

  /**
   * Takes a destination offline.
   *
   * @param session which
   * @return the message
   */
  public static byte[] destroySession(int session) {
    return message(DESTROY_SESSION, Short.BYTES).putShort((short) session).array();
  }

  /**
   * Asks how much the router may transfer.
   *
   * @return the message
   */
  public static byte[] getBandwidthLimits() {
    return message(GET_BANDWIDTH_LIMITS, 0).array();
  }

  /**
   * Gives the router a lease set of type LeaseSet2, and what decrypts messages to it.
   *
   * @param session whose
   * @param leaseSet signed
   * @param keys one for each key in the lease set, in the same order
   * @return to be wiped once written: it has private keys
   */
  public static byte[] createLeaseSet2(int session, byte[] leaseSet, List<DecryptionKey> keys) {
    int length = Short.BYTES + 1 + leaseSet.length + 1;
    for (DecryptionKey key : keys) {
      length += 2 * Short.BYTES + key.key().length;
    }
    byte[] message = new byte[HEADER + length];
    ByteBuffer into = header(ByteBuffer.wrap(message), CREATE_LEASE_SET_2, length)
        .putShort((short) session)
        .put((byte) LEASE_SET_2)
        .put(leaseSet)
        .put((byte) keys.size());
    for (DecryptionKey key : keys) {
      into.putShort((short) key.type()).putShort((short) key.key().length).put(key.key());
    }
    return message;
  }

  /**
   * Asks for the destination with a hash.
   *
   * @param session whose tunnels carry the question, or {@link #NO_SESSION}
   * @param request a number for the answer
   * @param timeoutMillis how long the router may look
   * @param hash 32 bytes
   * @return the message
   */
  public static byte[] lookup(int session, long request, long timeoutMillis, byte[] hash) {
    return lookup(session, request, timeoutMillis, LOOKUP_HASH, hash);
  }

  /**
   * Asks for the destination with a name.
   *
   * @param session whose tunnels carry the question, or {@link #NO_SESSION}
   * @param request a number for the answer
   * @param timeoutMillis how long the router may look
   * @param name a host name, or a b32 address of an encrypted lease set; at most 255 bytes
   * @return the message
   */
  public static byte[] lookup(int session, long request, long timeoutMillis, String name) {
    return lookup(session, request, timeoutMillis, LOOKUP_NAME, string(name));
  }

  /**
   * Gives the router what opens an encrypted lease set. It does not answer.
   *
   * @param session whose, or {@link #NO_SESSION}
   * @param info what it needs
   * @return to be wiped once written: it may have a private key and a secret
   */
  public static byte[] blindingInfo(int session, BlindingInfo info) {
    int flags = info.clientKey()
            .map(key -> FLAG_CLIENT_KEY | key.scheme() << SCHEME_SHIFT)
            .orElse(0)
        | info.secret().map(secret -> FLAG_SECRET).orElse(0);
    int length = BLINDING_FIXED
        + info.publicKey().length
        + info.clientKey().map(key -> key.key().length).orElse(0)
        + info.secret().map(secret -> 1 + secret.length).orElse(0);
    byte[] message = new byte[HEADER + length];
    ByteBuffer into = header(ByteBuffer.wrap(message), BLINDING_INFO, length)
        .putShort((short) session)
        .put((byte) flags)
        .put((byte) ENDPOINT_KEY)
        .putShort((short) info.blindedType())
        .putInt((int) info.expirySeconds())
        .putShort((short) info.signingType())
        .put(info.publicKey());
    info.clientKey().ifPresent(key -> into.put(key.key()));
    info.secret().ifPresent(secret -> into.put((byte) secret.length).put(secret));
    return message;
  }

  /**
   * How long {@link #send} becomes.
   *
   * @param destination of the peer, in binary
   * @param payload wrapped
   * @return a number of bytes
   */
  public static int sendLength(byte[] destination, ByteBuffer payload) {
    return HEADER + SEND_FIXED + destination.length + payload.remaining();
  }

  /**
   * Sends a payload to a peer (I2CP, "SendMessageExpiresMessage").
   *
   * @param into where the message is put, with at least {@link #sendLength} bytes of room
   * @param session from whom
   * @param destination to whom, in binary
   * @param payload wrapped; its position stays
   * @param nonce 0, or a number under which the router tells what became of it
   * @param flags tags and lease set, as the specification has them
   * @param expiryMillis when the router need not send it any more, by its clock
   */
  public static void send(
      ByteBuffer into,
      int session,
      byte[] destination,
      ByteBuffer payload,
      long nonce,
      int flags,
      long expiryMillis) {
    header(into, SEND_MESSAGE_EXPIRES, sendLength(destination, payload) - HEADER);
    into.putShort((short) session)
        .put(destination)
        .putInt(payload.remaining())
        .put(payload.duplicate())
        .putInt((int) nonce)
        .putLong((long) flags << 48 | expiryMillis & DATE_BITS);
  }

  private static byte[] getDate(String version, byte[] options) {
    byte[] text = string(version);
    return message(GET_DATE, text.length + options.length)
        .put(text)
        .put(options)
        .array();
  }

  private static byte[] lookup(
      int session, long request, long timeoutMillis, int type, byte[] key) {
    return message(HOST_LOOKUP, Short.BYTES + 2 * Integer.BYTES + 1 + key.length)
        .putShort((short) session)
        .putInt((int) request)
        .putInt(Math.clamp(timeoutMillis, 1, Integer.MAX_VALUE))
        .put((byte) type)
        .put(key)
        .array();
  }

  private static ByteBuffer message(int type, int length) {
    return header(ByteBuffer.allocate(HEADER + length), type, length);
  }

  private static ByteBuffer header(ByteBuffer into, int type, int length) {
    return into.putInt(length).put((byte) type);
  }

  private static byte[] string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    if (utf8.length > MAX_STRING) {
      throw new IllegalArgumentException(
          "a text in I2CP has at most " + MAX_STRING + " bytes, not " + utf8.length);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(utf8.length);
    out.writeBytes(utf8);
    return out.toByteArray();
  }
}
