package io.allium.protocol.sam.datagram;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.SignatureType;
import io.allium.internal.KeysAndCert;
import java.util.Arrays;

/** Cuts a datagram into its parts, from the front and from the end. */
final class Cutter {
  /** I2NP carries no larger message (datagram specification, "Datagram Size"). */
  static final int MAX_DATAGRAM = 65_536;

  private final byte[] data;
  private int at;
  private int end;

  Cutter(byte[] data) throws I2pException {
    if (data.length > MAX_DATAGRAM) {
      throw violation("it is larger than I2P carries");
    }
    this.data = data;
    end = data.length;
  }

  int at() {
    return at;
  }

  int remaining() {
    return end - at;
  }

  byte[] take(int length) throws I2pException {
    require(length);
    at += length;
    return Arrays.copyOfRange(data, at - length, at);
  }

  byte[] takeLast(int length) throws I2pException {
    require(length);
    end -= length;
    return Arrays.copyOfRange(data, end, end + length);
  }

  byte[] rest() throws I2pException {
    return take(remaining());
  }

  int unsignedByte() throws I2pException {
    return take(1)[0] & 0xff;
  }

  int unsignedShort() throws I2pException {
    return unsignedByte() << 8 | unsignedByte();
  }

  /** From a position before to the present end. */
  byte[] since(int start) {
    return Arrays.copyOfRange(data, start, end);
  }

  Destination destination() throws I2pException {
    byte[] front = Arrays.copyOfRange(data, at, Math.min(data.length, at + KeysAndCert.MAX_LENGTH));
    try {
      return Destination.of(take(KeysAndCert.read(front).length()));
    } catch (I2pException e) {
      throw violation("its sender is no destination");
    }
  }

  static SignatureType signatureType(Destination sender) throws I2pException {
    return sender
        .signatureType()
        .orElseThrow(() -> violation("its sender's signature type is not known here"));
  }

  static I2pException violation(String why) {
    return new I2pException(ErrorKind.PROTOCOL_VIOLATION, "This datagram is dropped: " + why);
  }

  private void require(int length) throws I2pException {
    if (length > remaining()) {
      throw violation("it is cut short");
    }
  }
}
