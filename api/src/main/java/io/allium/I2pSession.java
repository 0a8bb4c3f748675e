package io.allium;

import io.allium.internal.AcceptorCore;
import io.allium.internal.Grace;
import io.allium.internal.IsolatedStream;
import io.allium.internal.SessionCore;
import io.allium.internal.values.Checks;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * One destination online, with tunnels of its own. Get one from {@link I2p#open}; it is online until closed.
 *
 * <p>When the router drops the session, it comes back by itself with the same keys ({@link Recovery#ON}, the default).
 * Meanwhile its streams fail with {@code SESSION_LOST}, {@code connect}, {@code accept} and {@code receive} wait, and
 * sending a datagram fails; {@link #status()} and {@link #onEvent} report it.
 *
 * <p>Closing it closes its acceptors, ports and streams. {@link #close()} gives the router some time to deliver what
 * was written. After that, closing the session discards undelivered data, so let the peer answer last. Safe for use by
 * several threads.
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
   * @param address a name, and optionally a colon and a port; the default is port 0, which reaches an acceptor for
   *     every port
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
   * again within the timeout. Some routers report that a stream is open before the peer has answered: then only data
   * that comes back proves that the peer is there. While the session is being recovered, this call waits, up to its
   * timeout.
   *
   * @param to the peer
   * @param options local port, timeout
   * @return the stream, to be closed by the caller
   * @throws I2pException {@code NAME_NOT_FOUND}: check the host name; {@code PEER_UNREACHABLE}, {@code
   *     LEASESET_NOT_FOUND}, {@code PEER_REFUSED}, {@code TIMEOUT}: may be tried again; {@code UNSUPPORTED}: the router
   *     has no ports; {@code ROUTER_*}, {@code PROTOCOL_VIOLATION}: the router failed or is away; {@code INTERRUPTED}:
   *     only this call is abandoned; after all of these the session stays usable. After {@code SESSION_LOST} without
   *     recovery, and after {@code CLOSED}, it does not.
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, STREAM CONNECT</a>
   */
  public I2pStream connect(I2pAddress to, ConnectOptions options) throws I2pException {
    return new I2pStream(core.connect(to, options));
  }

  /**
   * Accepts incoming streams for a port. A stream goes to the acceptor of its exact port, else to that of port 0.
   *
   * @param port 0–65535, anything else is an {@link IllegalArgumentException}. 0 means every port on which nobody else
   *     listens; a router without ports has only port 0
   * @return the acceptor, open until closed or the session ends
   * @throws I2pException {@code CONFIG_INVALID}: the port already has an acceptor; {@code UNSUPPORTED}: the router has
   *     no ports; {@code CLOSED}; {@code SESSION_LOST}
   */
  public I2pAcceptor listen(int port) throws I2pException {
    return listen(ListenOptions.builder().port(port).build());
  }

  /**
   * Accepts incoming streams for a port. A stream goes to the acceptor of its exact port, else to that of port 0.
   *
   * @param options the port, and when a peer is answered
   * @return the acceptor, open until closed or the session ends
   * @throws I2pException as {@link #listen(int)}
   */
  public I2pAcceptor listen(ListenOptions options) throws I2pException {
    return new I2pAcceptor(AcceptorCore.open(core, options));
  }

  /**
   * Opens a datagram port. While the session is being recovered, this call waits, for 30 s at most.
   *
   * @param options format and ports
   * @return the port, to be closed by the caller
   * @throws I2pException {@code CONFIG_INVALID}: another datagram port listens there; {@code UNSUPPORTED}: the router,
   *     the provider or {@link SessionConfig#protocols()} has no such datagrams, ports or protocol numbers; {@code
   *     TIMEOUT}; {@code INTERRUPTED}; {@code CLOSED}; {@code SESSION_LOST} without recovery
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
   * Whether the keys of this session were made for it alone, so that its address is gone when it is closed.
   *
   * @return false with keys that the program gave
   */
  public boolean isTransient() {
    return core.isTransient();
  }

  /**
   * Opens a session like this one with a new destination. From the two addresses, peers cannot tell that both belong to
   * one program.
   *
   * @return the new session, to be closed by the caller
   * @throws I2pException as {@link I2p#open}
   */
  public I2pSession isolated() throws I2pException {
    return new I2pSession(core.isolated());
  }

  /**
   * Opens a stream from a new destination, in one call: the same as {@link #isolated()}, then {@code connect}. The
   * destination goes offline half a minute after the end of the stream, when what was written has been delivered. This
   * costs as much as opening a session: seconds, and tunnels.
   *
   * @param to the peer
   * @param options local port, timeout; opening the session has its own, {@link SessionConfig#openTimeout()}
   * @return the stream, to be closed by the caller
   * @throws I2pException as {@link I2p#open} and {@link #connect(I2pAddress, ConnectOptions)}
   */
  public I2pStream connectIsolated(I2pAddress to, ConnectOptions options) throws I2pException {
    return new I2pStream(IsolatedStream.open(core.isolated(), to, options));
  }

  /**
   * Waits until peers can reach this session. For that it is not enough that the router has opened it. A second,
   * transient session with its own tunnels, on the same router, connects to this one, or sends it datagrams if this one
   * carries no streams. No acceptor or port need be open, and none gets what the second session sends. Sometimes a
   * router opens a session but fails to publish it. A session that stays unreachable is taken offline and opened again
   * with the same keys ({@link SessionEvent.Lost}, then {@link SessionEvent.Recovered}), unless it has open streams or
   * {@link Recovery#NONE}.
   *
   * <p>Over I2CP no second session is opened: a second router that the program has named is asked for the lease set, and
   * without one nobody can know.
   *
   * <p>With a second session, this costs as much as opening one. Anyone who watches the router can tell that both sessions belong
   * together, as with all sessions on one router. Peers cannot see it.
   *
   * @param timeout how long at most, positive; minutes on a router that just started
   * @return {@code YES}, or {@code CANNOT_KNOW}, at once, if only our own router could be asked
   * @throws I2pException {@code TIMEOUT}: not reachable yet; the cause says what was tried; {@code INTERRUPTED}: only
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
   * Calls the listener for every event of this session from now on, in order. It first gets the events that describe
   * the present state: {@code Ready}, then {@code Lost} if the session is not online. All listeners of a session share
   * one thread: a slow listener delays only other listeners.
   *
   * @param listener must not throw
   * @return a registration; closing it removes the listener
   */
  public Registration onEvent(Consumer<? super SessionEvent> listener) {
    return core.onEvent(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Closes everything that belongs to the session, and takes the destination offline. First it gives what was written
   * to streams time to arrive: up to 10 s from the close of each stream, 60 s if nothing ever came from its peer. It
   * waits only if something may still be on its way. It does not wait for a stream from which something came after the
   * last write. Where the router says what arrived ({@link Capability#DELIVERY_KNOWN}), the wait ends as soon as
   * everything has arrived. An interrupt ends the wait. If a listener of events calls this, another thread does the
   * waiting. Idempotent.
   */
  @Override
  public void close() {
    core.close(Grace.DEFAULT);
  }

  /**
   * As {@link #close()}, with another time.
   *
   * @param timeout how long to wait, from the close of a stream, for what was written to it to arrive; not negative,
   *     zero does not wait
   * @return whether everything arrived; {@code CANNOT_KNOW} if the router does not say ({@link
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
