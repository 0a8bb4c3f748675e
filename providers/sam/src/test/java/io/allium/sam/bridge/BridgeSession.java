package io.allium.sam.bridge;

import io.allium.ConnectOptions;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ListenOptions;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.Registration;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.SignatureType;
import io.allium.protocol.sam.DatagramSend;
import io.allium.protocol.sam.SamOption;
import io.allium.protocol.sam.SamStyle;
import io.allium.protocol.sam.SamVersion;
import io.allium.protocol.sam.SendSettings;
import io.allium.protocol.sam.SessionCreate;
import io.allium.protocol.sam.StreamConnect;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A session of the API, opened and used as SAM's commands say. */
final class BridgeSession implements AutoCloseable {
  /** How long the end of a client's connection may be under way: on one machine some milliseconds. */
  private static final Duration END_UNDER_WAY = Duration.ofSeconds(2);

  private final SessionCreate command;
  private final I2pSession session;
  private final @Nullable DatagramPort datagrams;
  private final ReentrantLock lock = new ReentrantLock();
  private final AtomicInteger accepting = new AtomicInteger();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private @Nullable I2pAcceptor acceptor;

  private BridgeSession(
      SessionCreate command, I2pSession session, @Nullable DatagramPort datagrams) {
    this.command = command;
    this.session = session;
    this.datagrams = datagrams;
  }

  /** Opens it with these keys, which stay the caller's. */
  static BridgeSession open(I2p router, SessionCreate command, DestinationKeys keys)
      throws I2pException {
    Protocol protocol = protocol(command);
    Optional<DatagramOptions> port =
        protocol == Protocol.STREAM ? Optional.empty() : Optional.of(options(protocol, command));
    SessionConfig.Builder config = SessionConfig.withoutDefaults()
        .keys(keys)
        .protocols(protocol)
        .recovery(Recovery.NONE); // SAM v3: sessions live and die with the socket
    for (SamOption option : command.options()) {
      config.option(option.key(), option.value());
    }
    I2pSession session = router.open(config.build());
    try {
      return new BridgeSession(
          command, session, port.isEmpty() ? null : session.datagrams(port.get()));
    } catch (I2pException e) {
      session.close(Duration.ZERO);
      throw e;
    }
  }

  /** SAM tells the client the keys of a transient destination; the API does not, so they are made here. */
  static DestinationKeys keys(SessionCreate command) throws I2pException {
    return command.isTransient()
        ? DestinationKeys.generate(signatureType(command.signatureType()))
        : DestinationKeys.parse(command.destination());
  }

  /** "If not specified, the default is DSA_SHA1" (SAM v3, "Session Creation Request"). */
  static SignatureType signatureType(Optional<String> text) throws I2pException {
    if (text.isEmpty()) {
      return SignatureType.DSA_SHA1;
    }
    return SignatureType.find(text.get())
        .orElseThrow(() -> new I2pException(
            ErrorKind.UNSUPPORTED, "no such SIGNATURE_TYPE: EdDSA_SHA512_Ed25519 is the usual"));
  }

  private static Protocol protocol(SessionCreate command) throws I2pException {
    if (command.routing().udpPort().isPresent()) {
      throw new I2pException(ErrorKind.UNSUPPORTED, "this bridge forwards no datagrams by UDP");
    }
    return switch (command.style()) {
      case STREAM -> Protocol.STREAM;
      case DATAGRAM -> Protocol.DATAGRAM;
      case DATAGRAM2 -> Protocol.DATAGRAM2;
      case DATAGRAM3 -> Protocol.DATAGRAM3;
      case RAW -> Protocol.RAW;
      case PRIMARY, MASTER ->
        throw new I2pException(ErrorKind.UNSUPPORTED, "this bridge has no subsessions");
    };
  }

  /** A session of its own gets all ports and, if RAW, all protocols; only subsessions choose ("SESSION ADD"). */
  private static DatagramOptions options(Protocol protocol, SessionCreate command) {
    DatagramOptions.Builder options = DatagramOptions.builder(protocol)
        .localPort(command.routing().fromPort().orElse(0))
        .listenPort(0);
    if (protocol == Protocol.RAW) {
      options.listenNumber(0);
      command.routing().protocol().ifPresent(options::number);
    }
    return options.build();
  }

  Destination destination() {
    return session.destination();
  }

  Optional<DatagramPort> datagrams() {
    return Optional.ofNullable(datagrams);
  }

  /** Calls back when the session ends, also if it has, whoever ends it. */
  void onClosed(Runnable action) {
    Registration unused = session.onEvent(event -> {
      if (event instanceof SessionEvent.Closed) {
        action.run();
      }
    });
    if (session.status().state() != SessionStatus.State.ONLINE) {
      action.run();
    }
  }

  I2pStream connect(StreamConnect wanted) throws I2pException {
    int from = wanted.fromPort().orElse(command.routing().fromPort().orElse(0));
    int to = wanted.toPort().orElse(command.routing().toPort().orElse(0));
    return session.connect(
        I2pAddress.of(I2pName.parse(wanted.destination()), to),
        ConnectOptions.builder().localPort(from).build());
  }

  /** A peer that nobody waits for is not told that its stream is open. */
  I2pAcceptor acceptor() throws I2pException {
    lock.lock();
    try {
      I2pAcceptor known = acceptor;
      if (known == null) {
        known = session.listen(ListenOptions.builder().answerOnAccept(true).build());
        acceptor = known;
      }
      return known;
    } finally {
      lock.unlock();
    }
  }

  /** Several at once are allowed from 3.2 on (SAM v3, "Accept Request"). */
  boolean beginAccept(SamVersion version) {
    return version.compareTo(SamVersion.V3_2) < 0
        ? accepting.compareAndSet(0, 1)
        : accepting.incrementAndGet() > 0;
  }

  void endAccept() {
    accepting.decrementAndGet();
  }

  void send(DatagramSend wanted, byte[] payload) throws I2pException {
    boolean raw = command.style() == SamStyle.RAW;
    if (datagrams == null || raw != (wanted.style() == SamStyle.RAW)) {
      throw new I2pException(ErrorKind.UNSUPPORTED, "the session has another STYLE");
    }
    SendSettings settings = wanted.settings();
    int from = settings.fromPort().orElse(command.routing().fromPort().orElse(0));
    int to = settings.toPort().orElse(command.routing().toPort().orElse(0));
    datagrams.send(
        I2pAddress.of(I2pName.parse(wanted.destination()), to),
        payload,
        options(settings, from, to));
  }

  private static SendOptions options(SendSettings settings, int from, int to) {
    SendOptions.Builder options = SendOptions.builder().ports(from, to);
    settings.protocol().ifPresent(options::number);
    settings.sendTags().ifPresent(options::sendTags);
    settings.tagThreshold().ifPresent(options::tagThreshold);
    settings.expires().ifPresent(seconds -> options.expires(Duration.ofSeconds(seconds)));
    settings.sendLeaseSet().ifPresent(options::sendLeaseSet);
    return options.build();
  }

  /** Whether it ends soon. */
  boolean awaitEnd() {
    try {
      ended.get(END_UNDER_WAY.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    session.close(Duration.ZERO);
    ended.complete(null);
  }
}
