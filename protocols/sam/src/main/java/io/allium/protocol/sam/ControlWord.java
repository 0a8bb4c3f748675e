package io.allium.protocol.sam;

import java.util.List;

/**
 * A command of one word, for people at a terminal (SAM v3, "QUIT/STOP/EXIT", "HELP"). Support is optional.
 *
 * @param word which
 */
public record ControlWord(Word word) implements SamCommand {
  /** The words. */
  public enum Word {
    /** Close session and socket. */
    QUIT,
    /** The same. */
    STOP,
    /** The same. */
    EXIT,
    /** Tell what there is. The form of the answer is up to the server. */
    HELP
  }

  static ControlWord of(SamMessage message) throws SamException {
    for (Word word : Word.values()) {
      if (word.name().equals(message.verb())) {
        return new ControlWord(word);
      }
    }
    throw Fields.bad(message, "no such command");
  }

  @Override
  public SamMessage message() {
    return new SamMessage(word.name(), "", List.of());
  }
}
