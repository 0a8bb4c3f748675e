package io.allium.protocol.sam;

import java.util.List;

/**
 * {@code PONG} answers a {@link Ping} with its text (SAM v3, "PING/PONG"), from 3.2.
 *
 * @param text what follows the word, verbatim with its leading space, or empty
 */
public record Pong(String text) implements SamCommand, SamReply {
  @Override
  public SamMessage message() {
    return new SamMessage("PONG", "", List.of(), text);
  }

  @Override
  public byte[] encode() {
    return message().encode();
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
