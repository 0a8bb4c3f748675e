package io.allium.sam;

import io.allium.Destination;
import io.allium.I2pException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The destinations of recent senders by their text: most datagrams come from few peers, and decoding half a kilobyte of
 * base 64 costs more than all else that is done for a datagram. For one thread.
 */
final class KnownSenders {
  /** A power of two; what strangers can make us keep is usually less than 1 KB each, and 11 KB at most. */
  private static final int SLOTS = 64;

  /** The signing key is in the last characters, and tells destinations apart; the first may be the same in all. */
  private static final int HASHED = 64;

  @SuppressWarnings("ArrayRecordComponent")
  private record Known(byte[] text, Destination destination) {}

  private final @Nullable Known[] slots = new @Nullable Known[SLOTS];
  private @Nullable Known last;
  private int decoded;

  /** How many bytes the text of the last sender takes, if the packet starts with it and a blank or line end; else 0. */
  int lastAt(byte[] packet, int length) {
    Known known = last;
    if (known == null || length <= known.text.length) {
      return 0;
    }
    int end = known.text.length;
    boolean ends = packet[end] == ' ' || packet[end] == '\n' || packet[end] == '\r';
    return ends && Arrays.equals(known.text, 0, end, packet, 0, end) ? end : 0;
  }

  /** The destination that stands from {@code from} to {@code to}. */
  Destination of(byte[] packet, int from, int to) throws I2pException {
    Known known = last;
    decoded = 0;
    if (known == null || !isAt(known, packet, from, to)) {
      known = find(packet, from, to);
      last = known;
    }
    return known.destination;
  }

  /** How many bytes more the last sender costs than one that was known; 0 for one that was. */
  int decoded() {
    return decoded;
  }

  private Known find(byte[] packet, int from, int to) throws I2pException {
    int hash = 0;
    for (int i = Math.max(from, to - HASHED); i < to; i++) {
      hash = 31 * hash + packet[i];
    }
    int slot = (hash ^ hash >>> 16) & SLOTS - 1;
    Known known = slots[slot];
    if (known == null || !isAt(known, packet, from, to)) {
      known = new Known(
          Arrays.copyOfRange(packet, from, to),
          Destination.parse(new String(packet, from, to - from, StandardCharsets.ISO_8859_1)));
      slots[slot] = known;
      decoded = to - from;
    }
    return known;
  }

  private static boolean isAt(Known known, byte[] packet, int from, int to) {
    return Arrays.equals(known.text, 0, known.text.length, packet, from, to);
  }
}
