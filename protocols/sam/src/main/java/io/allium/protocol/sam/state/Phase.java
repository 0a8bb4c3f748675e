package io.allium.protocol.sam.state;

import io.allium.ErrorKind;
import io.allium.protocol.sam.SamResult;
import java.util.Locale;
import java.util.Map;

/** What a conversation is about; it decides what a result or the end of the connection means. */
enum Phase {
  /** SAM v3, "SAM Connection Handshake". Something that accepts, and closes before it answers, is hardly SAM. */
  HELLO("HELLO", ErrorKind.PROTOCOL_VIOLATION, ErrorKind.ROUTER_REFUSED),
  /** "Session Creation Response". */
  SESSION_CREATE("SESSION CREATE", ErrorKind.ROUTER_ERROR, ErrorKind.ROUTER_ERROR),
  /** "Creating a Subsession". The connection is the primary session's: where it ends, the session ends. */
  SESSION_ADD("SESSION ADD", ErrorKind.SESSION_LOST, ErrorKind.ROUTER_ERROR),
  /** "Stopping a Subsession". */
  SESSION_REMOVE("SESSION REMOVE", ErrorKind.SESSION_LOST, ErrorKind.ROUTER_ERROR),
  /** "Session Creation Response": "SAM sessions live and die with the socket". */
  SESSION_OPEN("the session", ErrorKind.SESSION_LOST, ErrorKind.SESSION_LOST),
  /** "Connect Response". */
  STREAM_CONNECT("STREAM CONNECT", ErrorKind.ROUTER_ERROR, ErrorKind.ROUTER_ERROR),
  /**
   * "Accept Response", "Errors After OK". Some i2pd close pending accepts of a healthy session, so that end does not
   * prove the session lost: its own connection does.
   */
  STREAM_ACCEPT("STREAM ACCEPT", ErrorKind.ROUTER_ERROR, ErrorKind.ROUTER_ERROR),
  /** "Host Name Lookup". */
  NAMING_LOOKUP("NAMING LOOKUP", ErrorKind.ROUTER_ERROR, ErrorKind.ROUTER_ERROR),
  /** "Destination Key Generation". */
  DEST_GENERATE("DEST GENERATE", ErrorKind.ROUTER_ERROR, ErrorKind.ROUTER_ERROR),
  /** "PING/PONG". */
  PING("PING", ErrorKind.SESSION_LOST, ErrorKind.ROUTER_ERROR);

  private static final Map<SamResult, ErrorKind> EVERYWHERE = Map.of(
      SamResult.CANT_REACH_PEER, ErrorKind.PEER_UNREACHABLE,
      SamResult.PEER_NOT_FOUND, ErrorKind.PEER_UNREACHABLE,
      SamResult.KEY_NOT_FOUND, ErrorKind.NAME_NOT_FOUND,
      SamResult.LEASESET_NOT_FOUND, ErrorKind.LEASESET_NOT_FOUND,
      SamResult.DUPLICATED_DEST, ErrorKind.DESTINATION_IN_USE,
      SamResult.DUPLICATED_ID, ErrorKind.ID_IN_USE,
      SamResult.NOVERSION, ErrorKind.ROUTER_REFUSED,
      SamResult.TIMEOUT, ErrorKind.TIMEOUT,
      SamResult.ALREADY_ACCEPTING, ErrorKind.ROUTER_ERROR);

  private final String command;
  private final ErrorKind onEof;
  private final ErrorKind otherwise;

  Phase(String command, ErrorKind onEof, ErrorKind otherwise) {
    this.command = command;
    this.onEof = onEof;
    this.otherwise = otherwise;
  }

  String command() {
    return command;
  }

  ErrorKind onEof() {
    return onEof;
  }

  ErrorKind kindOf(SamResult result, String note) {
    if (this == SESSION_OPEN) {
      return ErrorKind.SESSION_LOST;
    }
    if (result.equals(SamResult.INVALID_KEY)) {
      return onInvalidKey();
    }
    if (result.equals(SamResult.INVALID_ID)) {
      return this == SESSION_CREATE || this == SESSION_ADD
          ? ErrorKind.CONFIG_INVALID
          : ErrorKind.SESSION_LOST;
    }
    // A MESSAGE is "subject to change": a miss here costs better advice only, for both kinds may be
    // tried again.
    if (this == SESSION_CREATE
        && result.equals(SamResult.I2P_ERROR)
        && note.toLowerCase(Locale.ROOT).contains("tunnel")) {
      return ErrorKind.TUNNELS_NOT_READY;
    }
    return EVERYWHERE.getOrDefault(result, otherwise);
  }

  /** Names are checked before they are sent, so a server that finds one invalid could not resolve it: i2pd says so. */
  private ErrorKind onInvalidKey() {
    return switch (this) {
      case STREAM_CONNECT, NAMING_LOOKUP -> ErrorKind.NAME_NOT_FOUND;
      case SESSION_CREATE -> ErrorKind.KEY_INVALID;
      default -> otherwise;
    };
  }
}
