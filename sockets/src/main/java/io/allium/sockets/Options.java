package io.allium.sockets;

import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * Options of a socket. A router sees none of them: they are kept for the program that set them. They are those that
 * libraries set without asking, with the values that they have on Linux.
 */
final class Options {
  /** As large as a piece that goes to a router at once. */
  private static final int BUFFER = 64 * 1024;

  private static final int MAX_TRAFFIC_CLASS = 255;

  private final Map<SocketOption<?>, Object> values;

  private Options(Map<SocketOption<?>, Object> defaults) {
    values = new ConcurrentHashMap<>(defaults);
  }

  static Options ofSocket() {
    return new Options(Map.of(
        StandardSocketOptions.SO_KEEPALIVE,
        false,
        StandardSocketOptions.SO_LINGER,
        -1,
        StandardSocketOptions.SO_RCVBUF,
        BUFFER,
        StandardSocketOptions.SO_SNDBUF,
        BUFFER,
        StandardSocketOptions.SO_REUSEADDR,
        false,
        StandardSocketOptions.TCP_NODELAY,
        false,
        StandardSocketOptions.IP_TOS,
        0,
        ExtendedSocketOptions.TCP_KEEPIDLE,
        7200,
        ExtendedSocketOptions.TCP_KEEPINTERVAL,
        75,
        ExtendedSocketOptions.TCP_KEEPCOUNT,
        9));
  }

  static Options ofServer() {
    return new Options(Map.of(
        StandardSocketOptions.SO_RCVBUF, BUFFER,
        StandardSocketOptions.SO_REUSEADDR, true,
        ExtendedSocketOptions.TCP_KEEPIDLE, 7200,
        ExtendedSocketOptions.TCP_KEEPINTERVAL, 75,
        ExtendedSocketOptions.TCP_KEEPCOUNT, 9));
  }

  Set<SocketOption<?>> supported() {
    return Set.copyOf(values.keySet());
  }

  <T> void set(SocketOption<T> option, T value) {
    get(option);
    if (value instanceof Integer number && !isValid(option, number)) {
      throw new IllegalArgumentException("invalid value of " + option.name() + ": " + number);
    }
    values.put(option, Objects.requireNonNull(value));
  }

  private static boolean isValid(SocketOption<?> option, int value) {
    if (option.equals(StandardSocketOptions.SO_LINGER)) {
      return true; // a negative time means no lingering
    }
    return option.equals(StandardSocketOptions.IP_TOS)
        ? value >= 0 && value <= MAX_TRAFFIC_CLASS
        : value > 0;
  }

  <T> T get(SocketOption<T> option) {
    Object value = values.get(Objects.requireNonNull(option));
    if (value == null) {
      throw new UnsupportedOperationException("'" + option + "' not supported");
    }
    return option.type().cast(value);
  }
}
