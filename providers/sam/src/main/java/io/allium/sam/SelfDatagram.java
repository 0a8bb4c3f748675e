package io.allium.sam;

import io.allium.Destination;
import io.allium.I2pDatagram;
import io.allium.protocol.sam.DatagramSend;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SendSettings;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A datagram of a session to itself, on its own connection. After a soft restart of its router, Java I2P's bridge still
 * answers PING for a session that is dead, but ends its connection when it is to send something. Nobody else is asked for
 * it; where it comes back, it is not for the program.
 */
final class SelfDatagram {
  /** None: the session carries no datagrams, or its bridge takes none in band beside UDP. */
  static final SelfDatagram NONE = new SelfDatagram(new byte[0], new byte[0]);

  private static final int LENGTH = 32;

  private final byte[] payload;
  private final byte[] command;

  private SelfDatagram(byte[] payload, byte[] command) {
    this.payload = payload;
    this.command = command;
  }

  /** Nobody else knows what is in it. */
  static SelfDatagram of(SamStyle style, Destination us, RandomGenerator random) {
    byte[] payload = new byte[LENGTH];
    random.nextBytes(payload);
    byte[] line = new DatagramSend(style, us.base64(), LENGTH, SendSettings.DEFAULT).encode();
    return new SelfDatagram(
        payload,
        ByteBuffer.allocate(line.length + LENGTH).put(line).put(payload).array());
  }

  /** What to write before each PING. */
  byte[] command() {
    return command;
  }

  /** Whether this is it; {@code length} is that of the payload. */
  boolean is(I2pDatagram datagram, int length) {
    return length == payload.length && Arrays.equals(payload, datagram.payload());
  }
}
