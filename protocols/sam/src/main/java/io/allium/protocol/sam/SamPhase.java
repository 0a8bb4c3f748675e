package io.allium.protocol.sam;

/** What is under way on a connection: it decides what a result, or the end of the connection, means. */
public enum SamPhase {
  /** SAM v3, "SAM Connection Handshake". */
  HELLO("HELLO"),
  /** "Session Creation Response". */
  SESSION_CREATE("SESSION CREATE"),
  /** "Session Creation Response": "SAM sessions live and die with the socket". */
  SESSION_OPEN("the session"),
  /** "Connect Response". */
  STREAM_CONNECT("STREAM CONNECT"),
  /** "Accept Response", "Errors After OK". */
  STREAM_ACCEPT("STREAM ACCEPT"),
  /** "Host Name Lookup". */
  NAMING_LOOKUP("NAMING LOOKUP"),
  /** "PING/PONG". */
  PING("PING");

  private final String command;

  SamPhase(String command) {
    this.command = command;
  }

  /**
   * The command that was sent.
   *
   * @return its words; {@code the session} where none is under way
   */
  public String command() {
    return command;
  }
}
