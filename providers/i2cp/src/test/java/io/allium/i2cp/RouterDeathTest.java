package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static io.allium.i2cp.Fixture.at;
import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Recovery;
import io.allium.SessionStatus.State;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import net.i2p.data.LeaseSet2;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.DestroySessionMessage;
import net.i2p.data.i2cp.GetDateMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A router that dies in every phase of what a program does, and comes back. */
class RouterDeathTest {
  /** How it dies. */
  enum Death {
    CLOSE,
    RESET;

    private StubRouter.Step step() {
      return this == CLOSE ? StubRouter.CLOSE : StubRouter.RESET;
    }
  }

  /** Stands still, as that of a router that was restarted at once. */
  private final AtomicLong clock = new AtomicLong(2_000_000_000_000L);

  private StubRouter router;
  private I2p i2p;

  @SuppressWarnings("NullAway.Init") // start() sets them before any test
  RouterDeathTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start().clock(clock::get);
    i2p = I2p.connect(router.uri());
  }

  @AfterEach
  void close() {
    i2p.close();
    router.awaitAllClosed();
    router.close();
  }

  private I2pException open() {
    I2pException failure = Fixture.failure(() -> i2p.open(config().build()));
    assertClear(failure);
    return failure;
  }

  /** Another router at the same address, which knows nothing of the first one's sessions. */
  private void restart(I2pSession session) throws IOException {
    int port = router.port();
    router.die();
    StubRouter.await("the loss", () -> session.status().state() != State.ONLINE);
    router = StubRouter.at(port).clock(clock::get);
  }

  @ParameterizedTest
  @EnumSource
  void whileItGreets(Death death) {
    router.on(GetDateMessage.class, death.step());
    assertThat(open().kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
  }

  @ParameterizedTest
  @EnumSource
  void whenASessionIsAskedFor(Death death) {
    router.on(CreateSessionMessage.class, death.step());
    assertThat(open().kind()).isEqualTo(ErrorKind.ROUTER_ERROR);
  }

  @ParameterizedTest
  @EnumSource
  void whileItBuildsTunnels(Death death) {
    router.on(CreateSessionMessage.class, (connection, message) -> {
      connection.send(Stubs.created(1));
      death.step().take(connection, message);
    });
    assertThat(open().kind()).isEqualTo(ErrorKind.ROUTER_ERROR);
  }

  /** The session is open by then, or not. */
  @ParameterizedTest
  @EnumSource
  void whenItHasALeaseSet(Death death) {
    router.on(CreateLeaseSet2Message.class, death.step());
    I2pException failure = Fixture.failure(() -> {
      I2pSession session = i2p.open(config().build());
      session.datagrams(Fixture.RAW).receive(Fixture.PATIENCE);
    });
    assertThat(failure.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    assertClear(failure);
  }

  @ParameterizedTest
  @EnumSource
  void whenAMessageIsSent(Death death) throws Exception {
    router.on(SendMessageExpiresMessage.class, death.step());
    I2pSession session = i2p.open(config().build());
    DatagramPort port = session.datagrams(Fixture.RAW);
    router.awaitOnline();
    port.send(at(session), new byte[] {1});
    assertThat(Fixture.kind(() -> port.receive(Fixture.PATIENCE)))
        .isEqualTo(ErrorKind.SESSION_LOST);
    assertThat(Fixture.kind(() -> port.send(at(session), new byte[] {1})))
        .isEqualTo(ErrorKind.SESSION_LOST);
  }

  @ParameterizedTest
  @EnumSource
  void whileItLooksUp(Death death) {
    router.on(HostLookupMessage.class, death.step());
    I2pException failure = Fixture.failure(() -> i2p.resolve("example.i2p"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_ERROR);
    assertClear(failure);
  }

  @ParameterizedTest
  @EnumSource
  void whileASessionCloses(Death death) throws Exception {
    router.on(DestroySessionMessage.class, death.step());
    I2pSession session = i2p.open(config().build());
    router.awaitOnline();
    session.close();
    assertThat(session.status().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void aCloseThatIsNotAnsweredEndsWithItsTime() throws Exception {
    router.on(DestroySessionMessage.class, StubRouter.SILENCE);
    I2pSession session = i2p.open(config().build());
    router.awaitOnline();
    session.close(Duration.ofMillis(50));
    assertThat(session.status().state()).isEqualTo(State.CLOSED);
  }

  @Test
  void anInterruptedThreadClosesASessionAndStaysInterrupted() throws Exception {
    router.on(DestroySessionMessage.class, StubRouter.SILENCE);
    I2pSession session = i2p.open(config().build());
    StubConnection connection = router.awaitOnline();
    Fixture.Running<Object> close = new Fixture.Running<>(() -> {
      Thread.currentThread().interrupt();
      session.close();
      return true;
    });
    close.get();
    assertThat(close.isFlagged()).as("the flag is kept").isTrue();
    assertThat(session.status().state()).isEqualTo(State.CLOSED);
    StubRouter.await(
        "the end to be told",
        () -> !connection.messages(DestroySessionMessage.class).isEmpty());
  }

  /** i2pd drops what is encrypted to another key than the one that it knows, and what is not newer. */
  @Test
  void aSessionComesBackWithTheSameKeyAndANewerLeaseSet() throws Exception {
    try (I2pSession session = i2p.open(config().recovery(Recovery.ON).build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      CreateLeaseSet2Message first = router.awaitOnline().leaseSets().getFirst();
      for (int i = 1; i <= 3; i++) {
        clock.addAndGet(i == 3 ? -100_000 : 0); // it may even go back
        restart(session);
        int times = i;
        StubRouter.await("the recovery", () -> session.status().recovered() == times);
        CreateLeaseSet2Message next = router.awaitOnline().leaseSets().getFirst();
        assertThat(next.getLeaseSet().getEncryptionKey())
            .isEqualTo(first.getLeaseSet().getEncryptionKey());
        assertThat(next.getPrivateKeys()).isEqualTo(first.getPrivateKeys());
        assertThat(((LeaseSet2) next.getLeaseSet()).getPublished())
            .isGreaterThan(((LeaseSet2) first.getLeaseSet()).getPublished());
        first = next;
      }
      StubConnection connection = router.awaitOnline();
      connection.send(Stubs.payload(connection.session(), Fixture.raw(new byte[] {5})));
      assertThat(port.receive(Fixture.PATIENCE).payload()).containsExactly(5);
      port.send(at(session), new byte[] {6});
      assertThat(port.receive(Fixture.PATIENCE).payload()).containsExactly(6);
    }
  }

  @Test
  void aSessionThatTheRouterRefusesAtFirstComesBackInTheEnd() throws Exception {
    try (I2pSession session = i2p.open(config().recovery(Recovery.ON).build())) {
      router.awaitOnline();
      int port = router.port();
      router.die();
      StubRouter.await("the loss", () -> session.status().state() != State.ONLINE);
      router = StubRouter.at(port).clock(clock::get);
      router.on(CreateSessionMessage.class, (connection, message) -> {
        if (router.sessions().size() < 3) {
          connection.send(Stubs.disconnect("duplicate destination"));
          connection.close();
        } else {
          router.create(connection, message);
        }
      });
      StubRouter.await("the recovery", () -> session.status().recovered() == 1);
    }
  }
}
