package io.allium.sam;

import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;

/** How large a datagram may be, by what carries it. */
final class DatagramLimits {
  /** SAM v3, "Sending Repliable or Raw Datagrams": "up to 31744 bytes". */
  private static final int REPLIABLE = 31_744;

  /** SAM v3, "SAM Anonymous (Raw) Datagrams": "up to 32768 bytes". */
  private static final int RAW = 32_768;

  /** i2pd, which says 3.1, reads packets of 32 KiB with their line; of a larger one it sends the beginning. */
  private static final int OLD_PACKET = 32_768;

  /** i2pd reads a command with all that follows it into 8 KiB; what {@link ReadReceipts} ask fits behind it. */
  private static final int OLD_COMMAND = 8192 - 512;

  /** Room for a line with a destination of 600 characters, which is more than any usual one has. */
  private static final int LINE = 640;

  private final SamStyle style;
  private final boolean old;

  DatagramLimits(SamStyle style, SamVersion version) {
    this.style = style;
    old = !version.hasPorts();
  }

  int maxUdpPayload() {
    return old ? OLD_PACKET - 1024 : maxOfFormat();
  }

  /** Line and payload together. */
  int maxPacket() {
    return old ? OLD_PACKET : maxOfFormat() + ForwardedDatagrams.MAX_HEADER;
  }

  int maxInBandPayload() {
    return old ? OLD_COMMAND - LINE : maxOfFormat();
  }

  /** Line and payload together. */
  int maxCommand() {
    return old ? OLD_COMMAND : maxOfFormat() + ForwardedDatagrams.MAX_HEADER;
  }

  private int maxOfFormat() {
    return style == SamStyle.RAW ? RAW : REPLIABLE;
  }
}
