package io.allium.protocol.sam;

import java.util.List;

/**
 * {@code PING} asks whether the other side is there; either may (SAM v3, "PING/PONG"), from 3.2.
 *
 * @param text what follows the word, verbatim with its leading space, or empty
 */
public record Ping(String text) implements SamCommand, SamReply {
  /**
   * The answer.
   *
   * @return a PONG with the same text
   */
  public Pong pong() {
    return new Pong(text);
  }

  @Override
  public SamMessage message() {
    return new SamMessage("PING", "", List.of(), text);
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
