package io.allium.internal;

import io.allium.Base32Address;
import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.protocol.structures.Datagram1;
import io.allium.protocol.structures.Datagram2;
import io.allium.protocol.structures.Datagram3;
import io.allium.protocol.structures.StructureException;
import io.allium.protocol.structures.Verifier;
import io.allium.spi.Arrived;
import java.nio.ByteBuffer;
import java.time.Instant;

/** Reads what arrived. */
final class DatagramDecoder {
  /** Who reads nothing but the content needs no proof of its sender. */
  private static final Verifier TRUSTING = (type, publicKey, message, signature) -> true;

  private DatagramDecoder() {}

  /** What kind of datagram has a number. */
  static Protocol protocol(int number) {
    for (Protocol protocol : Protocol.values()) {
      if (protocol.number() == number && protocol != Protocol.STREAM) {
        return protocol;
      }
    }
    return Protocol.RAW;
  }

  /** The content, whoever sent it. */
  static byte[] content(Arrived arrived, Destination us) throws I2pException {
    return read(arrived, us, TRUSTING).payload();
  }

  /** The datagram, if its sender is who it says. */
  static I2pDatagram verified(Arrived arrived, Destination us) throws I2pException {
    return read(arrived, us, Verifier.jdk());
  }

  private static I2pDatagram read(Arrived arrived, Destination us, Verifier verifier)
      throws I2pException {
    return switch (arrived) {
      case Arrived.Checked checked -> checked.datagram();
      case Arrived.Message message -> {
        try {
          yield read(message, us, verifier);
        } catch (StructureException malformed) {
          throw new I2pException(
              ErrorKind.PROTOCOL_VIOLATION, "a datagram is malformed: it is dropped", malformed);
        }
      }
    };
  }

  private static I2pDatagram read(Arrived.Message message, Destination us, Verifier verifier)
      throws I2pException, StructureException {
    byte[] bytes = bytes(message.payload());
    return switch (protocol(message.protocol())) {
      case DATAGRAM -> {
        Datagram1 datagram = Datagram1.decode(bytes, verifier);
        yield authenticated(message, datagram.from(), datagram.payload());
      }
      case DATAGRAM2 -> {
        byte[] hash = us.hash().orElseThrow();
        Datagram2 datagram = Datagram2.decode(bytes, hash, verifier, Instant.now());
        yield authenticated(message, datagram.from(), datagram.payload());
      }
      case DATAGRAM3 -> {
        Datagram3 datagram = Datagram3.decode(bytes);
        yield new I2pDatagram.Unverified(
            Base32Address.ofHash(datagram.fromHash()),
            bytes(datagram.payload()),
            message.fromPort(),
            message.toPort(),
            message.protocol());
      }
      case RAW, STREAM ->
        new I2pDatagram.Raw(bytes, message.fromPort(), message.toPort(), message.protocol());
    };
  }

  private static I2pDatagram authenticated(Arrived.Message message, byte[] from, ByteBuffer payload)
      throws I2pException {
    return new I2pDatagram.Authenticated(
        Destination.of(from),
        bytes(payload),
        message.fromPort(),
        message.toPort(),
        message.protocol());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }
}
