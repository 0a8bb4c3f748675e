package io.allium.protocol.sam;

/**
 * {@code SESSION REMOVE}: ends a subsession (SAM v3, "Stopping a Subsession").
 *
 * @param id its identifier
 */
public record SessionRemove(String id) implements SamCommand {
  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if it is empty or holds white space
   */
  public SessionRemove {
    Fields.requireId(id);
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder().add("ID", id).message("SESSION", "REMOVE");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
