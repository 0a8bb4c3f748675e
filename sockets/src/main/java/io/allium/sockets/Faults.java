package io.allium.sockets;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Errors of I2P as those that programs know from {@code java.net}; each one's cause is the {@link I2pException}. */
final class Faults {
  /** Programs compare these words of the JDK. */
  private static final String CLOSED = "Socket closed";

  private Faults() {}

  /** A stream that could not be opened. */
  static IOException connecting(I2pException error, boolean limited) {
    String message = String.valueOf(error.getMessage());
    return switch (error.kind()) {
      case NAME_INVALID, NAME_NOT_FOUND -> with(error, new UnknownHostException(message));
      case LEASESET_NOT_FOUND, PEER_UNREACHABLE -> with(error, new NoRouteToHostException(message));
      case TIMEOUT ->
        limited
            ? with(error, new SocketTimeoutException("Connect timed out"))
            : with(error, new ConnectException(message));
      case CLOSED, INTERRUPTED, SESSION_LOST -> of(error);
      default -> with(error, new ConnectException(message));
    };
  }

  /** A read, or a wait for a stream, that failed. */
  static IOException waiting(I2pException error, String timedOut) {
    return error.kind() == ErrorKind.TIMEOUT
        ? with(error, new SocketTimeoutException(timedOut))
        : of(error);
  }

  /** Anything else that failed on an open socket. */
  static SocketException of(I2pException error) {
    String message = switch (error.kind()) {
      case CLOSED -> CLOSED;
      case PEER_RESET -> "Connection reset";
      default -> String.valueOf(error.getMessage());
    };
    return with(error, new SocketException(message));
  }

  static SocketException closed() {
    return new SocketException(CLOSED);
  }

  private static <T extends Exception> T with(I2pException cause, T error) {
    error.initCause(cause);
    return error;
  }
}
