package io.allium.protocol.sam;

import java.util.Optional;

/**
 * {@code DEST REPLY} (SAM v3, "Destination Key Generation"). On success it carries no RESULT.
 *
 * @param result OK if there are keys, else what the server says
 * @param publicKey the destination in base 64, if OK
 * @param privateKey the private key in base 64, if OK; a secret
 * @param note the MESSAGE of the server as it came, or empty
 */
public record DestReply(
    SamResult result, Optional<String> publicKey, Optional<String> privateKey, String note)
    implements SamReply {
  static DestReply of(SamMessage message) throws SamException {
    Optional<SamResult> result = Fields.text(message, "RESULT").map(SamResult::new);
    if (result.isEmpty() || result.get().isOk()) {
      Fields.required(message, "PUB");
      Fields.required(message, "PRIV");
    }
    return new DestReply(
        result.orElse(SamResult.OK),
        Fields.text(message, "PUB"),
        Fields.text(message, "PRIV"),
        Fields.note(message));
  }

  @Override
  public SamMessage message() {
    Fields.Builder builder = result.isOk() ? new Fields.Builder() : Fields.reply(result);
    return builder
        .add("PUB", publicKey)
        .add("PRIV", privateKey)
        .add("MESSAGE", Fields.nonEmpty(note))
        .message("DEST", "REPLY");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
