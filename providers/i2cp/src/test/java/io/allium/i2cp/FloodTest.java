package io.allium.i2cp;

import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pDatagram;
import io.allium.I2pSession;
import io.allium.SessionStatus.State;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A router that gives ten thousand messages at once. */
class FloodTest {
  private static final int MANY = 10_000;

  private StubRouter router;
  private I2p i2p;
  private I2pSession session;
  private DatagramPort port;

  @SuppressWarnings("NullAway.Init") // open() sets them before any test
  FloodTest() {}

  @BeforeEach
  void open() throws IOException {
    router = StubRouter.start();
    i2p = I2p.connect(router.uri());
    session = i2p.open(config().build());
    router.awaitOnline();
    port = session.datagrams(Fixture.RAW);
    router.awaitPublished();
  }

  @AfterEach
  void close() {
    i2p.close(Duration.ZERO);
    router.close();
  }

  /** Numbered messages, in one write. */
  private void flood(int from, int to) throws IOException {
    StubConnection connection = router.awaitOnline();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = from; i < to; i++) {
      byte[] content = ByteBuffer.allocate(Integer.BYTES).putInt(i).array();
      all.writeBytes(
          StubConnection.bytes(Stubs.payload(connection.session(), Fixture.raw(content))));
    }
    connection.send(all.toByteArray());
  }

  private static int number(I2pDatagram datagram) {
    return ByteBuffer.wrap(datagram.payload()).getInt();
  }

  @Test
  void whatNobodyReceivesIsBoundedAndCounted() throws Exception {
    flood(0, MANY);
    StubRouter.await(
        "all that is too much", () -> port.dropped() == MANY - DatagramOptions.MAX_WAITING);
    int last = -1;
    for (int i = 0; i < DatagramOptions.MAX_WAITING; i++) {
      int next = number(port.receive(Fixture.PATIENCE));
      assertThat(next).isGreaterThan(last);
      last = next;
    }
    assertThat(Fixture.kind(() -> port.receive(Duration.ofMillis(10))))
        .isEqualTo(ErrorKind.TIMEOUT);
    assertThat(session.status().state()).isEqualTo(State.ONLINE);
  }

  @Test
  void noneIsLostWhileThereIsRoom() throws Exception {
    for (int from = 0; from < MANY; from += DatagramOptions.MAX_WAITING) {
      int to = Math.min(MANY, from + DatagramOptions.MAX_WAITING);
      flood(from, to);
      for (int i = from; i < to; i++) {
        assertThat(number(port.receive(Fixture.PATIENCE))).isEqualTo(i);
      }
    }
    assertThat(port.dropped()).isZero();
  }

  /** A lease set cannot wait behind what a program does not take. */
  @Test
  void aLeaseSetIsMadeInAFlood() throws Exception {
    flood(0, MANY);
    StubConnection connection = router.awaitOnline();
    int before = connection.leaseSets().size();
    connection.send(Stubs.leaseSetWanted(connection.session(), router.now()));
    flood(0, MANY);
    StubRouter.await("the lease set", () -> connection.leaseSets().size() > before);
  }

  /** A router that asks a thousand times wants the last answer; ours has no queue that could grow. */
  @Test
  void aFloodOfRequestsEndsNothing() throws Exception {
    StubConnection connection = router.awaitOnline();
    int before = connection.leaseSets().size();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < MANY; i++) {
      all.writeBytes(
          StubConnection.bytes(Stubs.leaseSetWanted(connection.session(), router.now())));
    }
    connection.send(all.toByteArray());
    flood(0, 1);
    assertThat(number(port.receive(Fixture.PATIENCE))).isZero();
    StubRouter.await("a lease set", () -> connection.leaseSets().size() > before);
    assertThat(session.status().state()).isEqualTo(State.ONLINE);
  }
}
