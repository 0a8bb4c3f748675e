package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionConfig;
import io.allium.SessionStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What datagrams of each format do, on a session that carries only them. A network may lose some. */
public abstract class DatagramTck extends ProviderTck {
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final Duration SETTLED = Duration.ofMillis(500);
  private static final int TYPICAL = 1000;
  private static final int PROBE = 32;

  private final Map<Protocol, Pair> pairs = new EnumMap<>(Protocol.class);

  /** For subclasses. */
  protected DatagramTck() {}

  @AfterAll
  final void closePairs() {
    pairs.values().forEach(Pair::close);
  }

  /** One pair serves all tests of a format: on a real network it takes a while until two sessions reach each other. */
  private Pair pair(Protocol format) throws I2pException {
    Pair pair = pairs.get(format);
    if (pair == null) {
      pair = subject().pair(format);
      pairs.put(format, pair);
    }
    return pair;
  }

  private Courier courier() {
    return new Courier(subject().patience());
  }

  private static DatagramPort open(I2pSession session, Protocol format) throws I2pException {
    return session.datagrams(DatagramOptions.of(format, 0));
  }

  private static I2pAddress at(I2pSession session) {
    return I2pAddress.of(session.destination(), 0);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void whoWaitsWithoutALimitGetsTheNextDatagram(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      FutureTask<I2pDatagram> waiting = async(server::receive);
      long end = System.nanoTime() + subject().patience().toNanos();
      while (!waiting.isDone()) {
        assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
        client.send(at(pair.server()), Courier.payload(TYPICAL));
        long pause = System.nanoTime() + SHORT.toNanos();
        until(() -> waiting.isDone() || System.nanoTime() > pause); // a network may lose some
      }
      assertThat(get(waiting).payload()).hasSize(TYPICAL);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void smallDatagramsArriveWhole(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      int smallest = subject().smallestPayload(format);
      int large = Math.min(10 * TYPICAL, client.maxPayload());
      for (int size : new int[] {smallest, smallest + 1, TYPICAL, large}) {
        courier().deliver(client, at(pair.server()), server, Courier.payload(size));
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void theLargestDatagramArrivesWholeAndALargerOneIsRefused(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      int max = client.maxPayload();
      assertThat(max).isBetween(TYPICAL, 65_535);
      Throwable refused = catchThrowable(
          () -> client.send(at(pair.server()), Courier.payload(max + 1), SendOptions.defaults()));
      assertKind(refused, ErrorKind.MESSAGE_TOO_LARGE);
      assertThat(refused).as("names the limit").hasMessageContaining(Integer.toString(max));
      courier().deliver(client, at(pair.server()), server, Courier.payload(max));
    }
  }

  /** The formats allow it, SAM does not (SAM V3, "Minimum size is 1"): it is never lost without a word. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void anEmptyDatagramArrivesOrIsRefused(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      try {
        courier().deliver(client, at(pair.server()), server, new byte[0]);
      } catch (I2pException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      }
      courier().deliver(client, at(pair.server()), server, Courier.payload(TYPICAL));
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void noDatagramHasTheProtocolNumberOfAnotherFormat(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort port = open(pair.client(), format)) {
      for (int taken : new int[] {6, 17, 19, 20}) {
        SendOptions how = SendOptions.builder().number(taken).build();
        assertKind(() -> port.send(at(pair.server()), new byte[1], how), ErrorKind.CONFIG_INVALID);
      }
      if (format != Protocol.RAW) {
        SendOptions how = SendOptions.builder().number(18).build();
        assertKind(() -> port.send(at(pair.server()), new byte[1], how), ErrorKind.CONFIG_INVALID);
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aSessionForDatagramsRefusesStreamsAtOnce(Protocol format) throws Exception {
    I2pSession session = pair(format).client();
    assertKind(() -> session.listen(0), ErrorKind.UNSUPPORTED);
    assertKind(() -> session.connect(session.destination()), ErrorKind.UNSUPPORTED);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aDatagramTellsWhatItsFormatKnows(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      I2pDatagram arrived =
          courier().deliver(client, at(pair.server()), server, Courier.payload(TYPICAL));
      assertThat(arrived.fromPort()).isZero();
      assertThat(arrived.toPort()).isZero();
      assertThat(arrived.protocol()).isEqualTo(format.number());
      switch (arrived) {
        case I2pDatagram.Authenticated known ->
          assertThat(known.from()).isEqualTo(pair.client().destination());
        case I2pDatagram.Unverified claimed ->
          assertThat(claimed.claimedHash())
              .isEqualTo(pair.client().destination().base32());
        case I2pDatagram.Raw raw -> assertThat(format).isEqualTo(Protocol.RAW);
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void anAnswerGoesBackToTheSender(Protocol format) throws Exception {
    if (format == Protocol.RAW) {
      return;
    }
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      I2pDatagram question =
          courier().deliver(client, at(pair.server()), server, Courier.payload(TYPICAL));
      I2pAddress sender = switch (question) {
        case I2pDatagram.Authenticated known -> I2pAddress.of(known.from(), known.fromPort());
        case I2pDatagram.Unverified claimed ->
          I2pAddress.of(claimed.claimedHash(), claimed.fromPort());
        case I2pDatagram.Raw raw -> throw new AssertionError("nobody to answer");
      };
      courier().deliver(server, sender, client, Courier.payload(TYPICAL));
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aPortIsOpenOnceAtATime(Protocol format) throws Exception {
    I2pSession session = pair(format).server();
    try (DatagramPort first = open(session, format)) {
      assertKind(() -> open(session, format), ErrorKind.CONFIG_INVALID);
      assertThat(first.dropped()).isZero();
    }
    open(session, format).close();
  }

  /** Of which a port that is open gets nothing. With a session of its own, which may be opened again for it. */
  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aSessionFindsOutThatPeersReachIt(Protocol format) throws Exception {
    SessionConfig config = subject().config().protocols(format).build();
    try (I2pSession session = subject().server().open(config);
        DatagramPort there = open(session, format)) {
      session.awaitReachable(subject().patience());
      try (I2pSession stranger = subject().client().open(config);
          DatagramPort here = open(stranger, format)) {
        courier()
            .deliver(
                here,
                at(session),
                SendOptions.defaults(),
                there,
                Courier.payload(TYPICAL),
                other -> assertThat(other.payload().length).as("no probe").isNotEqualTo(PROBE));
      }
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aDatagramToNobodyIsLostInSilence(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DestinationKeys nobody = DestinationKeys.generate();
        DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      client.send(
          I2pAddress.of(nobody.destination(), 0), Courier.payload(TYPICAL), SendOptions.defaults());
      courier().deliver(client, at(pair.server()), server, Courier.payload(TYPICAL));
      assertThat(pair.client().status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aTimeoutAndAnInterruptAbandonOnlyTheReceive(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      assertKind(() -> receiveEverything(server, SHORT), ErrorKind.TIMEOUT);
      FutureTask<Boolean> receive = new FutureTask<>(() -> {
        assertKind(() -> receiveEverything(server, subject().patience()), ErrorKind.INTERRUPTED);
        return Thread.currentThread().isInterrupted();
      });
      Thread thread = Thread.ofVirtual().name("tck").start(receive);
      untilInside(thread);
      thread.interrupt();
      assertThat(get(receive)).as("flag kept").isTrue();
      courier().deliver(client, at(pair.server()), server, Courier.payload(TYPICAL));
    }
  }

  /** What an earlier test sent twice may still come. */
  private static void receiveEverything(DatagramPort port, Duration timeout) throws I2pException {
    while (true) {
      port.receive(timeout);
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void closingThePortEndsAReceive(Protocol format) throws Exception {
    Pair pair = pair(format);
    DatagramPort port = open(pair.server(), format);
    FutureTask<Boolean> receive = receiveUntilClosed(port);
    port.close();
    port.close();
    assertThat(get(receive)).isTrue();
    assertKind(() -> port.receive(SHORT), ErrorKind.CLOSED);
    assertKind(
        () -> port.send(at(pair.client()), new byte[TYPICAL], SendOptions.defaults()),
        ErrorKind.CLOSED);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void closingTheSessionEndsItsPorts(Protocol format) throws Exception {
    I2pSession session =
        subject().client().open(subject().config().protocols(format).build());
    DatagramPort port = open(session, format);
    FutureTask<Boolean> receive = receiveUntilClosed(port);
    session.close();
    assertThat(get(receive)).isTrue();
    assertKind(
        () -> port.send(at(pair(format).client()), new byte[TYPICAL], SendOptions.defaults()),
        ErrorKind.CLOSED);
    assertKind(() -> open(session, format), ErrorKind.CLOSED);
  }

  private FutureTask<Boolean> receiveUntilClosed(DatagramPort port) {
    FutureTask<Boolean> receive = new FutureTask<>(() -> {
      assertKind(() -> receiveEverything(port, subject().patience()), ErrorKind.CLOSED);
      return true;
    });
    untilInside(Thread.ofVirtual().name("tck").start(receive));
    return receive;
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void twoReceiversShareWhatArrives(Protocol format) throws Exception {
    Pair pair = pair(format);
    Arrivals arrivals = new Arrivals(50, TYPICAL);
    List<FutureTask<Boolean>> receivers = new ArrayList<>();
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      for (int i = 0; i < 2; i++) {
        receivers.add(async(() -> {
          assertKind(() -> arrivals.receive(server, subject().patience()), ErrorKind.CLOSED);
          return true;
        }));
      }
      long end = System.nanoTime() + subject().patience().toNanos();
      while (!arrivals.areAll()) {
        assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
        arrivals.send(client, at(pair.server()));
        long pause = System.nanoTime() + SHORT.toNanos();
        until(() -> arrivals.areAll() || System.nanoTime() > pause);
      }
      server.close();
    }
    for (FutureTask<Boolean> receiver : receivers) {
      assertThat(get(receiver)).isTrue();
    }
    arrivals.assertNoneCameTwice();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aFloodThatNobodyReceivesIsBoundedAndCounted(Protocol format) throws Exception {
    Pair pair = pair(format);
    try (DatagramPort client = open(pair.client(), format);
        DatagramPort server = open(pair.server(), format)) {
      long end = System.nanoTime() + subject().patience().toNanos();
      byte[] payload = Courier.payload(TYPICAL);
      do {
        assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
        for (int i = 0; i < subject().manyDatagrams(); i++) {
          client.send(at(pair.server()), payload, SendOptions.defaults());
        }
        long pause = System.nanoTime() + SHORT.toNanos();
        until(() -> server.dropped() > 0 || System.nanoTime() > pause);
      } while (server.dropped() == 0);
      long dropped = settledDrops(server);
      int kept = 0;
      try {
        while (true) {
          server.receive(SHORT);
          kept++;
        }
      } catch (I2pException e) {
        assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
      }
      assertThat(kept).isBetween(1, DatagramOptions.MAX_WAITING);
      assertThat(kept * (long) TYPICAL).isLessThanOrEqualTo(DatagramOptions.MAX_WAITING_BYTES);
      assertThat(server.dropped()).isEqualTo(dropped);
      courier().deliver(client, at(pair.server()), server, Courier.payload(TYPICAL));
    }
  }

  /** A full port counts whatever still arrives: once it counts no more, nothing is under way. */
  private long settledDrops(DatagramPort port) {
    long[] seen = {port.dropped()};
    long[] since = {System.nanoTime()};
    until(() -> {
      long now = port.dropped();
      if (now != seen[0]) {
        seen[0] = now;
        since[0] = System.nanoTime();
      }
      return System.nanoTime() - since[0] > SETTLED.toNanos();
    });
    return seen[0];
  }
}
