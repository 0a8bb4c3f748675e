package io.allium.sam;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.protocol.sam.SamException;
import io.allium.protocol.sam.SamPhase;
import io.allium.protocol.sam.SamResult;
import io.allium.protocol.sam.SamText;
import io.allium.protocol.sam.state.HelloConversation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a bridge's answers mean to programs: one sentence each, without names, destinations or keys. */
final class SamErrors {
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

  /**
   * What bridges say in words alone. A MESSAGE is "subject to change" (SAM v3, "SAM Reply Messages"), so that a miss must
   * cost nothing but better advice.
   *
   * @param phase what was asked for
   * @param result what was answered
   * @param words what the message says, in lower case
   * @param kind what it means
   * @param advice what to do
   */
  private record Words(
      SamPhase phase, SamResult result, String words, ErrorKind kind, String advice) {
    boolean fit(SamException.Refused refused) {
      return phase == refused.phase()
          && result.equals(refused.result())
          && refused.note().toLowerCase(Locale.ROOT).contains(words);
    }
  }

  /** The most specific first. All but the last one are words of Java I2P. */
  private static final List<Words> WORDS = List.of(
      new Words(
          SamPhase.SESSION_CREATE,
          SamResult.I2P_ERROR,
          "duplicate destination",
          ErrorKind.DESTINATION_IN_USE,
          ": close the other session of this destination, or wait until it is gone"),
      new Words(
          SamPhase.STREAM_CONNECT,
          SamResult.CANT_REACH_PEER,
          "local loopback denied",
          ErrorKind.UNSUPPORTED,
          ": this router connects no destination to itself, use another session"),
      new Words(
          SamPhase.STREAM_CONNECT,
          SamResult.CANT_REACH_PEER,
          "connection reset",
          ErrorKind.PEER_REFUSED,
          ": the peer is online, and nobody accepts streams there now"),
      new Words(
          SamPhase.SESSION_CREATE,
          SamResult.I2P_ERROR,
          "tunnel",
          ErrorKind.TUNNELS_NOT_READY,
          ": it may still be starting, try again"));

  private SamErrors() {}

  static I2pException of(SamException error) {
    return switch (error) {
      case SamException.Refused refused ->
        new I2pException(kindOf(refused), sentence(refused), error);
      case SamException.Ended ended ->
        new I2pException(kindOfEnd(ended.phase()), sentence(ended.phase()), error);
      case SamException.Violation violation ->
        new I2pException(
            ErrorKind.PROTOCOL_VIOLATION,
            violation
                .unanswered()
                .map(SamErrors::unanswered)
                .orElse(String.valueOf(violation.getMessage())),
            error);
      case SamException.Unprintable unprintable ->
        new I2pException(ErrorKind.CONFIG_INVALID, String.valueOf(unprintable.getMessage()), error);
      case SamException.Unsupported unsupported ->
        new I2pException(ErrorKind.UNSUPPORTED, String.valueOf(unsupported.getMessage()), error);
    };
  }

  /** Whether an error is this answer of the router. */
  static boolean isRefusal(Exception error, SamResult result) {
    return error.getCause() instanceof SamException.Refused refused
        && refused.result().equals(result);
  }

  private static ErrorKind kindOf(SamException.Refused refused) {
    SamPhase phase = refused.phase();
    SamResult result = refused.result();
    if (phase == SamPhase.SESSION_OPEN) {
      return ErrorKind.SESSION_LOST;
    }
    if (result.equals(SamResult.INVALID_KEY)) {
      return kindOfInvalidKey(phase);
    }
    if (result.equals(SamResult.INVALID_ID)) {
      return phase == SamPhase.SESSION_CREATE ? ErrorKind.CONFIG_INVALID : ErrorKind.SESSION_LOST;
    }
    return words(refused)
        .map(Words::kind)
        .orElseGet(() -> EVERYWHERE.getOrDefault(result, otherwise(phase)));
  }

  private static Optional<Words> words(SamException.Refused refused) {
    return WORDS.stream().filter(words -> words.fit(refused)).findFirst();
  }

  /** Names are checked before they are sent, so a server that finds one invalid could not resolve it: i2pd says so. */
  private static ErrorKind kindOfInvalidKey(SamPhase phase) {
    return switch (phase) {
      case STREAM_CONNECT, NAMING_LOOKUP -> ErrorKind.NAME_NOT_FOUND;
      case SESSION_CREATE -> ErrorKind.KEY_INVALID;
      default -> otherwise(phase);
    };
  }

  private static ErrorKind otherwise(SamPhase phase) {
    return phase == SamPhase.HELLO ? ErrorKind.ROUTER_REFUSED : ErrorKind.ROUTER_ERROR;
  }

  /**
   * Something that accepts, and closes before it answers, is hardly SAM. Some i2pd close pending accepts of a healthy
   * session, so that end does not prove the session lost: its own connection does.
   */
  private static ErrorKind kindOfEnd(SamPhase phase) {
    return switch (phase) {
      case HELLO -> ErrorKind.PROTOCOL_VIOLATION;
      case SESSION_OPEN, PING -> ErrorKind.SESSION_LOST;
      default -> ErrorKind.ROUTER_ERROR;
    };
  }

  private static String sentence(SamException.Refused refused) {
    if (refused.phase() == SamPhase.HELLO && refused.result().equals(SamResult.NOVERSION)) {
      return "The router supports no SAM version from "
          + HelloConversation.DEFAULT.min().orElseThrow() + " to "
          + HelloConversation.DEFAULT.max().orElseThrow() + ": update it, or allow other versions";
    }
    String shown = SamText.sanitize(refused.note());
    String said = shown.isEmpty() ? "" : " (" + shown + ")";
    String answered =
        "answered " + refused.result() + said + " to " + refused.phase().command();
    if (kindOf(refused) == ErrorKind.NAME_NOT_FOUND) {
      return "The router cannot resolve the name now, it " + answered
          + ": check its spelling or use the b32 address";
    }
    return "The router " + answered
        + words(refused)
            .map(Words::advice)
            .orElseGet(() -> advice(refused.phase(), kindOf(refused)));
  }

  private static String advice(SamPhase phase, ErrorKind kind) {
    return switch (kind) {
      case ROUTER_REFUSED -> ": check user name, password and the versions it supports";
      case KEY_INVALID -> ": it cannot read the private key";
      case ID_IN_USE -> ": try again with a fresh identifier";
      case DESTINATION_IN_USE ->
        ": close the other session of this destination, or wait until it is gone";
      case SESSION_LOST ->
        phase == SamPhase.SESSION_OPEN
            ? ": it has ended"
            : ": it does not know the session any more";
      case PEER_UNREACHABLE -> ": the peer is offline, or cannot be reached now";
      default -> "";
    };
  }

  private static String sentence(SamPhase ended) {
    return switch (ended) {
      case HELLO ->
        "What answered closed the connection before HELLO REPLY: check that this is the SAM port";
      case SESSION_OPEN -> "The router closed the session";
      default -> "The router closed the connection before it answered " + ended.command();
    };
  }

  private static String unanswered(SamPhase phase) {
    return phase == SamPhase.HELLO
        ? "What answered does not speak SAM: check that this is the SAM port"
        : "The router answered something else than expected to " + phase.command();
  }
}
