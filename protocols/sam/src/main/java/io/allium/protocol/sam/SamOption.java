package io.allium.protocol.sam;

/**
 * One {@code key=value} of a line. A bare {@code KEY} is the same as {@code KEY=} (SAM v3, "Empty Values").
 *
 * @param key the name, case-sensitive
 * @param value the value without its quotes, may be empty
 */
public record SamOption(String key, String value) {
  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return Redaction.option(key, value);
  }
}
