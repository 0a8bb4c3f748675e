package io.allium.protocol.sam;

import java.util.Optional;

/**
 * {@code HELLO VERSION}, the first line of every connection (SAM v3, "SAM Connection Handshake").
 *
 * @param min lowest version wanted, optional from 3.1
 * @param max highest version wanted, optional from 3.1
 * @param user who we are, from 3.2 where the server wants it ("Authorization")
 * @param password the password that goes with it
 */
public record Hello(
    Optional<SamVersion> min,
    Optional<SamVersion> max,
    Optional<String> user,
    Optional<String> password)
    implements SamCommand {
  /**
   * A range of versions, without credentials.
   *
   * @param min lowest version wanted
   * @param max highest version wanted
   * @return the command
   */
  public static Hello range(SamVersion min, SamVersion max) {
    return new Hello(Optional.of(min), Optional.of(max), Optional.empty(), Optional.empty());
  }

  static Hello of(SamMessage message) throws SamException {
    return new Hello(
        version(message, "MIN"),
        version(message, "MAX"),
        message.value("USER"),
        message.value("PASSWORD"));
  }

  private static Optional<SamVersion> version(SamMessage message, String key) throws SamException {
    Optional<String> text = Fields.text(message, key);
    return text.isEmpty() ? Optional.empty() : Optional.of(SamVersion.parse(text.get()));
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("MIN", min)
        .add("MAX", max)
        .add("USER", user)
        .add("PASSWORD", password)
        .message("HELLO", "VERSION");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
