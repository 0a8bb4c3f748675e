package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Resolved;
import io.allium.SessionStatus.State;
import io.allium.spi.support.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import net.i2p.data.Destination;
import net.i2p.data.i2cp.HostLookupMessage;
import net.i2p.data.i2cp.HostReplyMessage;
import net.i2p.data.i2cp.SessionId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, each asked for on a connection of its own (I2CP, "HostLookupMessage"). */
class LookupTest {
  private final DestinationKeys peer = DestinationKeys.generate();
  private StubRouter router;
  private I2p i2p;

  @SuppressWarnings("NullAway.Init") // start() sets them before any test
  LookupTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
    i2p = I2p.connect(router.uri());
  }

  @AfterEach
  void close() {
    peer.close();
    i2p.close();
    router.awaitAllClosed();
    router.close();
  }

  private static Destination java(io.allium.Destination destination) {
    try {
      Destination java = new Destination();
      java.fromByteArray(destination.toByteArray());
      return java;
    } catch (net.i2p.data.DataFormatException e) {
      throw new AssertionError(e);
    }
  }

  private HostLookupMessage asked() {
    return router.connections().getLast().messages(HostLookupMessage.class).getFirst();
  }

  @Test
  void aHostName() throws Exception {
    router.name("example.i2p", java(peer.destination()));
    assertThat(i2p.resolve("example.i2p").destination()).isEqualTo(peer.destination());
    assertThat(asked().getLookupType()).isEqualTo(HostLookupMessage.LOOKUP_HOST);
    assertThat(asked().getSessionId().getSessionId()).as("of no session").isEqualTo(0xffff);
    assertThat(asked().getTimeout()).isBetween(1L, 60_000L);
  }

  @Test
  void aBase32Address() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      assertThat(i2p.resolve(session.destination().base32()).destination())
          .isEqualTo(session.destination());
      assertThat(asked().getHash().getData())
          .isEqualTo(session.destination().hash().orElseThrow());
    }
  }

  @Test
  void aDestinationNeedsNoRouter() throws Exception {
    int before = router.connections().size();
    assertThat(i2p.resolve(peer.destination()).destination()).isEqualTo(peer.destination());
    assertThat(router.connections()).hasSize(before);
  }

  /** Java I2P up to 2.7.0 and i2pd give no reason, whatever was asked for. */
  @Test
  void whatIsNotFound() {
    I2pException name = Fixture.failure(() -> i2p.resolve("example.i2p"));
    assertThat(name.kind()).isEqualTo(ErrorKind.NAME_NOT_FOUND);
    assertClear(name);
    I2pException address = Fixture.failure(() -> i2p.resolve(peer.destination().base32()));
    assertThat(address.kind()).isEqualTo(ErrorKind.LEASESET_NOT_FOUND);
    assertClear(address);
  }

  @ParameterizedTest
  @CsvSource({
    "1, NAME_NOT_FOUND, cannot resolve the name now",
    "2, LEASESET_NOT_FOUND, needs a secret",
    "5, LEASESET_NOT_FOUND, cannot be decrypted",
    "6, LEASESET_NOT_FOUND, offline",
    "99, NAME_NOT_FOUND, cannot resolve the name now"
  })
  void whatTheRouterSays(int code, ErrorKind kind, String words) {
    router.on(
        HostLookupMessage.class,
        (connection, message) -> connection.send(Stubs.refusal((HostLookupMessage) message, code)));
    I2pException failure = Fixture.failure(() -> i2p.resolve("example.i2p"));
    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure).hasMessageContaining(words);
    assertClear(failure);
  }

  /** Whoever takes this answer talks to somebody else. */
  @Test
  void anAnswerThatIsNotTheAddressThatWasAskedForIsRefused() throws Exception {
    try (DestinationKeys other = DestinationKeys.generate()) {
      router.on(
          HostLookupMessage.class,
          (connection, message) -> connection.send(
              Stubs.answer((HostLookupMessage) message, Optional.of(java(other.destination())))));
      I2pException failure =
          Fixture.failure(() -> i2p.resolve(peer.destination().base32()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
      assertClear(failure);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 386, 390})
  void anAnswerThatIsNoDestinationIsRefused(int length) {
    byte[] cut = Arrays.copyOf(peer.destination().toByteArray(), length);
    router.on(HostLookupMessage.class, (connection, message) -> {
      long request = ((HostLookupMessage) message).getReqID();
      connection.send(java.nio.ByteBuffer.allocate(5 + 7 + length)
          .putInt(7 + length)
          .put((byte) 39)
          .putShort((short) 0xffff)
          .putInt((int) request)
          .put((byte) 0)
          .put(cut)
          .array());
    });
    I2pException failure = Fixture.failure(() -> i2p.resolve("example.i2p"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    assertClear(failure);
  }

  /** To a question that nobody asked, before the real one; and the real one twice. */
  @Test
  void answersToOtherQuestionsArePassedOver() throws Exception {
    try (DestinationKeys other = DestinationKeys.generate()) {
      router.on(HostLookupMessage.class, (connection, message) -> {
        HostLookupMessage question = (HostLookupMessage) message;
        SessionId session = question.getSessionId();
        connection.send(Stubs.together(
            new HostReplyMessage(session, java(other.destination()), question.getReqID() + 1),
            new HostReplyMessage(session, 1, question.getReqID() + 2),
            Stubs.answer(question, Optional.of(java(peer.destination()))),
            Stubs.answer(question, Optional.empty())));
      });
      assertThat(i2p.resolve("example.i2p").destination()).isEqualTo(peer.destination());
    }
  }

  @Test
  void anAnswerThatComesLate() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    router.on(HostLookupMessage.class, (connection, message) -> {
      late.await();
      connection.send(
          Stubs.answer((HostLookupMessage) message, Optional.of(java(peer.destination()))));
    });
    Fixture.Running<Resolved> resolve = new Fixture.Running<>(() -> i2p.resolve("example.i2p"));
    resolve.waitingIn(Lookup.class);
    late.countDown();
    assertThat(resolve.get().destination()).isEqualTo(peer.destination());
  }

  @Test
  void anAnswerThatNeverComes() throws Exception {
    router.on(HostLookupMessage.class, StubRouter.SILENCE);
    ManualTime time = new ManualTime();
    try (I2p clocked = I2p.connect(Clocked.by(time, router.uri()))) {
      Fixture.Running<Resolved> resolve =
          new Fixture.Running<>(() -> clocked.resolve("example.i2p"));
      resolve.waitingIn(Lookup.class);
      time.advance(Duration.ofMinutes(2).toNanos());
      I2pException failure = resolve.failure();
      assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
      assertClear(failure);
      router.awaitAllClosed();
    }
  }

  @Test
  void anInterruptAbandonsTheLookUpAlone() throws Exception {
    router.on(HostLookupMessage.class, StubRouter.SILENCE);
    try (I2pSession session = i2p.open(config().build())) {
      new Fixture.Running<>(() -> i2p.resolve("example.i2p"))
          .waitingIn(Lookup.class)
          .assertInterruptAbandonsIt();
      assertThat(session.status().state()).isEqualTo(State.ONLINE);
    }
  }
}
