package io.allium;

import io.allium.internal.AcceptorCore;
import io.allium.internal.Grace;
import io.allium.internal.SessionCore;
import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One destination online, with tunnels of its own. Get one from {@link I2p#open}; it is online until closed.
 *
 * <p>When the router drops it, it comes back by itself with the same keys ({@link Recovery#ON}, the default). Meanwhile
 * its streams fail with {@code SESSION_LOST}, {@code connect}, {@code accept} and {@code receive} wait, and sending a
 * datagram fails; {@link #status()} and {@link #onEvent} tell.
 *
 * <p>Closing it closes its acceptors, ports and streams; bytes that the router had not delivered by then may be lost, so
 * let the peer finish first. Safe for use by several threads.
 */
public final class I2pSession implements AutoCloseable {
  private final SessionCore core;

  I2pSession(SessionCore core) {
    this.core = core;
  }

  /**
   * This session's destination: what peers connect to.
   *
   * @return the same for the session's life
   */
  public Destination destination() {
    return core.destination();
  }

  /**
   * Connects to an address such as {@code <52 characters>.b32.i2p}, {@code example.i2p} or, where the router has ports,
   * {@code example.i2p:80}, with the defaults.
   *
   * @param address a name, and optionally a colon and a port; default port 0, which reaches whoever accepts on every port
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code NAME_INVALID}: check the text; else as {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(String address) throws I2pException {
    return connect(I2pAddress.parse(address, 0), ConnectOptions.defaults());
  }

  /**
   * Opens a stream to port 0 of a destination, b32 address or host name, with the defaults.
   *
   * @param to the peer
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(I2pName to) throws I2pException {
    return connect(I2pAddress.of(to, 0), ConnectOptions.defaults());
  }

  /**
   * Opens a stream with the defaults: local port 0, 90 s.
   *
   * @param to the peer
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connect(I2pAddress to) throws I2pException {
    return connect(to, ConnectOptions.defaults());
  }

  /**
   * Opens a stream. A name is resolved by the router first, never by the system. A peer that cannot be reached is tried
   * once or twice more; over SAM, by a session younger than two minutes, for 30 s. Some routers answer before the peer did: then only data that comes back proves that it is there. While
   * the session is being recovered it waits, as long as its timeout lets it.
   *
   * @param to the peer
   * @param options local port, timeout
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code NAME_NOT_FOUND}: check the host name; {@code PEER_UNREACHABLE},
   *     {@code LEASESET_NOT_FOUND}, {@code PEER_REFUSED}, {@code TIMEOUT}: may be tried again; {@code UNSUPPORTED}: the router has no ports;
   *     {@code ROUTER_*}, {@code PROTOCOL_VIOLATION}: the router failed or is away; {@code INTERRUPTED}: only this call
   *     is abandoned; after all of these the session stays usable. {@code SESSION_LOST} without recovery,
   *     {@code CLOSED}: it does not.
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, STREAM CONNECT</a>
   */
  public I2pStream connect(I2pAddress to, ConnectOptions options) throws I2pException {
    return new I2pStream(core.connect(to, options));
  }

  /**
   * Accepts incoming streams for a port. An exact port beats port 0.
   *
   * @param port 0–65535, anything else is an {@link IllegalArgumentException}; 0 is every port that nobody else listens on, and the only one on a router without ports
   * @return the acceptor, open until closed or the session ends
   * @throws I2pException {@code CONFIG_INVALID}: the port already has an acceptor; {@code UNSUPPORTED}: the router has no
   *     ports; {@code CLOSED}; {@code SESSION_LOST}
   */
  public I2pAcceptor listen(int port) throws I2pException {
    return listen(ListenOptions.builder().port(port).build());
  }

  /**
   * Accepts incoming streams for a port. An exact port beats port 0.
   *
   * @param options the port, and when a peer is answered
   * @return the acceptor, open until closed or the session ends
   * @throws I2pException as {@link #listen(int)}
   */
  public I2pAcceptor listen(ListenOptions options) throws I2pException {
    return new I2pAcceptor(AcceptorCore.open(core, options));
  }

  /**
   * Opens a datagram port; waits while the session is being recovered, 30 s at most.
   *
   * @param options format and ports
   * @return the port, to be closed by the caller
   * @throws I2pException {@code CONFIG_INVALID}: another datagram port listens there; {@code UNSUPPORTED}: the router,
   *     the provider or {@link SessionConfig#protocols()} has no such datagrams, ports or protocol numbers;
   *     {@code TIMEOUT}; {@code INTERRUPTED}; {@code CLOSED}; {@code SESSION_LOST} without recovery
   */
  public DatagramPort datagrams(DatagramOptions options) throws I2pException {
    return new DatagramPort(core.datagrams(options));
  }

  /**
   * What the session's router can do.
   *
   * @return as {@link I2p#capabilities()}
   */
  public Set<Capability> capabilities() {
    return core.capabilities();
  }

  /**
   * Whether its keys were made for it alone, so that its address is gone when it is closed.
   *
   * @return false with keys that the program gave
   */
  public boolean isTransient() {
    return core.isTransient();
  }

  /**
   * Opens a session like this one with another, new destination, so that peers cannot tell that both are ours by their
   * addresses.
   *
   * @return the new session, to be closed by the caller
   * @throws I2pException as {@link I2p#open}
   */
  public I2pSession isolated() throws I2pException {
    return new I2pSession(core.isolated());
  }

  /**
   * Opens a stream from a new destination of its own, in one call: as {@link #isolated()}, then {@code connect}. The
   * destination goes offline half a minute after the stream ended, when what was written has been delivered. Costs what
   * opening a session costs: seconds, and tunnels.
   *
   * @param to the peer
   * @param options local port, timeout; opening the session has its own, {@link SessionConfig#openTimeout()}
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link I2p#open} and {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connectIsolated(I2pAddress to, ConnectOptions options) throws I2pException {
    return new I2pStream(core.connectIsolated(to, options));
  }

  /**
   * Waits until peers can reach this session, which is more than that its router opened it: a second, transient session
   * with tunnels of its own, on the same router, connects here, or sends datagrams if this session carries no streams.
   * No acceptor or port need be open, and none gets what it sends. A session that stays unreachable, as sometimes happens
   * to one that its router opened but failed to publish, is taken offline and opened again with the same keys ({@link
   * SessionEvent.Lost}, then {@link SessionEvent.Recovered}), unless it has open streams or {@link Recovery#NONE}.
   *
   * <p>It costs what opening a session costs. Whoever watches the router can tell that both sessions belong together, as
   * all sessions on one router; peers see nothing of it.
   *
   * @param timeout how long at most, positive; minutes on a router that just started
   * @return {@code YES}, or {@code CANNOT_KNOW} at once where only our own router could be asked, inside which both sessions
   *     would talk
   * @throws I2pException {@code TIMEOUT}: not reachable yet, the cause says what was tried; {@code INTERRUPTED}: only
   *     this call is abandoned; {@code ROUTER_*}; {@code CLOSED}; {@code SESSION_LOST} without recovery
   */
  public Known awaitReachable(Duration timeout) throws I2pException {
    return core.awaitReachable(timeout);
  }

  /**
   * How the session is now.
   *
   * @return a snapshot
   */
  public SessionStatus status() {
    return core.status();
  }

  /**
   * Calls back on every event of this session from now on, in order, after those that say how it is now: {@code Ready},
   * then {@code Lost} while it is not online. All listeners of a session share one thread; a slow one delays only the
   * others.
   *
   * @param listener must not throw
   * @return ends that
   */
  public Registration onEvent(Consumer<? super SessionEvent> listener) {
    return core.onEvent(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Closes everything that belongs to the session, and takes the destination offline, once what was written to streams
   * has had time to arrive: 10 s from the close of each, 30 s if nothing ever came from the peer. Blocks so long only if something may be under way: for a stream
   * from which something came after the last write, nothing is; and where the router says what arrived ({@link
   * Capability#DELIVERY_KNOWN}) the wait ends as soon as all did. An interrupt ends the wait. Called by a listener of
   * events, it waits on another thread. Idempotent.
   */
  @Override
  public void close() {
    core.close(Grace.DEFAULT);
  }

  /**
   * As {@link #close()}, with another time.
   *
   * @param timeout how long after the close of a stream what was written to it may be under way, not negative; zero
   *     waits for nothing
   * @return whether all of it arrived; {@code CANNOT_KNOW} where the router does not say ({@link
   *     Capability#DELIVERY_KNOWN}), or the session had ended before
   */
  public Known close(Duration timeout) {
    return core.close(Grace.of(Checks.notNegative(timeout, "timeout")));
  }

  /** Whether it is the same session. */
  @Override
  public boolean equals(Object other) {
    return other instanceof I2pSession that && core == that.core;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(core);
  }

  /** The address, shortened, and the state. */
  @Override
  public String toString() {
    return core.toString();
  }
}
