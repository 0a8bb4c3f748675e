package io.allium.cli;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Why a command did not do what it was asked for, as people and programs are told.
 *
 * @param exitCode what the program ends with
 * @param message one sentence
 * @param kind which error it is, in small letters
 * @param place where it arose, in small letters
 * @param retryable whether the same command may succeed later
 */
record Failure(int exitCode, String message, String kind, String place, boolean retryable) {
  /** An error of the API. */
  static Failure of(I2pException error) {
    ErrorKind kind = error.kind();
    return new Failure(
        ExitCodes.of(kind),
        String.valueOf(error.getMessage()),
        small(kind),
        small(kind.place()),
        kind.retryable());
  }

  /** An error of a command. */
  static Failure of(CommandFailure error) {
    return of(error.exitCode(), error.getMessage());
  }

  /** One that is known by its exit code alone. */
  static Failure of(int exitCode, @Nullable String message) {
    boolean later = exitCode == ExitCodes.TRY_AGAIN;
    return new Failure(
        exitCode,
        String.valueOf(message),
        ExitCodes.name(exitCode),
        small(later ? ErrorKind.Place.PEER : ErrorKind.Place.US),
        later);
  }

  /** The same error in other words. */
  Failure saying(String other) {
    return new Failure(exitCode, other, kind, place, retryable);
  }

  /** As it stands in JSON. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("error", message);
    facts.put("kind", kind);
    facts.put("place", place);
    facts.put("retryable", retryable);
    return facts;
  }

  static String small(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
