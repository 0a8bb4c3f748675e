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
import io.allium.Protocol;
import io.allium.SessionStatus.State;
import io.allium.spi.support.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router that takes no messages any more, for a while or for ever, and programs that send. */
class StuckRouterTest {
  private static final Duration PATIENCE_OF_SEND = Duration.ofSeconds(10);
  private static final Duration STEP = Duration.ofMillis(10);

  private final ManualTime time = new ManualTime();

  /** When the last send began. */
  private final AtomicLong sendBegan = new AtomicLong();

  /** How many more messages the router reads. */
  private final Semaphore reads = new Semaphore(0);

  private StubRouter router;
  private I2p i2p;
  private I2pSession session;
  private DatagramPort port;

  @SuppressWarnings("NullAway.Init") // open() sets them before any test
  StuckRouterTest() {}

  @BeforeEach
  void open() throws IOException {
    router = StubRouter.start();
    router.on(SendMessageExpiresMessage.class, (connection, message) -> reads.acquire());
    i2p = I2p.connect(Clocked.by(time, router.uri()));
    session = i2p.open(config().build());
    router.awaitOnline();
    port = session.datagrams(Fixture.RAW);
    router.awaitPublished();
  }

  @AfterEach
  void close() {
    reads.release(Integer.MAX_VALUE / 2);
    i2p.close(Duration.ZERO);
    router.awaitAllClosed();
    router.close();
  }

  /** Sends until that fails. For a moment it may get on: the kernel takes some. */
  private Fixture.Running<Object> stuckSender() {
    Fixture.Running<Object> sender = new Fixture.Running<>(() -> {
      byte[] large = new byte[port.maxPayload()];
      while (true) {
        sendBegan.set(time.nanos());
        port.send(at(session), large);
      }
    });
    return sender.waitingIn(Outbox.class.getName(), "awaitRoom");
  }

  /** Lets time pass until the call is over; less than a minute, after which the router is asked for its time. */
  private void passUntilDone(Fixture.Running<Object> call) {
    StubRouter.await("the end of the call", () -> {
      time.advance(STEP.toNanos());
      return call.done();
    });
  }

  /** As if nothing had been: the router reads on, and gets every message whole. */
  private void assertGoesOn() throws Exception {
    reads.release(Integer.MAX_VALUE / 4);
    int before = router.awaitOnline().sends();
    port.send(at(session), new byte[] {1});
    StubRouter.await("the next message", () -> router.awaitOnline().sends() > before);
    assertThat(router.awaitOnline().hasEnded()).isFalse();
    assertThat(session.status().state()).isEqualTo(State.ONLINE);
    assertThat(session.status().recovered()).isZero();
  }

  @Test
  void aSendFailsAfterTenSecondsAndTheSessionGoesOn() throws Exception {
    Fixture.Running<Object> sender = stuckSender();
    passUntilDone(sender);
    assertThat(time.nanos() - sendBegan.get()).isGreaterThanOrEqualTo(PATIENCE_OF_SEND.toNanos());
    I2pException failure = sender.failure();
    assertThat(failure.kind()).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(failure).hasMessageContaining("takes no messages now");
    assertClear(failure);
    assertGoesOn();
  }

  @Test
  void anInterruptAbandonsTheSendAlone() throws Exception {
    Fixture.Running<Object> other = stuckSender();
    stuckSender().assertInterruptAbandonsIt();
    assertThat(other.waitingIn(Outbox.class).done()).isFalse();
    other.assertInterruptAbandonsIt();
    assertGoesOn();
  }

  /** The interrupt and the end of the time at once: the flag stays, whatever the call says. */
  @Test
  void noInterruptIsLostWhenTheTimeIsOver() throws Exception {
    for (int i = 0; i < 4; i++) { // in a minute the router would be asked for its time
      AtomicBoolean interrupted = new AtomicBoolean();
      Fixture.Running<Object> sender = new Fixture.Running<>(() -> {
        try {
          byte[] large = new byte[port.maxPayload()];
          while (true) {
            port.send(at(session), large);
          }
        } finally {
          while (!interrupted.get()) {
            Thread.onSpinWait(); // it may come after the call
          }
        }
      });
      sender.waitingIn(Outbox.class.getName(), "awaitRoom");
      time.advance(PATIENCE_OF_SEND.toNanos() - 1);
      Thread clock = Thread.ofPlatform().start(() -> time.advance(1));
      sender.interrupt();
      interrupted.set(true);
      clock.join();
      assertThat(sender.failure().kind()).isIn(ErrorKind.INTERRUPTED, ErrorKind.TIMEOUT);
      assertThat(sender.isFlagged()).as("the flag is kept").isTrue();
    }
    assertGoesOn();
  }

  @Test
  void theEndOfTheSessionEndsASend() {
    Fixture.Running<Object> sender = stuckSender();
    long closed = time.nanos();
    passUntilDone(new Fixture.Running<>(() -> session.close(Duration.ZERO)));
    assertThat(time.nanos() - closed)
        .as("the router had a moment for its end")
        .isGreaterThanOrEqualTo(Duration.ofMillis(500).toNanos());
    assertThat(sender.failure().kind()).isEqualTo(ErrorKind.CLOSED);
  }

  @Test
  void theDeathOfTheRouterEndsASend() {
    Fixture.Running<Object> sender = stuckSender();
    router.awaitOnline().reset();
    I2pException failure = sender.failure();
    assertThat(failure.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    assertClear(failure);
  }

  /** A router that answers nothing for half a minute is dead. */
  @Test
  void aRouterThatStaysStuckIsGivenUp() {
    Fixture.Running<Object> receive = new Fixture.Running<>(() -> port.receive());
    Fixture.Running<Object> sender = stuckSender();
    passUntilDone(sender);
    assertThat(sender.failure().kind()).isEqualTo(ErrorKind.TIMEOUT);
    passUntilDone(receive);
    I2pException failure = receive.failure();
    assertThat(failure.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    assertThat(failure).hasMessageContaining("does not answer any more");
  }

  /** i2pd waits ten seconds for it: no program's thread is needed, and what waits to be sent waits a bit longer. */
  @Test
  void aLeaseSetIsMadeWhileAProgramIsStuckInASend() throws Exception {
    Fixture.Running<Object> sender = stuckSender();
    StubConnection connection = router.awaitOnline();
    int before = connection.leaseSets().size();
    connection.send(Stubs.leaseSetWanted(connection.session(), router.now()));
    int more = 0;
    while (connection.leaseSets().size() == before) {
      reads.release();
      int seen = connection.sends();
      int wanted = ++more;
      StubRouter.await(
          "message " + wanted + " or the lease set",
          () -> connection.leaseSets().size() > before
              || connection.sends() > seen
              || reads.hasQueuedThreads());
    }
    assertThat(sender.waitingIn(Outbox.class).done()).as("it is still stuck").isFalse();
    sender.assertInterruptAbandonsIt();
    assertGoesOn();
  }

  @Test
  void everyFormatWaitsForRoom() throws Exception {
    try (DatagramPort signed =
        session.datagrams(io.allium.DatagramOptions.of(Protocol.DATAGRAM, 0))) {
      Fixture.Running<Object> full = stuckSender();
      Fixture.Running<Object> sender = new Fixture.Running<>(() -> {
        while (true) {
          signed.send(at(session), new byte[signed.maxPayload()]);
        }
      });
      sender.waitingIn(Outbox.class.getName(), "awaitRoom").assertInterruptAbandonsIt();
      full.assertInterruptAbandonsIt();
      assertGoesOn();
    }
  }
}
