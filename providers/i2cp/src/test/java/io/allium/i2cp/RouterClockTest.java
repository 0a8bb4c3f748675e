package io.allium.i2cp;

import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SendOptions;
import io.allium.spi.support.ManualTime;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import net.i2p.crypto.KeyGenerator;
import net.i2p.data.LeaseSet2;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import net.i2p.data.i2cp.SessionConfig;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Dates are those of the router, whose clock is years from ours, and jumps; and lease sets are what routers take. */
@SuppressWarnings("JavaUtilDate") // Java I2P has it so
class RouterClockTest {
  private static final long SECOND = 1000;

  private final ManualTime time = new ManualTime();

  /** Far from every real clock. */
  private final AtomicLong routerClock = new AtomicLong(1_000_000_000_000L);

  private final List<SendMessageExpiresMessage> sent = new CopyOnWriteArrayList<>();
  private StubRouter router;
  private I2p i2p;

  @SuppressWarnings("NullAway.Init") // start() sets them before any test
  RouterClockTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start()
        .clock(routerClock::get)
        .on(
            SendMessageExpiresMessage.class,
            (connection, message) -> sent.add((SendMessageExpiresMessage) message));
    i2p = I2p.connect(Clocked.by(time, router.uri()));
  }

  @AfterEach
  void close() {
    i2p.close(Duration.ZERO);
    router.close();
  }

  /** Time passes, for the router and for us. */
  private void pass(Duration duration) {
    routerClock.addAndGet(duration.toMillis());
    time.advance(duration.toNanos());
  }

  private static long published(CreateLeaseSet2Message message) {
    return ((LeaseSet2) message.getLeaseSet()).getPublished();
  }

  private List<CreateLeaseSet2Message> await(int leaseSets) {
    StubConnection session = router.awaitOnline();
    StubRouter.await(leaseSets + " lease sets", () -> session.leaseSets().size() >= leaseSets);
    return session.leaseSets();
  }

  private void ask(StubConnection session) throws IOException {
    session.send(Stubs.leaseSetWanted(session.session(), router.now()));
  }

  @Test
  void theDateOfASessionIsTheRouters() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      SessionConfig asked =
          router.awaitOnline().messages(CreateSessionMessage.class).getFirst().getSessionConfig();
      assertThat(asked.getCreationDate().getTime()).isCloseTo(router.now(), within(SECOND));
      assertThat(asked.getDestination().toByteArray())
          .isEqualTo(session.destination().toByteArray());
    }
  }

  /** A router takes the absence of the first one for false. */
  @Test
  void optionsThatRoutersNeedAreAlwaysThere() throws Exception {
    i2p.open(config().build()).close(Duration.ZERO);
    assertThat(router
            .sessions()
            .getFirst()
            .messages(CreateSessionMessage.class)
            .getFirst()
            .getSessionConfig()
            .getOptions())
        .containsEntry("i2cp.fastReceive", "true")
        .containsEntry("i2cp.messageReliability", "none")
        .containsEntry("i2cp.leaseSetEncType", "4")
        .containsEntry("i2cp.leaseSetType", "3");
  }

  @Test
  void aLeaseSetVerifiesAndItsKeyFits() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      CreateLeaseSet2Message message = await(1).getFirst();
      LeaseSet2 leaseSet = (LeaseSet2) message.getLeaseSet();
      assertThat(leaseSet.verifySignature()).isTrue();
      assertThat(leaseSet.getDestination().toByteArray())
          .isEqualTo(session.destination().toByteArray());
      assertThat(leaseSet.getEncryptionKeys()).hasSize(1);
      assertThat(KeyGenerator.getPublicKey(message.getPrivateKeys().getFirst()))
          .isEqualTo(leaseSet.getEncryptionKeys().getFirst());
      assertThat(leaseSet.getPublished()).isCloseTo(router.now(), within(SECOND));
      assertThat(leaseSet.getExpires())
          .isCloseTo(router.now() + Stubs.LEASE.toMillis(), within(SECOND));
      assertThat(leaseSet.getLeaseCount()).isEqualTo(1);
      assertThat(leaseSet.getLease(0).getTunnelId().getTunnelId()).isEqualTo(0x1234_5678L);
    }
  }

  @Test
  void theExpiryOfAMessageIsByTheRoutersClock() throws Exception {
    try (I2pSession session = i2p.open(config().build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      pass(Duration.ofSeconds(30));
      port.send(Fixture.at(session), new byte[] {1});
      port.send(
          Fixture.at(session),
          new byte[] {1},
          SendOptions.builder().expires(Duration.ofSeconds(5)).build());
      StubRouter.await("both", () -> sent.size() == 2);
      assertThat(sent.getFirst().getExpirationTime())
          .isCloseTo(router.now() + 60 * SECOND, within(SECOND));
      assertThat(sent.getLast().getExpirationTime())
          .isCloseTo(router.now() + 5 * SECOND, within(SECOND));
    }
  }

  /** Routers drop a lease set that is not newer than the last one: they count in seconds. */
  @Test
  void leaseSetsAskedForAgainAndAgainAreEachNewerAndHaveTheSameKey() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      StubConnection connection = router.awaitOnline();
      for (int i = 0; i < 20; i++) {
        ask(connection);
      }
      List<CreateLeaseSet2Message> all = awaitQuiet(connection);
      long last = published(all.getFirst());
      for (CreateLeaseSet2Message next : all.subList(1, all.size())) {
        assertThat(published(next)).isGreaterThanOrEqualTo(last + SECOND);
        last = published(next);
        assertThat(next.getLeaseSet().getEncryptionKey())
            .isEqualTo(all.getFirst().getLeaseSet().getEncryptionKey());
        assertThat(next.getLeaseSet().verifySignature()).isTrue();
      }
      assertThat(session.status().state()).isEqualTo(io.allium.SessionStatus.State.ONLINE);
    }
  }

  /** The answer to the last request, which need not be the twentieth: each is for the tunnels of now. */
  private List<CreateLeaseSet2Message> awaitQuiet(StubConnection connection) throws IOException {
    int dates = dates(connection);
    StubRouter.await("an answer", () -> connection.leaseSets().size() >= 2);
    ask(connection);
    StubRouter.await(
        "the answer to the last request",
        () -> dates(connection) > dates
            && connection.messages().getLast() instanceof CreateLeaseSet2Message
            && connection.answered() == connection.messages().size());
    return connection.leaseSets();
  }

  private static int dates(StubConnection connection) {
    return connection.messages(net.i2p.data.i2cp.GetDateMessage.class).size();
  }

  /** Nothing of a lease set is right if the clock is wrong: it is asked for before each. */
  @Test
  void aClockThatJumpedIsKnownBeforeTheNextLeaseSet() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      long first = published(await(1).getFirst());
      routerClock.addAndGet(Duration.ofDays(100).toMillis()); // and nobody says so
      ask(router.awaitOnline());
      long second = published(await(2).getLast());
      assertThat(second).isCloseTo(router.now(), within(SECOND));
      assertThat(second).isGreaterThan(first);
      routerClock.addAndGet(-Duration.ofDays(200).toMillis());
      ask(router.awaitOnline());
      long third = published(await(3).getLast());
      assertThat(third).as("it always grows").isEqualTo(second + SECOND);
    }
  }

  @Test
  void aClockThatIsSetAgainCountsAtOnce() throws Exception {
    try (I2pSession session = i2p.open(config().build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      StubConnection connection = router.awaitOnline();
      for (long jump : new long[] {5_000_000_000L, -9_000_000_000L}) {
        routerClock.addAndGet(jump);
        byte[] both = Stubs.together(
            Stubs.date(router.now(), "0.9.64"),
            Stubs.payload(connection.session(), Fixture.raw(new byte[] {7})));
        connection.send(both);
        port.receive(Fixture.PATIENCE); // what came before it was heard
        int before = sent.size();
        port.send(Fixture.at(session), new byte[] {1});
        StubRouter.await("the message", () -> sent.size() > before);
        assertThat(sent.getLast().getExpirationTime())
            .isCloseTo(router.now() + 60 * SECOND, within(SECOND));
      }
    }
  }

  /** A router without tunnels asks for none. It gets none that it would refuse, but it gets what is sent. */
  @Test
  void aLeaseSetThatExpiredEndsNothing() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      StubConnection connection = router.awaitOnline();
      int dates = dates(connection);
      routerClock.addAndGet(Stubs.LEASE.toMillis());
      try (DatagramPort port = session.datagrams(Fixture.RAW)) {
        StubRouter.await("the question for the time", () -> dates(connection) > dates);
        port.send(Fixture.at(session), new byte[] {1});
        StubRouter.await("the message", () -> sent.size() == 1);
        connection.send(Stubs.payload(connection.session(), Fixture.raw(new byte[] {7})));
        port.receive(Fixture.PATIENCE); // the time came before it
        assertThat(connection.leaseSets()).as("no lease is left to publish").hasSize(1);
        ask(connection);
        LeaseSet2 next = (LeaseSet2) await(2).getLast().getLeaseSet();
        assertThat(next.isUnpublished()).isFalse();
        assertThat(next.getExpires())
            .isCloseTo(router.now() + Stubs.LEASE.toMillis(), within(SECOND));
        assertThat(session.status().state()).isEqualTo(io.allium.SessionStatus.State.ONLINE);
      }
    }
  }

  /** A second is a long time for a router that waits ten: nobody has to do anything for it. */
  @Test
  void everyMinuteTheRouterIsAskedForItsTime() throws Exception {
    try (I2pSession session = i2p.open(config().build())) {
      StubConnection connection = router.awaitOnline();
      int before = dates(connection);
      pass(Duration.ofMinutes(1));
      StubRouter.await("the question", () -> dates(connection) > before);
      assertThat(session.status().state()).isEqualTo(io.allium.SessionStatus.State.ONLINE);
    }
  }
}
