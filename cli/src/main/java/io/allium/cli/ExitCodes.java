package io.allium.cli;

import io.allium.ErrorKind;

/** What the program ends with, by {@code sysexits.h}; a contract with scripts and service managers. */
final class ExitCodes {
  static final int OK = 0;
  static final int BUG = 1;
  static final int USAGE = 64;
  static final int BAD_DATA = 65;

  /** The answer points to another address. */
  static final int ELSEWHERE = 66;

  static final int NAME_NOT_FOUND = 68;
  static final int ROUTER_UNAVAILABLE = 69;
  static final int CANNOT_CREATE = 73;
  static final int TRY_AGAIN = 75;
  static final int PROTOCOL = 76;
  static final int REFUSED = 77;
  static final int BAD_CONFIGURATION = 78;
  static final int INTERRUPTED = 130;

  private ExitCodes() {}

  static int of(ErrorKind kind) {
    return switch (kind) {
      case INTERNAL -> BUG;
      case NAME_INVALID, KEY_INVALID, MESSAGE_TOO_LARGE -> BAD_DATA;
      case NAME_NOT_FOUND -> NAME_NOT_FOUND;
      case ROUTER_UNREACHABLE, SESSION_LOST -> ROUTER_UNAVAILABLE;
      case PROTOCOL_VIOLATION -> PROTOCOL;
      case ROUTER_REFUSED -> REFUSED;
      case CONFIG_INVALID, UNSUPPORTED -> BAD_CONFIGURATION;
      case INTERRUPTED -> INTERRUPTED;
      default -> TRY_AGAIN;
    };
  }

  /** Which error a code stands for, where nothing says it better. */
  static String name(int code) {
    return switch (code) {
      case BUG -> "internal";
      case USAGE -> "usage";
      case BAD_DATA -> "bad_data";
      case ELSEWHERE -> "elsewhere";
      case NAME_NOT_FOUND -> "name_not_found";
      case ROUTER_UNAVAILABLE -> "router_unreachable";
      case CANNOT_CREATE -> "cannot_create";
      case TRY_AGAIN -> "try_again";
      case PROTOCOL -> "protocol_violation";
      case REFUSED -> "router_refused";
      case BAD_CONFIGURATION -> "config_invalid";
      default -> "failed";
    };
  }
}
