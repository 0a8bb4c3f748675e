package io.allium.protocol.sam;

import java.util.Set;

/** Decides which parts of a line may be shown. */
final class Redaction {
  /** Stands for what is not shown. */
  static final String HIDDEN = "…";

  /** Longest value shown: no legal value of the keys below is longer, so a key pasted there stays hidden. */
  private static final int MAX_VALUE = 20;

  /** Longest verb, action or key name shown: longer than any of SAM and of I2CP. */
  private static final int MAX_NAME = 40;

  private static final Set<String> SAFE = Set.of(
      "RESULT",
      "VERSION",
      "MIN",
      "MAX",
      "STYLE",
      "SIGNATURE_TYPE",
      "FROM_PORT",
      "TO_PORT",
      "PROTOCOL",
      "LISTEN_PORT",
      "LISTEN_PROTOCOL",
      "SILENT",
      "SIZE",
      "PORT",
      "HEADER",
      "SSL",
      "OPTIONS",
      "SEND_TAGS",
      "TAG_THRESHOLD",
      "EXPIRES",
      "SEND_LEASESET");

  private Redaction() {}

  /** A key and a value of a line. */
  static String option(String key, String value) {
    if (SAFE.contains(key)) {
      return key + "=" + (value.length() <= MAX_VALUE ? SamText.sanitize(value) : HIDDEN);
    }
    // A token without a value may be the tail of a password or key that was not quoted.
    return value.isEmpty() ? HIDDEN : name(key) + "=" + HIDDEN;
  }

  /** A verb, an action or the name of an option. */
  static String name(String name) {
    return name.length() < MAX_NAME ? SamText.sanitize(name) : HIDDEN;
  }
}
