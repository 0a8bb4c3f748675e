package io.allium.sam;

import io.allium.Destination;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.SendSettings;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The one buffer that datagrams are sent from. The line of the last peer is kept in it. For one thread at a time. */
final class OutgoingPacket {
  /** How the line of a datagram is made; {@code size} is that of the payload. */
  interface Line {
    String of(Destination to, int size, SendSettings settings);
  }

  private final ByteBuffer buffer;
  private final Line line;
  private final boolean namesSize;
  private @Nullable Destination peer;
  private @Nullable SendSettings with;
  private int sizeSaid = -1;
  private int header;

  /** A buffer for line and payload together of so many bytes. */
  OutgoingPacket(int max, boolean namesSize, Line line) {
    buffer = ByteBuffer.allocateDirect(max);
    this.namesSize = namesSize;
    this.line = line;
  }

  /** Line and payload, valid until the next call. */
  ByteBuffer of(Destination to, ByteBuffer payload, SendSettings settings) throws I2pException {
    int size = payload.remaining();
    if (!Objects.equals(to, peer)
        || !Objects.equals(settings, with)
        || namesSize && size != sizeSaid) {
      begin(to, size, settings);
    }
    if (header + size > buffer.capacity()) {
      throw new I2pException(
          ErrorKind.MESSAGE_TOO_LARGE,
          "a datagram of " + size + " bytes to this destination is too large: at most "
              + (buffer.capacity() - header) + " fit");
    }
    buffer.clear().put(header, payload, payload.position(), size).limit(header + size);
    return buffer;
  }

  private void begin(Destination to, int size, SendSettings settings) throws I2pException {
    byte[] bytes = line.of(to, size, settings).getBytes(StandardCharsets.US_ASCII);
    if (bytes.length > buffer.capacity()) {
      throw new I2pException(
          ErrorKind.MESSAGE_TOO_LARGE, "this destination is too long for datagrams over SAM");
    }
    buffer.clear().put(0, bytes);
    header = bytes.length;
    peer = to;
    with = settings;
    sizeSaid = size;
  }
}
