package io.allium.protocol.sam;

/**
 * {@code STREAM ACCEPT} (SAM v3, "SAM Virtual Streams: ACCEPT").
 *
 * @param id the session
 * @param silent whether the server sends neither status nor {@link PeerLine}: only data, or the end of the connection
 */
public record StreamAccept(String id, boolean silent) implements SamCommand {
  /**
   * Checks the identifier.
   *
   * @throws IllegalArgumentException if it is empty or holds white space
   */
  public StreamAccept {
    Fields.requireId(id);
  }

  @Override
  public SamMessage message() {
    return new Fields.Builder()
        .add("ID", id)
        .addIfTrue("SILENT", silent)
        .message("STREAM", "ACCEPT");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
