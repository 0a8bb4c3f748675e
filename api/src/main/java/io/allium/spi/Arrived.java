package io.allium.spi;

import io.allium.I2pDatagram;
import java.nio.ByteBuffer;
import java.util.Objects;

/** A datagram that arrived for a session. */
public sealed interface Arrived {
  /**
   * As it came over I2CP, not yet decoded. The API finds its port by protocol and port number; the thread that receives
   * it decodes and verifies it.
   *
   * @param protocol the I2CP protocol number, 0–255
   * @param fromPort the sender's I2P port
   * @param toPort our I2P port
   * @param payload all its bytes, which nobody changes any more
   */
  record Message(int protocol, int fromPort, int toPort, ByteBuffer payload) implements Arrived {
    /** Refuses null. */
    public Message {
      Objects.requireNonNull(payload, "payload");
    }
  }

  /**
   * Decoded and verified by the router.
   *
   * @param datagram what the router gave
   * @param size what it costs to keep, in bytes: its payload, and a sender that is kept for it alone
   */
  record Checked(I2pDatagram datagram, int size) implements Arrived {
    /** Refuses null. */
    public Checked {
      Objects.requireNonNull(datagram, "datagram");
    }
  }
}
