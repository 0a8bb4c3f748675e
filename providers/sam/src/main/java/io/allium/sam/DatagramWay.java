package io.allium.sam;

import java.util.Locale;

/** How a session exchanges datagrams with its bridge; see {@link SamAt#withDatagrams}. */
public enum DatagramWay {
  /** By UDP with a bridge on this machine, else in band. */
  AUTO,
  /** In UDP packets, to and from the bridge's UDP port. */
  UDP,
  /** On the session's own connection, where a bridge's UDP port cannot be reached. */
  IN_BAND;

  /** The name in a URI: {@code udp}, {@code in-band}. */
  String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
