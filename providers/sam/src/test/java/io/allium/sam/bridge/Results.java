package io.allium.sam.bridge;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.OtherReply;
import io.allium.protocol.sam.SamMessage;
import io.allium.protocol.sam.SamOption;
import io.allium.protocol.sam.SamReply;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamText;
import java.util.List;

/** What SAM calls the errors of the API (SAM v3, "RESULT Values" and the replies of single commands). */
final class Results {
  private Results() {}

  static SamResult of(ErrorKind kind) {
    return switch (kind) {
      case NAME_INVALID, KEY_INVALID -> SamResult.INVALID_KEY;
      case NAME_NOT_FOUND -> SamResult.KEY_NOT_FOUND;
      case DESTINATION_IN_USE -> SamResult.DUPLICATED_DEST;
      case ID_IN_USE -> SamResult.DUPLICATED_ID;
      case LEASESET_NOT_FOUND, PEER_UNREACHABLE, PEER_REFUSED, PEER_RESET ->
        SamResult.CANT_REACH_PEER;
      case TIMEOUT -> SamResult.TIMEOUT;
      case CLOSED, SESSION_LOST -> SamResult.INVALID_ID;
      case CONFIG_INVALID,
          MESSAGE_TOO_LARGE,
          INTERRUPTED,
          UNSUPPORTED,
          INTERNAL,
          ROUTER_UNREACHABLE,
          ROUTER_REFUSED,
          ROUTER_ERROR,
          PROTOCOL_VIOLATION,
          TUNNELS_NOT_READY -> SamResult.I2P_ERROR;
    };
  }

  /** Of a lookup, where only one that asked for the options is told of lease sets ("Name Lookup Options"). */
  static SamResult ofLookup(ErrorKind kind, boolean options) {
    if (kind != ErrorKind.LEASESET_NOT_FOUND) {
      return of(kind);
    }
    return options ? SamResult.LEASESET_NOT_FOUND : SamResult.KEY_NOT_FOUND;
  }

  static String note(I2pException cause) {
    return note(String.valueOf(cause.getMessage()));
  }

  static String note(String text) {
    return SamText.sanitize(text);
  }

  /** To a command that could not be read or is not served. */
  static SamReply refusal(SamMessage command, String why) {
    String verb = command.verb();
    String action = verb.equals("NAMING") || verb.equals("DEST") ? "REPLY" : "STATUS";
    return new OtherReply(new SamMessage(
        verb,
        action,
        List.of(
            new SamOption("RESULT", SamResult.I2P_ERROR.name()),
            new SamOption("MESSAGE", note(why)))));
  }
}
