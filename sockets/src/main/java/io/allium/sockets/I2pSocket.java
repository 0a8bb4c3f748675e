package io.allium.sockets;

import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.Destination;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A stream of a session as a {@link java.net.Socket}, with the contract of that class, for libraries that know nothing
 * else. {@link I2pSocketFactory} makes sockets that connect, {@link I2pServerSocket} those that were accepted.
 *
 * <p>What differs from a socket of the machine's network:
 *
 * <ul>
 *   <li>{@link #connect(SocketAddress, int)} takes names of I2P alone, as {@link InetSocketAddress#createUnresolved}
 *       makes them, or an {@link I2pAddress}. Nothing else is ever tried, and no resolver is asked. On routers without
 *       {@link Capability#PORTS} the port is left out. Without a timeout the session's own limit of 90 s applies.
 *   <li>{@link #getRemoteSocketAddress()} is unresolved, and its host is the peer's b32 address. A peer has no IP
 *       address: {@link #getInetAddress()} is a stand-in to which nobody can connect.
 *   <li>{@link #shutdownOutput()} fails on routers without {@link Capability#HALF_CLOSE}.
 *   <li>Options are kept, and change nothing; {@link #setSoLinger} says what it does.
 *   <li>Errors are those of {@code java.net}; the cause of each is an {@link I2pException} that says what to do.
 * </ul>
 *
 * <p>Interrupting a thread that reads, writes or connects closes the socket: a {@link SocketException}, flag kept.
 */
public final class I2pSocket extends OptionSocket {
  private static final int UNBOUND = -1;

  private final I2pSession session;
  private final ConnectOptions options;
  private final ReentrantLock lock = new ReentrantLock();

  // These are written under the lock, and read by any thread.
  private volatile @Nullable I2pStream stream;
  private volatile @Nullable Thread connecting;
  private volatile int localPort = UNBOUND;
  private volatile boolean connected;
  private volatile boolean closed;
  private volatile int timeoutMillis;

  // These follow what the stream has done, which may take time: no lock is held meanwhile.
  private volatile boolean inputShut;
  private volatile boolean outputShut;

  /** One that is to be connected. */
  I2pSocket(I2pSession session, ConnectOptions options) throws SocketException {
    this.session = session;
    this.options = options;
  }

  /** One that was accepted. */
  I2pSocket(I2pSession session, I2pStream stream) throws SocketException {
    this(session, ConnectOptions.defaults());
    this.stream = stream;
    localPort = stream.local().port();
    connected = true;
  }

  @Override
  public void connect(SocketAddress endpoint) throws IOException {
    connect(endpoint, 0);
  }

  @Override
  public void connect(SocketAddress endpoint, int timeout) throws IOException {
    if (endpoint == null) {
      throw new IllegalArgumentException("connect: The address can't be null");
    }
    if (timeout < 0) {
      throw new IllegalArgumentException("connect: timeout can't be negative");
    }
    checkOpen();
    if (connected) {
      throw new SocketException("already connected");
    }
    try {
      open(Names.peer(endpoint), timeout);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void open(I2pAddress to, int timeout) throws IOException {
    boolean ports = session.capabilities().contains(Capability.PORTS);
    ConnectOptions.Builder wanted = options.toBuilder();
    if (localPort > 0 && ports) {
      wanted.localPort(localPort);
    }
    if (timeout > 0) {
      wanted.timeout(Duration.ofMillis(timeout));
    }
    beginConnect();
    I2pStream opened = null;
    try {
      opened = session.connect(ports ? to : I2pAddress.of(to.name(), 0), wanted.build());
    } catch (I2pException e) {
      throw Faults.connecting(e, timeout > 0);
    } finally {
      endConnect(opened);
    }
  }

  private void beginConnect() throws SocketException {
    lock.lock();
    try {
      checkOpen();
      if (connecting != null) {
        throw new SocketException("already connecting");
      }
      connecting = Thread.currentThread();
    } finally {
      lock.unlock();
    }
  }

  private void endConnect(@Nullable I2pStream opened) throws SocketException {
    lock.lock();
    try {
      connecting = null;
      if (closed) {
        // it was close() that interrupted this thread
        boolean unused = Thread.interrupted();
        if (opened != null) {
          opened.cancel();
        }
        throw Faults.closed();
      }
      if (opened != null) {
        opened.readTimeout(Duration.ofMillis(timeoutMillis));
        stream = opened;
        localPort = opened.local().port();
        connected = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Takes a local I2P port: the wildcard address with a port, or null for any. */
  @Override
  public void bind(@Nullable SocketAddress bindpoint) throws IOException {
    lock.lock();
    try {
      checkOpen();
      if (isBound()) {
        throw new SocketException("Already bound");
      }
      localPort = bindpoint == null ? 0 : Names.localPort(bindpoint, session.destination());
    } finally {
      lock.unlock();
    }
  }

  private I2pStream connectedStream() throws SocketException {
    checkOpen();
    I2pStream open = stream;
    if (open == null) {
      throw new SocketException("Socket is not connected");
    }
    return open;
  }

  @Override
  public InputStream getInputStream() throws SocketException {
    I2pStream open = connectedStream();
    if (inputShut) {
      throw new SocketException("Socket input is shutdown");
    }
    return new SocketStreams.Input(this, open.input());
  }

  @Override
  public OutputStream getOutputStream() throws SocketException {
    I2pStream open = connectedStream();
    if (outputShut) {
      throw new SocketException("Socket output is shutdown");
    }
    return new SocketStreams.Output(this, open.output());
  }

  /** Limits a read, in milliseconds; 0 waits for ever. After a {@code SocketTimeoutException} the socket is usable. */
  @Override
  public void setSoTimeout(int timeout) throws SocketException {
    checkOpen();
    if (timeout < 0) {
      throw new IllegalArgumentException("timeout can't be negative");
    }
    lock.lock();
    try {
      timeoutMillis = timeout;
      I2pStream open = stream;
      if (open != null) {
        open.readTimeout(Duration.ofMillis(timeout));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int getSoTimeout() throws SocketException {
    checkOpen();
    return timeoutMillis;
  }

  @Override
  public void shutdownInput() throws SocketException {
    I2pStream open = connectedStream();
    if (inputShut) {
      throw new SocketException("Socket input is already shutdown");
    }
    try {
      open.shutdownInput();
    } catch (I2pException e) {
      throw Faults.of(e);
    }
    inputShut = true;
  }

  /** Ends our direction, and fails with a cause of kind {@code UNSUPPORTED} where the router cannot do that. */
  @Override
  public void shutdownOutput() throws SocketException {
    I2pStream open = connectedStream();
    if (outputShut) {
      throw new SocketException("Socket output is already shutdown");
    }
    try {
      open.shutdownOutput();
    } catch (I2pException e) {
      throw Faults.of(e);
    }
    outputShut = true;
  }

  /** What was written still reaches the peer as long as the session stays open. */
  @Override
  public void close() throws SocketException {
    lock.lock();
    try {
      if (closed) {
        return;
      }
      boolean abort = getOption(StandardSocketOptions.SO_LINGER) == 0;
      closed = true;
      Thread waiting = connecting;
      if (waiting != null && !waiting.equals(Thread.currentThread())) {
        waiting.interrupt();
      }
      I2pStream open = stream;
      if (open != null && abort) {
        open.cancel();
      } else if (open != null) {
        open.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The peer's {@linkplain StandIn stand-in}, whose host name is its b32 address; null before it is connected. */
  @Override
  public @Nullable InetAddress getInetAddress() {
    I2pStream open = stream;
    return open == null ? null : StandIn.of(open.peer());
  }

  @Override
  public InetAddress getLocalAddress() {
    return new InetSocketAddress(0).getAddress();
  }

  @Override
  public int getPort() {
    I2pStream open = stream;
    return open == null ? 0 : open.remote().port();
  }

  @Override
  public int getLocalPort() {
    return closed ? UNBOUND : localPort;
  }

  @Override
  public @Nullable SocketAddress getRemoteSocketAddress() {
    I2pStream open = stream;
    return open == null ? null : Names.of(open.remote());
  }

  @Override
  public @Nullable SocketAddress getLocalSocketAddress() {
    return isBound()
        ? Names.of(I2pAddress.of(session.destination(), Math.max(localPort, 0)))
        : null;
  }

  @Override
  public @Nullable SocketChannel getChannel() {
    return null;
  }

  /**
   * Who is at the other end; I2P proves it.
   *
   * @return its destination
   * @throws SocketException if the socket was never connected
   */
  public Destination peer() throws SocketException {
    I2pStream open = stream;
    if (open == null) {
      throw new SocketException("Socket is not connected");
    }
    return open.peer();
  }

  @Override
  public boolean isConnected() {
    return connected;
  }

  @Override
  public boolean isBound() {
    return localPort != UNBOUND;
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public boolean isInputShutdown() {
    return inputShut;
  }

  @Override
  public boolean isOutputShutdown() {
    return outputShut;
  }

  /** Both addresses, shortened. */
  @Override
  public String toString() {
    I2pStream open = stream;
    return open == null
        ? "I2pSocket[unconnected]"
        : "I2pSocket[" + open.local() + " - " + open.remote() + "]";
  }
}
