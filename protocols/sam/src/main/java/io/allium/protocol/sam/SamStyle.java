package io.allium.protocol.sam;

import java.util.Locale;
import java.util.Optional;

/** What a session carries: STYLE of SESSION CREATE (SAM v3, "Session Creation Request"). */
public enum SamStyle {
  /** Virtual streams. */
  STREAM,
  /** Repliable datagrams, authenticated. */
  DATAGRAM,
  /** Anonymous datagrams. */
  RAW,
  /** Repliable datagrams, authenticated, with replay protection ("Datagram 2/3"). */
  DATAGRAM2,
  /** Repliable datagrams whose sender is not verified ("Datagram 2/3"). */
  DATAGRAM3,
  /** Several subsessions on one destination, from SAM 3.3 ("Creating a PRIMARY Session"). */
  PRIMARY,
  /** The name of {@link #PRIMARY} before router API 0.9.47, and the only one that i2pd knows. */
  MASTER;

  static Optional<SamStyle> parse(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    for (SamStyle style : values()) {
      if (style.name().equals(upper)) {
        return Optional.of(style);
      }
    }
    return Optional.empty();
  }
}
