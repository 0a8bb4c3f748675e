package io.allium.protocol.sam;

import io.allium.protocol.structures.I2pBase64;
import java.util.List;
import java.util.OptionalInt;

/**
 * The line that tells who is there: {@code $destination [FROM_PORT=n TO_PORT=n]}. It precedes the data of an accepted
 * or forwarded stream (SAM v3, "Accept Response", "Forward Response") and the payload of a forwarded datagram
 * ("Forwarding Raw or Repliable Datagrams").
 *
 * @param destination the peer in I2P base 64, at least 516 characters; the 44 of its hash for Datagram3
 * @param fromPort the peer's I2P port, from SAM 3.2
 * @param toPort our I2P port, from SAM 3.2
 */
public record PeerLine(String destination, OptionalInt fromPort, OptionalInt toPort) {
  /** Shortest destination in characters of base 64: 387 bytes (SAM v3, "Connect Request"). */
  public static final int MIN_DESTINATION = 516;

  /** Characters of the hash that stands for a destination in Datagram3 ("Datagram 2/3"). */
  private static final int HASH_LENGTH = 44;

  /**
   * Checks destination and ports.
   *
   * @throws IllegalArgumentException if the destination is too short or not I2P base 64, or a port is out of range
   */
  public PeerLine {
    if (!isDestinationOrHash(destination)) {
      throw new IllegalArgumentException("not a destination in base 64");
    }
    Fields.requireRange("FROM_PORT", fromPort, Fields.MAX_PORT);
    Fields.requireRange("TO_PORT", toPort, Fields.MAX_PORT);
  }

  /**
   * Parses the line.
   *
   * @param line the line, with or without its line end
   * @return what it says; unknown options are skipped
   * @throws SamException.Violation if it starts with no destination or hash, or a
   *     port is out of range
   */
  public static PeerLine parse(String line) throws SamException {
    List<Lexer.Word> words = Lexer.words(line);
    if (words.isEmpty() || !isDestinationOrHash(words.get(0).text())) {
      throw new SamException.Violation("A line that should start with a destination does not");
    }
    List<SamOption> options = words.stream().skip(1).map(Lexer.Word::option).toList();
    SamMessage message = new SamMessage("PEER", "", options);
    return new PeerLine(
        words.get(0).text(), Fields.port(message, "FROM_PORT"), Fields.port(message, "TO_PORT"));
  }

  private static boolean isDestinationOrHash(String text) {
    if (text.length() < MIN_DESTINATION && text.length() != HASH_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean padding = c == '=' && i >= text.length() - 2;
      if (!I2pBase64.isLetter(c) && !padding) {
        return false;
      }
    }
    return true;
  }

  /**
   * The line without a line end.
   *
   * @return text that {@link #parse} reads as this
   */
  public String print() {
    return new Printer(destination.length() + 40)
        .word(destination)
        .options(new Fields.Builder()
            .add("FROM_PORT", fromPort)
            .add("TO_PORT", toPort)
            .build())
        .toString();
  }

  /** Redacted: the ports only. */
  @Override
  public String toString() {
    return new Fields.Builder()
        .add("DESTINATION", destination)
        .add("FROM_PORT", fromPort)
        .add("TO_PORT", toPort)
        .message("PEER", "")
        .toString();
  }
}
