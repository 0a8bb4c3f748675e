package io.allium.protocol.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.List;

/**
 * The first line of a datagram that a client sends through the UDP port: {@code 3.x $nickname $destination [options]}
 * (SAM v3, "Sending Repliable or Raw Datagrams").
 *
 * @param version the version it starts with: 3.0, or any 3.x if the server has SAM 3.2
 * @param id the session, without white space
 * @param destination whom it is for: base 64, or a host name or b32 address where the router resolves them
 * @param settings settings of this datagram; i2pd drops a datagram that has any
 */
public record DatagramHeader(
    SamVersion version, String id, String destination, SendSettings settings) {
  private static final int POSITIONAL = 3;

  /**
   * Parses the line. Words after the destination that are no options are skipped: some clients send them.
   *
   * @param line the line, with or without its line end
   * @return what it says
   * @throws I2pException of kind {@link ErrorKind#PROTOCOL_VIOLATION} if it has not three words, its version is not 3.x
   *     or an option is out of range: drop the datagram
   */
  public static DatagramHeader parse(String line) throws I2pException {
    List<Lexer.Word> words = Lexer.words(line);
    if (words.size() < POSITIONAL
        || words.stream().limit(POSITIONAL).anyMatch(word -> word.text().isEmpty())) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION, "A datagram starts with version, session and destination");
    }
    SamVersion version = SamVersion.parse(words.get(0).text());
    if (version.major() != SamVersion.V3_0.major()) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION, "A datagram starts with a version 3.x, not " + version);
    }
    List<SamOption> options =
        words.stream().skip(POSITIONAL).map(Lexer.Word::option).toList();
    return new DatagramHeader(
        version,
        words.get(1).text(),
        words.get(2).text(),
        SendSettings.of(new SamMessage("HEADER", "", options)));
  }

  /**
   * The line without a line end.
   *
   * @return text that {@link #parse} reads as this
   * @throws IllegalArgumentException if a word is empty or holds a space, a quote, a backslash or a line end
   */
  public String print() {
    return new Printer(destination.length() + id.length() + 80)
        .word(version.toString())
        .word(id)
        .word(destination)
        .options(settings.options())
        .toString();
  }

  /** Redacted: version and settings only. */
  @Override
  public String toString() {
    return version + " … … " + new SamMessage("HEADER", "", settings.options());
  }
}
