package io.allium.protocol.sam;

import java.util.Optional;

/**
 * {@code SESSION STATUS}, the answer to SESSION CREATE, and what a server says before it ends a session
 * (SAM v3, "Session Creation Response", "Timeouts", "PING/PONG").
 *
 * @param result OK, DUPLICATED_ID, DUPLICATED_DEST, INVALID_KEY, I2P_ERROR or another
 * @param privateKey the private key of the session in base 64, if OK; a secret
 * @param note the MESSAGE of the server as it came, or empty
 */
public record SessionStatus(SamResult result, Optional<String> privateKey, String note)
    implements SamReply {
  static SessionStatus of(SamMessage message) throws SamException {
    return new SessionStatus(
        Fields.result(message), Fields.text(message, "DESTINATION"), Fields.note(message));
  }

  @Override
  public SamMessage message() {
    return Fields.reply(result)
        .add("DESTINATION", privateKey)
        .add("MESSAGE", Fields.nonEmpty(note))
        .message("SESSION", "STATUS");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
