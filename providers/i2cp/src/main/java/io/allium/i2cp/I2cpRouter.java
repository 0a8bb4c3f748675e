package io.allium.i2cp;

import io.allium.Base32Address;
import io.allium.Capability;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.Phase;
import io.allium.Protocol;
import io.allium.Resolved;
import io.allium.RouterStatus;
import io.allium.protocol.i2cp.state.Conversation;
import io.allium.protocol.structures.KeySigner;
import io.allium.protocol.structures.StructureException;
import io.allium.spi.Call;
import io.allium.spi.OpenRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.RouterRequest;
import io.allium.spi.SessionDriver;
import io.allium.spi.SessionSink;
import io.allium.spi.TimeSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** A router behind I2CP. Each session, and each look-up, has a connection of its own. */
final class I2cpRouter implements RouterDriver {
  private static final Set<Capability> EVERYWHERE = Set.of(
      Capability.PORTS,
      Capability.HOST_NAMES,
      Capability.DATAGRAM,
      Capability.DATAGRAM2,
      Capability.DATAGRAM3,
      Capability.RAW,
      Capability.SUBSESSIONS,
      Capability.LOCAL_KEYS);

  /** i2pd lets go of a destination when it has noticed the end of its connection. */
  private static final Duration RELEASE_TIME = Duration.ofSeconds(5);

  /** A session is open as soon as it has one tunnel each way, and some peers are found only with more of them. */
  private static final Duration SETTLING = Duration.ofMinutes(2);

  private final I2cpAt at;
  private final RouterRequest request;

  /** By the last connection: another router may have taken the place of the first. */
  private volatile RouterKind kind;

  I2cpRouter(I2cpAt at, RouterRequest request, RouterKind kind) {
    this.at = at;
    this.request = request;
    this.kind = kind;
  }

  /** i2pd checks the signature of a session with the long-term key, and passes over a BlindingInfo. */
  @Override
  public Set<Capability> capabilities() {
    if (!kind.isJava()) {
      return EVERYWHERE;
    }
    EnumSet<Capability> can = EnumSet.copyOf(EVERYWHERE);
    can.add(Capability.OFFLINE_KEYS);
    can.add(Capability.BLINDED_ACCESS);
    return Collections.unmodifiableSet(can);
  }

  @Override
  public TimeSource time() {
    return request.time();
  }

  /** A router that greets takes sessions, each of which waits for its own tunnels. */
  @Override
  public void awaitReady(Call call) throws I2pException, InterruptedException {
    connect(call).close();
  }

  @Override
  public SessionDriver open(OpenRequest wanted, SessionSink sink, Call call)
      throws I2pException, InterruptedException {
    if (wanted.protocols().contains(Protocol.STREAM)) {
      throw new I2pException(
          ErrorKind.UNSUPPORTED,
          "sessions over I2CP carry datagrams, no streams: open one with protocols(DATAGRAM), or use sam:// for"
              + " streams");
    }
    SessionOptions.check(wanted.options());
    KeySigner signer = signer(wanted.keys());
    Link link = null;
    try {
      link = connect(call);
      Destination us = wanted.keys().destination();
      LeaseSetKeys keys = wanted
          .before()
          .filter(LeaseSetKeys.class::isInstance)
          .map(LeaseSetKeys.class::cast)
          .orElseGet(() -> new LeaseSetKeys(signer));
      Publication publication = Publication.of(wanted.options(), link.version());
      Map<String, String> options = SessionOptions.of(wanted.options(), publication);
      LeaseSets leaseSets = new LeaseSets(us.toByteArray(), signer, keys, link.clock());
      I2cpSession session = new I2cpSession(
          link,
          leaseSets,
          publication,
          new Datagrams(us, wanted.protocols(), signer, link, sink),
          new Pulse(request, link),
          new Published(at.witness(), us, request),
          sink);
      link.tell(session);
      wanted.progress().accept(Phase.of(0, "waiting for tunnels"));
      link.createSession(leaseSets.configuration(options));
      link.await(Conversation.Phase.ONLINE, call);
      session.opened();
      wanted.progress().accept(Phase.of(1, "online"));
      return session;
    } catch (StructureException e) {
      abandon(link, signer);
      throw I2cpErrors.keys(e);
    } catch (IllegalArgumentException e) {
      abandon(link, signer);
      throw new I2pException(ErrorKind.CONFIG_INVALID, String.valueOf(e.getMessage()), e);
    } catch (I2pException | InterruptedException | RuntimeException e) {
      abandon(link, signer);
      throw e;
    }
  }

  @Override
  public Resolved resolve(ResolveRequest asked, Call call)
      throws I2pException, InterruptedException {
    if (asked.name() instanceof Destination destination) {
      return new Resolved(destination, Map.of());
    }
    try (Link link = connect(call)) {
      if (asked.name() instanceof Base32Address address
          && address.isEncrypted()
          && !kind.isJava()) {
        throw I2cpErrors.noBlinding();
      }
      return new Resolved(Lookup.of(asked.name(), asked.access(), link, call), Map.of());
    }
  }

  @Override
  public RouterStatus status(Call call) throws I2pException, InterruptedException {
    try (Link link = connect(call)) {
      return new RouterStatus(at.toString(), name(), Map.of());
    }
  }

  /** A second try at Java I2P would succeed: after the first one it has forgotten the session that was there. */
  @Override
  public Duration releaseTime() {
    return kind.version().isEmpty() ? RELEASE_TIME : Duration.ZERO;
  }

  @Override
  public Duration settling() {
    return SETTLING;
  }

  /** Every connection belongs to a session or a call, so there is nothing left. */
  @Override
  public void close(Call call) {}

  @Override
  public String toString() {
    return at + " (" + name() + ")";
  }

  private String name() {
    return kind.version().isEmpty() ? "I2CP" : "I2CP " + kind.version();
  }

  private Link connect(Call call) throws I2pException, InterruptedException {
    Link link = Link.open(at, request, call);
    try {
      if (!link.version().equals(kind.version())) {
        kind = RouterKind.of(link, call);
      }
      return link;
    } catch (I2pException | InterruptedException | RuntimeException e) {
      link.close();
      throw e;
    }
  }

  private static void abandon(@org.jspecify.annotations.Nullable Link link, KeySigner signer) {
    if (link != null) {
      link.close();
    }
    signer.close();
  }

  private static KeySigner signer(DestinationKeys keys) throws I2pException {
    byte[] material = keys.export();
    try {
      return KeySigner.of(material);
    } catch (StructureException e) {
      throw I2cpErrors.keys(e);
    } finally {
      Arrays.fill(material, (byte) 0);
    }
  }
}
