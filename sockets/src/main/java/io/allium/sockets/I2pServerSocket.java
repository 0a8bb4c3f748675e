package io.allium.sockets;

import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An acceptor of a session as a {@link ServerSocket}, with the contract of that class, for servers that know nothing
 * else. {@link I2pServerSocketFactory} makes them. What it accepts are {@link I2pSocket}s.
 *
 * <p>{@link #getLocalSocketAddress()} is unresolved, and its host is the session's b32 address. Errors are those of
 * {@code java.net}; the cause of each is an {@link I2pException} that says what to do. Interrupting a thread that
 * accepts ends only that call: a {@link SocketException}, flag kept.
 */
public final class I2pServerSocket extends ServerSocket {
  private static final int UNBOUND = -1;

  /** The ports that nobody has a name for (RFC 6335, section 6). */
  private static final int FIRST_FREE_PORT = 49_152;

  /** Each port is free with near certainty. */
  private static final int TRIES = 20;

  private final I2pSession session;
  private final Options options = Options.ofServer();
  private final ReentrantLock lock = new ReentrantLock();

  // What follows is written under the lock, and read by any thread.
  private volatile @Nullable I2pAcceptor acceptor;
  private volatile boolean closed;
  private volatile int timeoutMillis;

  I2pServerSocket(I2pSession session) throws IOException {
    super(new NoSocketImpl());
    this.session = session;
  }

  @Override
  public void bind(@Nullable SocketAddress endpoint) throws IOException {
    bind(endpoint, 0);
  }

  /**
   * Accepts on an I2P port from now on.
   *
   * @param endpoint the wildcard or loopback address, or the session's own b32 address, with an I2P port; 0 chooses a
   *     free one, as {@code java.net} does. A router without {@link Capability#PORTS} has only port 0
   * @param backlog changes nothing: how many streams wait is the session's affair
   */
  @Override
  public void bind(@Nullable SocketAddress endpoint, int backlog) throws IOException {
    lock.lock();
    try {
      checkOpen();
      if (acceptor != null) {
        throw new SocketException("Already bound");
      }
      int port = endpoint == null ? 0 : Names.localPort(endpoint, session.destination());
      if (!session.capabilities().contains(Capability.PORTS)) {
        acceptor = session.listen(0);
      } else {
        acceptor = port == 0 ? onFreePort() : session.listen(port);
      }
    } catch (I2pException e) {
      BindException error = new BindException(String.valueOf(e.getMessage()));
      error.initCause(e);
      throw error;
    } finally {
      lock.unlock();
    }
  }

  private I2pAcceptor onFreePort() throws I2pException {
    for (int i = 1; ; i++) {
      int port = ThreadLocalRandom.current().nextInt(FIRST_FREE_PORT, I2pAddress.MAX_PORT + 1);
      try {
        return session.listen(port);
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.CONFIG_INVALID || i == TRIES) {
          throw e;
        }
      }
    }
  }

  private void checkOpen() throws SocketException {
    if (closed) {
      throw new SocketException("Socket is closed");
    }
  }

  @Override
  public Socket accept() throws IOException {
    checkOpen();
    I2pAcceptor open = acceptor;
    if (open == null) {
      throw new SocketException("Socket is not bound yet");
    }
    int limit = timeoutMillis;
    I2pStream stream;
    try {
      stream = limit == 0 ? open.accept() : open.accept(Duration.ofMillis(limit));
    } catch (I2pException e) {
      throw Faults.waiting(e, "Accept timed out");
    }
    return new I2pSocket(session, stream);
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      I2pAcceptor open = acceptor;
      if (open != null) {
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The wildcard address once it is bound: no address of this machine is meant. */
  @Override
  public @Nullable InetAddress getInetAddress() {
    return acceptor == null ? null : new InetSocketAddress(0).getAddress();
  }

  @Override
  public int getLocalPort() {
    I2pAcceptor open = acceptor;
    return open == null ? UNBOUND : open.address().port();
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    I2pAcceptor open = acceptor;
    return open == null ? null : Names.of(open.address());
  }

  @Override
  public @Nullable ServerSocketChannel getChannel() {
    return null;
  }

  @Override
  public boolean isBound() {
    return acceptor != null;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  /** Limits an accept, in milliseconds; 0 waits for ever. */
  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    checkOpen();
    if (timeout < 0) {
      throw new IllegalArgumentException("timeout < 0");
    }
    timeoutMillis = timeout;
  }

  @Override
  public int getSoTimeout() throws SocketException {
    checkOpen();
    return timeoutMillis;
  }

  @Override
  public <T> ServerSocket setOption(SocketOption<T> name, T value) throws SocketException {
    Objects.requireNonNull(name);
    checkOpen();
    options.set(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws SocketException {
    Objects.requireNonNull(name);
    checkOpen();
    return options.get(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return options.supported();
  }

  @Override
  public void setReuseAddress(boolean on) throws SocketException {
    setOption(StandardSocketOptions.SO_REUSEADDR, on);
  }

  @Override
  public boolean getReuseAddress() throws SocketException {
    return getOption(StandardSocketOptions.SO_REUSEADDR);
  }

  @Override
  public void setReceiveBufferSize(int size) throws SocketException {
    setOption(StandardSocketOptions.SO_RCVBUF, size);
  }

  @Override
  public int getReceiveBufferSize() throws SocketException {
    return getOption(StandardSocketOptions.SO_RCVBUF);
  }

  /** Nothing to prefer. */
  @Override
  public void setPerformancePreferences(int connectionTime, int latency, int bandwidth) {}

  /** The session's address, shortened, and the port. */
  @Override
  public String toString() {
    I2pAcceptor open = acceptor;
    return open == null ? "I2pServerSocket[unbound]" : "I2pServerSocket[" + open.address() + "]";
  }
}
