package io.allium.protocol.sam;

import java.util.Optional;

/**
 * A line that has no record of its own: {@code AUTH STATUS}, the status of a command the server does not know, the text
 * of HELP.
 *
 * @param message the line
 */
public record OtherReply(SamMessage message) implements SamReply {
  /**
   * The RESULT, if the line has one.
   *
   * @return the result, or nothing
   */
  public Optional<SamResult> result() {
    return Fields.text(message, "RESULT").map(SamResult::new);
  }

  /** Redacted: see {@link SamMessage#toString}. */
  @Override
  public String toString() {
    return message().toString();
  }
}
