package io.allium.protocol.sam;

/**
 * {@code STREAM STATUS}, the answer to STREAM CONNECT and ACCEPT (SAM v3, "Connect Response", "Accept
 * Response", "Errors After OK").
 *
 * @param result OK, CANT_REACH_PEER, I2P_ERROR, INVALID_KEY, INVALID_ID, TIMEOUT or another
 * @param note the MESSAGE of the server as it came, or empty
 */
public record StreamStatus(SamResult result, String note) implements SamReply {
  @Override
  public SamMessage message() {
    return Fields.reply(result).add("MESSAGE", Fields.nonEmpty(note)).message("STREAM", "STATUS");
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
