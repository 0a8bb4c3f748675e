package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.DatagramOptions;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.SignatureType;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How sessions and streams come and go. */
public abstract class LifecycleTck extends ProviderTck {
  /** For subclasses. */
  protected LifecycleTck() {}

  private I2pSession open() throws I2pException {
    return subject().client().open(subject().config().build());
  }

  @Test
  void theProviderDoesWhatTheMatrixSays() {
    assertThat(CapabilityMatrix.read().of(subject().provider()))
        .contains(subject().client().capabilities())
        .contains(subject().server().capabilities());
    assertThat(CapabilityMatrix.read().rows().getFirst())
        .as("every capability has a column")
        .hasSize(1 + Capability.values().length);
  }

  @Test
  void keptKeysGiveTheSameAddressAgain() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate()) {
      try (I2pSession first =
          subject().client().open(subject().config().keys(keys).build())) {
        assertThat(first.destination()).isEqualTo(keys.destination());
        assertThat(first.status().state()).isEqualTo(SessionStatus.State.ONLINE);
      }
      try (I2pSession second =
          subject().client().open(subject().config().keys(keys).build())) {
        assertThat(second.destination()).isEqualTo(keys.destination());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "DSA_SHA1",
        "ECDSA_SHA256_P256",
        "ECDSA_SHA384_P384",
        "ECDSA_SHA512_P521",
        "ED25519",
        "RED25519"
      })
  void everySignatureTypeGoesOnline(SignatureType type) throws Exception {
    if (subject().refusedTypes().contains(type)) {
      assertKind(
          () -> subject().client().open(subject().config().signatureType(type).build()),
          ErrorKind.UNSUPPORTED);
      return;
    }
    try (I2pSession session =
        subject().client().open(subject().config().signatureType(type).build())) {
      assertThat(session.destination().signatureType()).contains(type);
    }
  }

  @Test
  void twoNewSessionsHaveTwoDestinations() throws Exception {
    try (I2pSession first = open();
        I2pSession second = first.isolated()) {
      assertThat(first.destination()).isNotEqualTo(second.destination());
      assertThat(second.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  @NeedsStreams
  void aConnectionOfItsOwnComesFromAnotherDestinationEachTime() throws Exception {
    try (Pair pair = subject().pair();
        I2pAcceptor acceptor = pair.server().listen(0)) {
      I2pAddress to = I2pAddress.of(pair.server().destination(), 0);
      Set<I2pName> seen = new HashSet<>();
      for (int i = 0; i < 2; i++) {
        try (I2pStream ours = pair.client().connectIsolated(to, ConnectOptions.defaults())) {
          ours.output().write(1);
          try (I2pStream theirs = acceptor.accept(subject().patience())) {
            seen.add(theirs.remote().name());
            assertThat(ours.local().name()).isEqualTo(theirs.remote().name());
          }
        }
      }
      assertThat(seen).hasSize(2).doesNotContain(pair.client().destination());
    }
  }

  @Test
  void oneDestinationIsOnlineOnce() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2pSession first = subject().client().open(subject().config().keys(keys).build())) {
      assertKind(
          () -> subject().client().open(subject().config().keys(keys).build()),
          ErrorKind.DESTINATION_IN_USE);
      assertThat(first.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  @NeedsStreams
  void closingASessionEndsWhatBelongsToIt() throws Exception {
    try (Pair pair = subject().pair();
        I2pAcceptor acceptor = pair.server().listen(0);
        Pair.Ends ends = pair.open(acceptor, subject().patience())) {
      FutureTask<Boolean> accept = blocked(() -> assertKind(acceptor::accept, ErrorKind.CLOSED));
      FutureTask<Boolean> read =
          blocked(() -> assertKind(() -> ends.server().input().read(), ErrorKind.CLOSED));
      pair.server().close();
      pair.server().close();
      assertThat(get(accept)).isTrue();
      assertThat(get(read)).isTrue();
      assertKind(() -> pair.server().listen(0), ErrorKind.CLOSED);
      assertKind(
          () -> pair.server().connect(I2pAddress.of(pair.client().destination(), 0)),
          ErrorKind.CLOSED);
      assertThat(pair.server().status().state()).isEqualTo(SessionStatus.State.CLOSED);
      assertThat(pair.server().status().openStreams()).isZero();
    }
  }

  @Test
  void eventsTellOfOpeningAndClosing() throws Exception {
    List<SessionEvent> seen = new CopyOnWriteArrayList<>();
    I2pSession session = open();
    session.onEvent(event -> {
      throw new IllegalStateException("a listener that fails on purpose");
    });
    session.onEvent(seen::add);
    session.close();
    until(() -> seen.size() == 2);
    assertThat(seen).containsExactly(new SessionEvent.Ready(), new SessionEvent.Closed());
  }

  @Test
  @NeedsStreams
  void connectingToADestinationThatIsOfflineFailsByItself() throws Exception {
    try (I2pSession session = open();
        DestinationKeys nobody = DestinationKeys.generate()) {
      assertKind(
          () -> session.connect(
              I2pAddress.of(nobody.destination(), 0),
              ConnectOptions.builder().timeout(Duration.ofSeconds(10)).build()),
          ErrorKind.PEER_UNREACHABLE,
          ErrorKind.LEASESET_NOT_FOUND);
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  @NeedsStreams
  void aConnectKeepsItsDeadline() throws Exception {
    try (I2pSession session = open();
        DestinationKeys nobody = DestinationKeys.generate()) {
      assertKind(
          () -> session.connect(
              I2pAddress.of(nobody.destination(), 0),
              ConnectOptions.builder().timeout(Duration.ofMillis(200)).build()),
          ErrorKind.TIMEOUT,
          ErrorKind.ROUTER_UNREACHABLE,
          ErrorKind.PEER_UNREACHABLE,
          ErrorKind.LEASESET_NOT_FOUND);
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @Test
  void anInterruptAbandonsOnlyTheCall() throws Exception {
    try (I2pSession session = open();
        DestinationKeys nobody = DestinationKeys.generate()) {
      FutureTask<Boolean> calls = async(() -> {
        Thread.currentThread().interrupt();
        if (can(Capability.STREAM)) {
          assertKind(
              () -> session.connect(I2pAddress.of(nobody.destination(), 0)), ErrorKind.INTERRUPTED);
        }
        assertKind(this::open, ErrorKind.INTERRUPTED);
        assertKind(
            () -> subject().client().resolve(nobody.destination().base32()), ErrorKind.INTERRUPTED);
        return Thread.interrupted();
      });
      assertThat(get(calls)).as("flag kept").isTrue();
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
      open().close();
    }
  }

  @Test
  void whatTheRouterCannotCarryIsRefusedAtOnce() throws Exception {
    for (Protocol protocol : Protocol.values()) {
      if (!can(Capability.valueOf(protocol.name()))) {
        assertKind(
            () -> subject().client().open(subject().config().protocols(protocol).build()),
            ErrorKind.UNSUPPORTED);
      }
    }
    if (!can(Capability.DATAGRAM)) {
      try (I2pSession session = open()) {
        assertKind(
            () -> session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 7)),
            ErrorKind.UNSUPPORTED);
      }
    }
  }

  @Test
  void aSessionThatPeersReachSaysSo() throws Exception {
    try (I2pSession session = open()) {
      session.awaitReachable(subject().patience().multipliedBy(2));
      assertThat(session.status().state()).isEqualTo(SessionStatus.State.ONLINE);
      assertThat(session.status().accepted()).as("the probe is nobody's stream").isZero();
      assertThat(session.status().openStreams()).isZero();
    }
  }

  @Test
  @NeedsStreams
  void closedSessionsLeaveNoThreadAndNoDescriptorBehind() throws Exception {
    try (Pair pair = subject().pair();
        I2pAcceptor acceptor = pair.server().listen(0)) {
      pair.open(acceptor, subject().patience()).close();
    }
    long threads = platformThreads();
    long descriptors = descriptors();
    for (int i = 0; i < 3; i++) {
      try (Pair pair = subject().pair();
          I2pAcceptor acceptor = pair.server().listen(0);
          Pair.Ends ends = pair.open(acceptor, subject().patience())) {
        assertThat(ends.client().toString()).contains("I2pStream");
      }
    }
    until(() -> platformThreads() <= threads && descriptors() <= descriptors);
  }

  /** Carrier threads come and go as the JVM likes. */
  private static long platformThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
        .filter(thread -> !thread.getName().startsWith("VirtualThread"))
        .count();
  }

  private FutureTask<Boolean> blocked(Runnable body) {
    FutureTask<Boolean> task = new FutureTask<>(body, true);
    untilInside(Thread.ofVirtual().name("tck").start(task));
    return task;
  }
}
