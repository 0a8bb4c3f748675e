package io.allium;

import io.allium.internal.Calls;
import io.allium.internal.Discovery;
import io.allium.internal.Grace;
import io.allium.internal.Providers;
import io.allium.internal.RouterCore;
import io.allium.internal.values.Checks;
import io.allium.spi.Access;
import io.allium.spi.RouterSource;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Access to the I2P network through one router. Start here:
 *
 * <pre>{@code
 * try (var i2p = I2p.connect("sam://127.0.0.1:7656");
 *     var session = i2p.open();
 *     var stream = session.connect("example.i2p")) {
 *   ...
 * }
 * }</pre>
 *
 * <p>The URI says which router it is, and through which interface: {@code sam://127.0.0.1:7656} for any router with
 * SAM, {@code memory:name} for a network inside this JVM. A {@link RouterSource} of the provider says in code
 * everything that a URI can say. Closing this access closes its sessions. Safe for use by several threads.
 */
public final class I2p implements AutoCloseable {
  /** How long connecting and {@link #status()} may take by default: a router that works answers at once. */
  public static final Duration DEFAULT_TIMEOUT = Calls.ROUTER_TIMEOUT;

  private final RouterCore core;

  private I2p(RouterCore core) {
    this.core = core;
  }

  /**
   * Connects to a router without credentials, in 10 s at most.
   *
   * @param uri such as {@code sam://127.0.0.1:7656}
   * @return access to be closed by the caller
   * @throws I2pException as {@link #connect(RouterSource, Duration)}
   */
  public static I2p connect(String uri) throws I2pException {
    return connect(Providers.uri(Objects.requireNonNull(uri, "uri")));
  }

  /**
   * Connects to a router without credentials, in 10 s at most.
   *
   * @param uri such as {@code sam://127.0.0.1:7656}
   * @return access to be closed by the caller
   * @throws I2pException as {@link #connect(RouterSource, Duration)}
   */
  public static I2p connect(URI uri) throws I2pException {
    return connect(Providers.source(uri, new Access(Optional.empty())));
  }

  /**
   * Connects to a router, in 10 s at most.
   *
   * @param uri such as {@code sam://127.0.0.1:7656}; never holds credentials
   * @param credentials for a router whose interface asks for them
   * @return access to be closed by the caller
   * @throws I2pException as {@link #connect(RouterSource, Duration)}
   */
  public static I2p connect(URI uri, Credentials credentials) throws I2pException {
    return connect(Providers.source(uri, new Access(Optional.of(credentials))));
  }

  /**
   * Connects to a router, in 10 s at most.
   *
   * @param source which router, such as one that {@code SamAt.of(host, port)} makes
   * @return access to be closed by the caller
   * @throws I2pException as {@link #connect(RouterSource, Duration)}
   */
  public static I2p connect(RouterSource source) throws I2pException {
    return connect(source, DEFAULT_TIMEOUT);
  }

  /**
   * Connects to a router, or starts it if it is a part of this program.
   *
   * @param source which router, such as one that {@code SamAt.of(host, port)} makes
   * @param timeout how long at most, positive
   * @return access to be closed by the caller
   * @throws I2pException {@code CONFIG_INVALID}: correct the URI, or add the provider of its scheme to the class path;
   *     {@code ROUTER_UNREACHABLE}: start the router, or enable its interface as the message says; {@code
   *     ROUTER_REFUSED}: wrong version or credentials; {@code PROTOCOL_VIOLATION}: that port belongs to another
   *     program; {@code TIMEOUT}; {@code INTERRUPTED}
   */
  public static I2p connect(RouterSource source, Duration timeout) throws I2pException {
    return new I2p(RouterCore.connect(source, Checks.positive(timeout, "timeout")));
  }

  /**
   * Connects, without credentials, to the router that the environment variable {@code ALLIUM_ROUTER} (a URI) names; if
   * that is not set, {@code I2P_SAM_ADDRESS} ({@code host:port}); if neither is set, to the first router that answers
   * at the usual places of the providers on the class path, such as SAM at 127.0.0.1:7656 and I2CP at 127.0.0.1:7654, in this order. Never starts a router.
   * {@link #uri()} says which router was found.
   *
   * @return access to be closed by the caller
   * @throws I2pException {@code ROUTER_UNREACHABLE}: none was found, and the message says how to enable one; else as
   *     {@link #connect(RouterSource, Duration)}
   */
  public static I2p discover() throws I2pException {
    return new I2p(Discovery.discover(System.getenv()));
  }

  /**
   * Which router this is.
   *
   * @return the URI it was connected by
   */
  public URI uri() {
    return core.uri();
  }

  /**
   * Waits until the router can open sessions. Returns at once if the router has run for a while, after minutes if it
   * was just started.
   *
   * @param timeout how long at most, positive
   * @throws I2pException {@code TIMEOUT}: it cannot yet; {@code ROUTER_*}: it never will; {@code INTERRUPTED}; {@code
   *     CLOSED}
   */
  public void awaitReady(Duration timeout) throws I2pException {
    core.awaitReady(Checks.positive(timeout, "timeout"));
  }

  /**
   * Puts a new destination online, which is forgotten when its session closes.
   *
   * @return the session, to be closed by the caller
   * @throws I2pException as {@link #open(SessionConfig)}
   */
  public I2pSession open() throws I2pException {
    return open(SessionConfig.transientKeys());
  }

  /**
   * Puts a destination online whose address stays the same.
   *
   * @param keys the destination's keys; the session keeps its own copy
   * @return the session, to be closed by the caller
   * @throws I2pException as {@link #open(SessionConfig)}
   */
  public I2pSession open(DestinationKeys keys) throws I2pException {
    return open(SessionConfig.of(keys));
  }

  /**
   * Puts a destination online and waits until the router says that it is online. This takes seconds on a router that
   * has run for a while, and minutes on a router that has just started. Peers may need longer to find the destination.
   *
   * @param config destination, tunnels, protocols, timeout
   * @return the session, to be closed by the caller
   * @throws I2pException {@code DESTINATION_IN_USE}: close its other session first; over SAM this is told after 5 s, since
   *     some routers need a second to forget a session that was closed; {@code TUNNELS_NOT_READY}, {@code TIMEOUT}: the
   *     router may still be starting, try again; {@code KEY_INVALID}; {@code UNSUPPORTED}: this router cannot do what the
   *     configuration asks for; {@code INTERRUPTED}: only this call is abandoned; {@code ROUTER_*}, {@code
   *     PROTOCOL_VIOLATION}; {@code CLOSED}
   * @throws IllegalStateException if the keys of the configuration were closed
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, SESSION CREATE</a>
   */
  public I2pSession open(SessionConfig config) throws I2pException {
    return new I2pSession(core.open(config));
  }

  /**
   * Resolves a name through the router, in 30 s at most; the system's resolver is never asked.
   *
   * @param name such as {@code example.i2p} or {@code <52 characters>.b32.i2p}
   * @return what it stands for
   * @throws I2pException {@code NAME_INVALID}: check the text; else as {@link #resolve(I2pName, ResolveOptions)}
   */
  public Resolved resolve(String name) throws I2pException {
    return resolve(I2pName.parse(name));
  }

  /**
   * Resolves a name through the router, in 30 s at most.
   *
   * @param name any name; a full destination resolves to itself
   * @return what it stands for
   * @throws I2pException as {@link #resolve(I2pName, ResolveOptions)}
   */
  public Resolved resolve(I2pName name) throws I2pException {
    return resolve(name, ResolveOptions.defaults());
  }

  /**
   * Resolves a name through the router.
   *
   * @param name any name
   * @param options what is asked for, and how long it may take
   * @return what it stands for
   * @throws I2pException {@code NAME_NOT_FOUND}: a host name that the router does not know; {@code LEASESET_NOT_FOUND}:
   *     a b32 address where nobody is online now, try again later; {@code TIMEOUT}: may be tried again; {@code
   *     UNSUPPORTED}: the router does not give the options of a destination, or takes no {@link BlindedAccess}; {@code
   *     INTERRUPTED}; {@code ROUTER_*}; {@code CLOSED}
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, NAMING LOOKUP</a>
   */
  public Resolved resolve(I2pName name, ResolveOptions options) throws I2pException {
    return core.resolve(Objects.requireNonNull(name, "name"), options);
  }

  /**
   * Asks the router how it is, in 10 s at most.
   *
   * @return what it says
   * @throws I2pException as {@link #status(Duration)}
   */
  public RouterStatus status() throws I2pException {
    return status(DEFAULT_TIMEOUT);
  }

  /**
   * Asks the router how it is.
   *
   * @param timeout how long at most, positive
   * @return what it says
   * @throws I2pException {@code ROUTER_UNREACHABLE}, {@code TIMEOUT}: the router is gone; {@code INTERRUPTED}; {@code
   *     CLOSED}
   */
  public RouterStatus status(Duration timeout) throws I2pException {
    return core.status(Checks.positive(timeout, "timeout"));
  }

  /**
   * What this router can do.
   *
   * @return the capabilities as last seen: a router that was updated and restarted may have others
   */
  public Set<Capability> capabilities() {
    return core.capabilities();
  }

  /**
   * The sessions that are open now.
   *
   * @return in no order; each equals the one that {@code open} gave
   */
  public List<I2pSession> sessions() {
    return core.sessions().stream().map(I2pSession::new).toList();
  }

  /**
   * Calls the listener first with the last event so far, then with each new event, in order. All listeners share one
   * thread: a slow listener delays only other listeners.
   *
   * @param listener must not throw
   * @return a registration; closing it removes the listener
   */
  public Registration onEvent(Consumer<? super RouterEvent> listener) {
    return core.onEvent(Objects.requireNonNull(listener, "listener"));
  }

  /**
   * Closes every session as {@link I2pSession#close()} does, all at the same time, ends every call in progress with
   * {@code CLOSED}, then disconnects from the router. The router keeps running, unless it is a part of this program:
   * then it has 10 s to stop. If a listener of events calls this, another thread does the waiting. Idempotent.
   */
  @Override
  public void close() {
    core.close(Grace.DEFAULT);
  }

  /**
   * As {@link #close()}, with another time.
   *
   * @param timeout how long to wait, from the close of a stream, for what was written to it to arrive; and how long a
   *     router that is a part of this program may take to stop. Not negative; zero does not wait
   */
  public void close(Duration timeout) {
    core.close(Grace.of(Checks.notNegative(timeout, "timeout")));
  }

  RouterCore core() {
    return core;
  }

  /** The router's URI. */
  @Override
  public String toString() {
    return core.toString();
  }
}
