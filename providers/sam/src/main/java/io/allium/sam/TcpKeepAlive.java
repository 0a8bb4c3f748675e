package io.allium.sam;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Map;

/**
 * Has the kernel ask whether the other end of a connection is still there, which costs neither side's program anything.
 * Streams and accepts need it as much as sessions: they may be silent for days, and what lies between us and a router on
 * another machine forgets a silent connection.
 */
final class TcpKeepAlive {
  /** The usual two hours are longer than firewalls remember a silent connection; five minutes is what short ones do. */
  static final int IDLE_SECONDS = 60;

  static final int INTERVAL_SECONDS = 10;

  /** With the interval, a minute in which a cable may be out. */
  static final int COUNT = 6;

  /** By their names: a runtime may lack the module {@code jdk.net}, and a system any of them. */
  private static final Map<String, Integer> SETTINGS = Map.of(
      "TCP_KEEPIDLE", IDLE_SECONDS,
      "TCP_KEEPINTERVAL", INTERVAL_SECONDS,
      "TCP_KEEPCOUNT", COUNT);

  private TcpKeepAlive() {}

  static void on(SocketChannel channel) throws IOException {
    channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    for (SocketOption<?> option : channel.supportedOptions()) {
      Integer value = SETTINGS.get(option.name());
      if (value != null) {
        set(channel, option, value);
      }
    }
  }

  private static <T> void set(SocketChannel channel, SocketOption<T> option, Integer value)
      throws IOException {
    channel.setOption(option, option.type().cast(value));
  }
}
