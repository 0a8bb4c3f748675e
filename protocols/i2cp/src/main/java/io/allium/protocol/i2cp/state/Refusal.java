package io.allium.protocol.i2cp.state;

import java.util.List;
import java.util.Locale;

/**
 * Why a router ended a connection or refused a session. Java I2P says it in words, which may change, so that an unknown
 * one costs nothing but better advice; i2pd says no more than that something is invalid.
 */
public enum Refusal {
  /** It wants a user name and a password, or others. First, since it repeats the name, which may be any word. */
  LOGIN("authorization"),
  /** The destination is online already, at this router. */
  DESTINATION_IN_USE("duplicate destination", "already have session"),
  /** It has as many sessions as it takes. */
  TOO_MANY_SESSIONS("session limit exceeded"),
  /** It does not know this type of signature or encryption. */
  UNSUPPORTED("unsupported", "invalid sig type"),
  /** Its clock and ours differ by more than it takes. */
  CLOCK("clock skew"),
  /** The offline signature of the keys has expired. */
  EXPIRED("offline signature"),
  /** The keys do not belong together. */
  SIGNATURE("invalid signature"),
  /** It stops, or restarts. */
  STOPPING("shutdown", "shut down", "restart"),
  /** An option has a value that it does not take, or, from i2pd, any of the above. */
  INVALID("bad session configuration"),
  /** Something else. */
  OTHER;

  @SuppressWarnings("ImmutableEnumChecker") // List.of makes one that nobody changes
  private final List<String> words;

  Refusal(String... words) {
    this.words = List.of(words);
  }

  /**
   * Reads the words of a Disconnect.
   *
   * @param reason what the router said
   * @return what it means
   */
  public static Refusal of(String reason) {
    String said = reason.toLowerCase(Locale.ROOT);
    for (Refusal refusal : values()) {
      for (String words : refusal.words) {
        if (said.contains(words)) {
          return refusal;
        }
      }
    }
    return OTHER;
  }
}
