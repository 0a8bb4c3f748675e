package io.allium;

import io.allium.spi.Call;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.TimeSource;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Access to the I2P network through one router. Start here:
 *
 * <pre>{@code
 * try (var i2p = I2p.connect("sam://127.0.0.1:7656");
 *     var session = i2p.open(SessionConfig.client());
 *     var stream = session.connect("example.i2p")) {
 *   ...
 * }
 * }</pre>
 *
 * <p>Which router, and through which interface, is in the URI: {@code sam://127.0.0.1:7656} for any router with SAM,
 * {@code memory:name} for a network inside this JVM. Closing it closes its sessions. Safe for use by several threads.
 */
public final class I2p implements AutoCloseable {
  /** A router that answers at all answers at once. */
  static final Duration ROUTER_TIMEOUT = Duration.ofSeconds(10);

  /** Long enough for a lookup that crosses the network a few times. */
  static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(30);

  private final URI uri;
  private final RouterDriver router;
  private final Set<I2pSession> sessions = ConcurrentHashMap.newKeySet();
  private final AtomicReference<@Nullable I2pException> closed = new AtomicReference<>();
  private final OngoingCalls calls = new OngoingCalls(closed::get);

  private I2p(URI uri, RouterDriver router) {
    this.uri = uri;
    this.router = router;
  }

  /**
   * Connects to a router without credentials.
   *
   * @param uri such as {@code sam://127.0.0.1:7656}
   * @return access to be closed by the caller
   * @throws I2pException as {@link #connect(URI, Credentials)}
   */
  public static I2p connect(String uri) throws I2pException {
    Objects.requireNonNull(uri, "uri");
    try {
      return connect(new URI(uri));
    } catch (URISyntaxException e) {
      throw new I2pException(
          ErrorKind.CONFIG_INVALID,
          "a router is given as a URI such as sam://127.0.0.1:7656; this one is malformed");
    }
  }

  /**
   * Connects to a router without credentials.
   *
   * @param uri such as {@code sam://127.0.0.1:7656}
   * @return access to be closed by the caller
   * @throws I2pException as {@link #connect(URI, Credentials)}
   */
  public static I2p connect(URI uri) throws I2pException {
    return connect(uri, Optional.empty());
  }

  /**
   * Connects to a router; takes 10 s at most.
   *
   * @param uri such as {@code sam://127.0.0.1:7656}; never holds credentials
   * @param credentials for a router whose interface asks for them
   * @return access to be closed by the caller
   * @throws I2pException {@code CONFIG_INVALID}: correct the URI, or add the provider of its scheme to the class path;
   *     {@code ROUTER_UNREACHABLE}: start the router, or enable its interface as the message says;
   *     {@code ROUTER_REFUSED}: wrong version or credentials; {@code PROTOCOL_VIOLATION}: that port is something else;
   *     {@code TIMEOUT}; {@code INTERRUPTED}
   */
  public static I2p connect(URI uri, Credentials credentials) throws I2pException {
    return connect(uri, Optional.of(credentials));
  }

  /**
   * Connects, without credentials, to the router that the environment variable {@code ALLIUM_ROUTER} (a URI) names; if
   * that is not set, {@code I2P_SAM_ADDRESS} ({@code host:port}); if neither is, to the one that answers at SAM
   * 127.0.0.1:7656 or, with its provider on the class path, I2CP 127.0.0.1:7654. Never starts one. {@link #uri()} says
   * what was found.
   *
   * @return access to be closed by the caller
   * @throws I2pException {@code ROUTER_UNREACHABLE}: none was found, and the message says how to enable one; else as
   *     {@link #connect(URI, Credentials)}
   */
  public static I2p discover() throws I2pException {
    return Discovery.discover(System.getenv());
  }

  private static I2p connect(URI uri, Optional<Credentials> credentials) throws I2pException {
    RouterRequest request = new RouterRequest(Providers.checked(uri), credentials);
    RouterDriver router = Calls.run(
        TimeSource.system(),
        ROUTER_TIMEOUT,
        "connect to router",
        call -> Providers.forScheme(uri).connect(request, call),
        RouterDriver::close);
    return new I2p(uri, router);
  }

  /**
   * Which router this is.
   *
   * @return the URI it was connected by
   */
  public URI uri() {
    return uri;
  }

  /**
   * Puts a destination online and waits until the router says it is: seconds on a warmed-up router, minutes on one that
   * just started. Peers may need a while longer to find it.
   *
   * @param config destination, tunnels, protocols, timeout
   * @return the session, to be closed by the caller
   * @throws I2pException {@code DESTINATION_IN_USE}: close its other session first; {@code TUNNELS_NOT_READY},
   *     {@code TIMEOUT}: the router may still be starting, try again; {@code KEY_INVALID}; {@code UNSUPPORTED}: this
   *     router cannot do what the configuration asks for; {@code INTERRUPTED}: only this call is abandoned;
   *     {@code ROUTER_*}, {@code PROTOCOL_VIOLATION}; {@code CLOSED}
   * @throws IllegalStateException if the keys of the configuration were closed
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, SESSION CREATE</a>
   */
  public I2pSession open(SessionConfig config) throws I2pException {
    checkOpen("open");
    refuseUnsupported(config);
    DestinationKeys keys = keysFor(config);
    DatagramProbes probes = new DatagramProbes();
    try {
      Stay stay = Flight.record(
          Flight.Kind.OPEN,
          keys.destination(),
          () -> calls.run(
              router.time(),
              config.openTimeout(),
              "open a session",
              call -> Stay.open(router, config, keys, probes, call),
              late -> late.driver().close()));
      I2pSession session = new I2pSession(this, router, config, keys, probes, stay);
      sessions.add(session);
      session.start(stay);
      if (closed.get() != null) {
        session.close();
        checkOpen("open");
      }
      return session;
    } catch (I2pException | RuntimeException e) {
      keys.close();
      throw e;
    }
  }

  /**
   * Resolves a name through the router, in 30 s at most; the system's resolver is never asked.
   *
   * @param name such as {@code example.i2p} or {@code <52 characters>.b32.i2p}
   * @return the destination
   * @throws I2pException {@code NAME_INVALID}: check the text; else as {@link #resolve(I2pName)}
   */
  public Destination resolve(String name) throws I2pException {
    return resolve(I2pName.parse(name)).destination();
  }

  /**
   * Resolves a name through the router, in 30 s at most.
   *
   * @param name any name; a full destination is its own answer
   * @return what it stands for, without options
   * @throws I2pException {@code NAME_NOT_FOUND}: a host name that the router does not know;
   *     {@code LEASESET_NOT_FOUND}: a b32 address where nobody is online now, try again later;
   *     {@code TIMEOUT}: may be tried again; {@code INTERRUPTED}; {@code ROUTER_*}; {@code CLOSED}
   * @see <a href="https://geti2p.net/en/docs/api/samv3">SAM, NAMING LOOKUP</a>
   */
  public Resolved resolve(I2pName name) throws I2pException {
    if (name instanceof Destination known) {
      checkOpen("resolve");
      return new Resolved(known, Map.of());
    }
    return resolve(name, false);
  }

  /**
   * Resolves a name together with the options that its lease set publishes, for which the destination must be online.
   *
   * @param name any name
   * @return what it stands for
   * @throws I2pException {@code UNSUPPORTED} without {@link Capability#LOOKUP_OPTIONS}; {@code LEASESET_NOT_FOUND}: it is
   *     offline; else as {@link #resolve(I2pName)}
   */
  public Resolved resolveWithOptions(I2pName name) throws I2pException {
    return resolve(name, true);
  }

  /**
   * Asks the router how it is, in 10 s at most.
   *
   * @return what it says
   * @throws I2pException {@code ROUTER_UNREACHABLE}, {@code TIMEOUT}: it is gone; {@code INTERRUPTED}; {@code CLOSED}
   */
  public RouterStatus status() throws I2pException {
    return calls.run(router.time(), ROUTER_TIMEOUT, "status", router::status, ignored -> {});
  }

  /**
   * What this router can do.
   *
   * @return the capabilities
   */
  public Set<Capability> capabilities() {
    return router.capabilities();
  }

  /**
   * Closes every session, ends every call in progress with {@code CLOSED}, then lets go of the router, which keeps
   * running. Does not block. Idempotent.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(
        null, new I2pException(ErrorKind.CLOSED, "this access to the router is closed"))) {
      calls.abort();
      sessions.forEach(I2pSession::close);
      router.close();
    }
  }

  /** The router's URI. */
  @Override
  public String toString() {
    return "I2p[" + uri + "]";
  }

  void forget(I2pSession session) {
    sessions.remove(session);
  }

  /**
   * A b32 address is no entry of an address book that may be missing: what is not found is its lease set. And it is a
   * hash: an answer that does not have it is not the destination that was asked for.
   */
  static Resolved lookUp(RouterDriver router, I2pName name, boolean withOptions, Call call)
      throws I2pException, InterruptedException {
    Resolved resolved;
    try {
      resolved = router.resolve(name, withOptions, call);
    } catch (I2pException e) {
      if (e.kind() == ErrorKind.NAME_NOT_FOUND && name instanceof Base32Address) {
        throw new I2pException(
            ErrorKind.LEASESET_NOT_FOUND,
            "nobody is online at this address now: try again later, or check the address",
            e);
      }
      throw e;
    }
    if (name.hash().isPresent() && !name.matches(resolved.destination())) {
      throw new I2pException(
          ErrorKind.PROTOCOL_VIOLATION,
          "the router answered with another destination: do not trust this router");
    }
    return resolved;
  }

  private Resolved resolve(I2pName name, boolean withOptions) throws I2pException {
    String what = "resolve " + name;
    checkOpen(what);
    Objects.requireNonNull(name, "name");
    if (withOptions && !capabilities().contains(Capability.LOOKUP_OPTIONS)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED, what + ": this router does not tell the options of a destination");
    }
    return Flight.record(
        Flight.Kind.LOOKUP,
        name,
        () -> calls.run(
            router.time(),
            LOOKUP_TIMEOUT,
            what,
            (Call call) -> lookUp(router, name, withOptions, call),
            ignored -> {}));
  }

  private void refuseUnsupported(SessionConfig config) throws I2pException {
    for (Protocol protocol : config.protocols()) {
      if (!capabilities().contains(Capability.valueOf(protocol.name()))) {
        throw new I2pException(
            ErrorKind.UNSUPPORTED, "this router cannot carry " + protocol + " here");
      }
    }
    if (config.protocols().size() > 1 && !capabilities().contains(Capability.SUBSESSIONS)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "this router cannot carry " + config.protocols()
              + " on one destination: open a session for each");
    }
  }

  private static DestinationKeys keysFor(SessionConfig config) throws I2pException {
    return config.keys().isPresent()
        ? config.keys().get().copy()
        : DestinationKeys.generate(config.signatureType());
  }

  private void checkOpen(String what) throws I2pException {
    I2pException why = closed.get();
    if (why != null) {
      throw Calls.again(what, why);
    }
  }
}
