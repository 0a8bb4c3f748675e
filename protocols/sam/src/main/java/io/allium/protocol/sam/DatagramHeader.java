package io.allium.protocol.sam;

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
  /**
   * The line without a line end.
   *
   * @return text of one line
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
