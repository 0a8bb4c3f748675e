package io.allium.protocol.sam.state;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamText;

/** Makes the errors of conversations: one sentence each, without names, destinations or keys. */
final class Errors {
  private Errors() {}

  static I2pException refused(Phase phase, SamResult result, String note) {
    ErrorKind kind = phase.kindOf(result, note);
    String shown = SamText.sanitize(note);
    String said = shown.isEmpty() ? "" : " (" + shown + ")";
    String what = "The router answered " + result + said + " to " + phase.command();
    return new I2pException(kind, what + advice(phase, kind));
  }

  private static String advice(Phase phase, ErrorKind kind) {
    return switch (kind) {
      case ROUTER_REFUSED -> ": check user name, password and the versions it supports";
      case NAME_NOT_FOUND ->
        ": it cannot resolve the name now; check its spelling or use the b32 address";
      case KEY_INVALID -> ": it cannot read the private key";
      case ID_IN_USE -> ": try again with a fresh identifier";
      case DESTINATION_IN_USE ->
        ": close the other session of this destination, or wait until it is gone";
      case SESSION_LOST ->
        phase == Phase.SESSION_OPEN ? ": it has ended" : ": it does not know the session any more";
      case PEER_UNREACHABLE -> ": the peer is offline, or cannot be reached now";
      case TUNNELS_NOT_READY -> ": it may still be starting, try again";
      default -> "";
    };
  }

  static I2pException eof(Phase phase) {
    String what = switch (phase) {
      case HELLO ->
        "What answered closed the connection before HELLO REPLY: check that this is the SAM port";
      case SESSION_OPEN -> "The router closed the session";
      default -> "The router closed the connection before it answered " + phase.command();
    };
    return new I2pException(phase.onEof(), what);
  }

  static I2pException unexpected(Phase phase) {
    String what = phase == Phase.HELLO
        ? "What answered does not speak SAM: check that this is the SAM port"
        : "The router answered something else than expected to " + phase.command();
    return new I2pException(ErrorKind.PROTOCOL_VIOLATION, what);
  }
}
