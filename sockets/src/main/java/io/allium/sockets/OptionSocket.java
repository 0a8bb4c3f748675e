package io.allium.sockets;

import java.net.Socket;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.Objects;
import java.util.Set;

/** The options of a socket, which no router knows: they are kept and told again. */
abstract class OptionSocket extends Socket {
  /** What {@link Socket#setSoLinger} cuts a longer time to. */
  private static final int MAX_LINGER = 65_535;

  private final Options options = Options.ofSocket();
  private volatile boolean urgentInline;

  OptionSocket() throws SocketException {
    super(new NoSocketImpl());
  }

  /** For what a closed socket does not do. */
  final void checkOpen() throws SocketException {
    if (isClosed()) {
      throw new SocketException("Socket is closed");
    }
  }

  @Override
  public final <T> Socket setOption(SocketOption<T> name, T value) throws SocketException {
    Objects.requireNonNull(name);
    checkOpen();
    options.set(name, value);
    return this;
  }

  @Override
  public final <T> T getOption(SocketOption<T> name) throws SocketException {
    Objects.requireNonNull(name);
    checkOpen();
    return options.get(name);
  }

  @Override
  public final Set<SocketOption<?>> supportedOptions() {
    return options.supported();
  }

  @Override
  public final void setTcpNoDelay(boolean on) throws SocketException {
    setOption(StandardSocketOptions.TCP_NODELAY, on);
  }

  @Override
  public final boolean getTcpNoDelay() throws SocketException {
    return getOption(StandardSocketOptions.TCP_NODELAY);
  }

  /**
   * With {@code true} and 0, {@link #close()} ends the stream at once, and what is on its way may be lost; everything
   * else closes as a stream does.
   */
  @Override
  public final void setSoLinger(boolean on, int linger) throws SocketException {
    if (on && linger < 0) {
      throw new IllegalArgumentException("invalid value for SO_LINGER");
    }
    setOption(StandardSocketOptions.SO_LINGER, on ? Math.min(linger, MAX_LINGER) : -1);
  }

  @Override
  public final int getSoLinger() throws SocketException {
    return getOption(StandardSocketOptions.SO_LINGER);
  }

  /** I2P has no urgent data. */
  @Override
  public final void sendUrgentData(int data) throws SocketException {
    checkOpen();
    throw new SocketException("urgent data cannot be sent over I2P: send it as ordinary data");
  }

  @Override
  public final void setOOBInline(boolean on) throws SocketException {
    checkOpen();
    urgentInline = on;
  }

  @Override
  public final boolean getOOBInline() throws SocketException {
    checkOpen();
    return urgentInline;
  }

  @Override
  public final void setSendBufferSize(int size) throws SocketException {
    setOption(StandardSocketOptions.SO_SNDBUF, size);
  }

  @Override
  public final int getSendBufferSize() throws SocketException {
    return getOption(StandardSocketOptions.SO_SNDBUF);
  }

  @Override
  public final void setReceiveBufferSize(int size) throws SocketException {
    setOption(StandardSocketOptions.SO_RCVBUF, size);
  }

  @Override
  public final int getReceiveBufferSize() throws SocketException {
    return getOption(StandardSocketOptions.SO_RCVBUF);
  }

  @Override
  public final void setKeepAlive(boolean on) throws SocketException {
    setOption(StandardSocketOptions.SO_KEEPALIVE, on);
  }

  @Override
  public final boolean getKeepAlive() throws SocketException {
    return getOption(StandardSocketOptions.SO_KEEPALIVE);
  }

  @Override
  public final void setTrafficClass(int tc) throws SocketException {
    setOption(StandardSocketOptions.IP_TOS, tc);
  }

  @Override
  public final int getTrafficClass() throws SocketException {
    return getOption(StandardSocketOptions.IP_TOS);
  }

  @Override
  public final void setReuseAddress(boolean on) throws SocketException {
    setOption(StandardSocketOptions.SO_REUSEADDR, on);
  }

  @Override
  public final boolean getReuseAddress() throws SocketException {
    return getOption(StandardSocketOptions.SO_REUSEADDR);
  }

  /** Nothing to prefer. */
  @Override
  public final void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {}
}
