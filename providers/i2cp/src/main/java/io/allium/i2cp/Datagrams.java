package io.allium.i2cp;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.protocol.i2cp.ClientMessage;
import io.allium.protocol.structures.Datagram1;
import io.allium.protocol.structures.Datagram2;
import io.allium.protocol.structures.Datagram3;
import io.allium.protocol.structures.I2cpPayload;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.StructureException;
import io.allium.spi.Arrived;
import io.allium.spi.SendRequest;
import io.allium.spi.SessionSink;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The datagrams of one session: all formats on one destination. */
final class Datagrams {
  /** What SAM carries with a sender, and so every peer (SAM V3, "Sending Repliable or Raw Datagrams"). */
  static final int MAX_REPLIABLE = 31_744;

  /** What SAM carries without one (SAM V3, "RAW SEND"). */
  static final int MAX_RAW = 32_768;

  /** A router need not try any longer to send a message, unless its sender says otherwise. */
  private static final Duration EXPIRY = Duration.ofMinutes(1);

  private static final int NO_LEASE_SET_FLAG = 0x100;
  private static final int THRESHOLD_SHIFT = 4;

  private final Destination us;
  private final byte[] from;
  private final Set<Protocol> protocols;
  private final KeySigner signer;
  private final Link link;
  private final SessionSink sink;

  Datagrams(
      Destination us, Set<Protocol> protocols, KeySigner signer, Link link, SessionSink sink) {
    this.us = us;
    from = us.toByteArray();
    this.protocols = protocols;
    this.signer = signer;
    this.link = link;
    this.sink = sink;
  }

  void send(SendRequest request) throws I2pException, InterruptedException {
    if (!protocols.contains(request.protocol())) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this session carries " + protocols + ": open it with protocols(" + request.protocol()
              + ") for this");
    }
    ByteBuffer payload = wrap(request);
    byte[] to = request.to().toByteArray();
    int flags = flags(request.options());
    long expiry =
        link.clock().millis() + request.options().expires().orElse(EXPIRY).toMillis();
    int session = link.session();
    link.outbox()
        .put(
            ClientMessage.sendLength(to, payload),
            into -> ClientMessage.send(into, session, to, payload, 0, flags, expiry));
  }

  /** On the reading thread. What is malformed was made by a peer: it is dropped. */
  void arrived(ByteBuffer message) {
    try {
      I2cpPayload payload = I2cpPayload.unwrap(message);
      if (payload.protocol() != Protocol.STREAM.number()) {
        sink.datagram(new Arrived.Message(
            payload.protocol(), payload.fromPort(), payload.toPort(), payload.content()));
      }
    } catch (StructureException e) {
      System.getLogger(Datagrams.class.getName())
          .log(System.Logger.Level.DEBUG, "a message was dropped: " + e.getMessage());
    }
  }

  private ByteBuffer wrap(SendRequest request) throws I2pException {
    try {
      return I2cpPayload.wrap(
          request.number(), request.fromPort(), request.toPort(), content(request));
    } catch (StructureException e) {
      throw e.reason() == StructureException.Reason.TOO_LARGE
          ? new I2pException(ErrorKind.MESSAGE_TOO_LARGE, e.getMessage(), e)
          : I2cpErrors.keys(e);
    }
  }

  private ByteBuffer content(SendRequest request) throws StructureException {
    ByteBuffer payload = request.payload();
    return switch (request.protocol()) {
      case DATAGRAM -> ByteBuffer.wrap(new Datagram1(from, payload).encode(signer));
      case DATAGRAM2 ->
        ByteBuffer.wrap(new Datagram2(from, Map.of(), signer.offline(), payload)
            .encode(request.to().hash().orElseThrow(), signer));
      case DATAGRAM3 ->
        ByteBuffer.wrap(new Datagram3(us.hash().orElseThrow(), Map.of(), payload).encode());
      case RAW, STREAM -> payload;
    };
  }

  /** I2CP, "SendMessageExpiresMessage". */
  private static int flags(SendOptions options) {
    int flags = options.sendTags().orElse(0) | options.tagThreshold().orElse(0) << THRESHOLD_SHIFT;
    return options.sendLeaseSet().orElse(true) ? flags : flags | NO_LEASE_SET_FLAG;
  }
}
