package io.allium.protocol.sam;

/**
 * A line that has no record of its own: the status of a command the server does not know, the text
 * of HELP.
 *
 * @param message the line
 */
public record OtherReply(SamMessage message) implements SamReply {
  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
