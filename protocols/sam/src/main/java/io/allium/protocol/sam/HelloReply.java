package io.allium.protocol.sam;

import java.util.Optional;

/**
 * {@code HELLO REPLY} (SAM v3, "SAM Connection Handshake").
 *
 * @param result OK, NOVERSION or I2P_ERROR
 * @param version what the server chose, if OK
 * @param note the MESSAGE of the server as it came, or empty
 */
public record HelloReply(SamResult result, Optional<SamVersion> version, String note)
    implements SamReply {
  static HelloReply of(SamMessage message) throws SamException {
    SamResult result = Fields.result(message);
    Optional<SamVersion> version = result.isOk()
        ? Optional.of(SamVersion.parse(Fields.required(message, "VERSION")))
        : Optional.empty();
    return new HelloReply(result, version, Fields.note(message));
  }

  @Override
  public SamMessage message() {
    return Fields.reply(result)
        .add("VERSION", version)
        .add("MESSAGE", Fields.nonEmpty(note))
        .message("HELLO", "REPLY");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
