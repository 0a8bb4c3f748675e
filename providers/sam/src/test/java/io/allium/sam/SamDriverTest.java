package io.allium.sam;

import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.PEER_LINE;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.Known;
import io.allium.Phase;
import io.allium.Protocol;
import io.allium.spi.ConnectRequest;
import io.allium.spi.OpenRequest;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.SessionDriver;
import io.allium.spi.StreamDriver;
import io.allium.spi.support.AbortableCall;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a driver does for the API, without the API. */
class SamDriverTest {
  private static final String OK = "STREAM STATUS RESULT=OK\n";
  private static final Duration LIMIT = Duration.ofSeconds(1);

  private final HandTime time = new HandTime();
  private final StubBridge bridge = StubBridge.speaking("3.3");

  SamDriverTest() throws IOException {}

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @AfterEach
  void nothingIsLeft() {
    bridge.awaitAllClosed();
    bridge.close();
    StubBridge.await("every timer to end", () -> time.waiting() == 0);
  }

  private interface Body {
    Object run() throws Exception;
  }

  private static CompletableFuture<Object> async(AbortTest.Kind thread, Body body) {
    CompletableFuture<Object> outcome = new CompletableFuture<>();
    thread.start(() -> {
      try {
        outcome.complete(body.run());
      } catch (Exception e) {
        outcome.completeExceptionally(e);
      }
    });
    return outcome;
  }

  private SessionDriver open() throws Exception {
    return Drivers.open(bridge.uri(), time, Protocol.STREAM, lost -> {});
  }

  @Test
  void capabilitiesAreThoseOfTheRouterLastSeen() throws Exception {
    RouterDriver router = Drivers.connect(bridge.uri(), time);
    assertThat(router.capabilities()).contains(Capability.PORTS);
    bridge.on(
        "HELLO VERSION",
        (connection, line) -> connection.send("HELLO REPLY RESULT=OK VERSION=3.1\n"));
    SessionDriver session =
        router.open(Drivers.wanted(Protocol.STREAM), Drivers.sink(lost -> {}), new AbortableCall());
    assertThat(router.capabilities()).doesNotContain(Capability.PORTS);
    Drivers.close(session);
    bridge.on(
        "HELLO VERSION",
        (connection, line) -> connection.send("HELLO REPLY RESULT=OK VERSION=3.3\n"));
    router.awaitReady(new AbortableCall());
    assertThat(router.capabilities()).contains(Capability.PORTS);
  }

  private static StreamDriver connect(SessionDriver session) throws Exception {
    return session.connect(ConnectRequest.of(PEER, 0, 0), new AbortableCall());
  }

  @ParameterizedTest
  @EnumSource
  void theEndOfTheInputWakesItsReaderAndTheOutputGoesOn(AbortTest.Kind thread) throws Exception {
    CompletableFuture<byte[]> came = new CompletableFuture<>();
    bridge.on("STREAM CONNECT", (connection, line) -> {
      connection.send(OK);
      came.complete(connection.read(5));
    });
    SessionDriver session = open();
    StreamDriver stream = connect(session);
    CompletableFuture<Object> read = new CompletableFuture<>();
    Thread reader = thread.start(() -> {
      try {
        read.complete(stream.read(ByteBuffer.allocate(1), 0));
      } catch (I2pException | InterruptedException e) {
        read.completeExceptionally(e);
      }
    });
    StubBridge.await("the reader to block", () -> AbortTest.isBlocked(reader));
    stream.endInput();
    assertThat(read.get(9, TimeUnit.SECONDS)).isEqualTo(-1);
    assertThat(stream.read(ByteBuffer.allocate(1), 0)).isEqualTo(-1);
    assertThat(stream.available()).isZero();
    assertThat(stream.write(ByteBuffer.wrap(new byte[5]), 0)).isEqualTo(5);
    assertThat(came.get(9, TimeUnit.SECONDS)).hasSize(5);
    stream.close();
    Drivers.close(session);
  }

  @Test
  void whatCameWithTheLineIsAvailableToEveryThread() throws Exception {
    bridge.on("STREAM CONNECT", StubBridge.reply(OK + "x".repeat(3000)));
    SessionDriver session = open();
    StreamDriver stream = connect(session);
    StubBridge.await("all of it", () -> stream.available() == 3000);
    assertThat(async(AbortTest.Kind.PLATFORM, stream::available).get(9, TimeUnit.SECONDS))
        .isEqualTo(3000);
    assertThat(stream.read(ByteBuffer.allocate(10), 0)).isEqualTo(10);
    assertThat(stream.available()).isEqualTo(2990);
    stream.reset();
    Drivers.close(session);
  }

  @Test
  void aWriteTakesAPieceAndALimitEndsTheOneThatWaits() throws Exception {
    bridge.on("STREAM CONNECT", (connection, line) -> {
      connection.send(OK);
      bridge.awaitConnection("NAMING LOOKUP");
      connection.awaitEnd();
    });
    bridge.on("NAMING LOOKUP", StubBridge.CLOSE);
    SessionDriver session = open();
    StreamDriver stream = connect(session);
    ByteBuffer much = ByteBuffer.allocate(1 << 24);
    AtomicInteger largest = new AtomicInteger();
    CompletableFuture<ErrorKind> end = new CompletableFuture<>();
    Thread writer = AbortTest.Kind.PLATFORM.start(() -> end.complete(kind(() -> {
      while (much.hasRemaining()) {
        largest.accumulateAndGet(stream.write(much, LIMIT.toNanos()), Math::max);
      }
    })));
    StubBridge.await("the end of a writer that waits", () -> {
      if (largest.get() > 0 && AbortTest.isBlocked(writer) && time.waitsFor(LIMIT)) {
        time.advance(LIMIT);
      }
      return end.isDone();
    });
    assertThat(end.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.TIMEOUT);
    assertThat(largest).hasValue(64 * 1024);
    assertThat(much.hasRemaining()).isTrue();
    assertThat(kind(() -> Drivers.connect(bridge.uri(), time)
            .resolve(
                new ResolveRequest(I2pName.parse("a.i2p"), false, Optional.empty()),
                new AbortableCall())))
        .isEqualTo(ErrorKind.ROUTER_ERROR);
    Drivers.close(session);
  }

  @Test
  void aSessionIsOnlineAsLongAsWhatWasWrittenHasTime() throws Exception {
    CountDownLatch reads = new CountDownLatch(1);
    bridge.on("STREAM CONNECT", (connection, line) -> {
      connection.send(OK);
      reads.await();
    });
    SessionDriver session = open();
    StreamDriver stream = connect(session);
    ByteBuffer bytes = ByteBuffer.allocate(100_000);
    while (bytes.hasRemaining()) {
      stream.write(bytes, 0);
    }
    stream.close();
    AbortableCall call = new AbortableCall();
    CompletableFuture<Object> closed = async(AbortTest.Kind.VIRTUAL, () -> session.close(call));
    assertThat(bridge.awaitConnection("SESSION CREATE").clientEnded()).isFalse();
    call.abort();
    assertThat(closed.get(9, TimeUnit.SECONDS)).isEqualTo(Known.CANNOT_KNOW);
    reads.countDown();
    bridge.awaitConnection("STREAM CONNECT").close();
    StubBridge.await("the stream to end", () -> time.waiting() == 0);
  }

  @Test
  void anAbortedAcceptTakesNoStreamAndNoAcceptBack() throws Exception {
    bridge.on("STREAM ACCEPT", StubBridge.reply(OK));
    SessionDriver session = open();
    session.listening(port -> port == 80);
    AbortableCall call = new AbortableCall();
    CompletableFuture<Object> first =
        async(AbortTest.Kind.VIRTUAL, () -> kind(() -> session.accept(call)));
    StubConnection armed = bridge.awaitAnswered("STREAM ACCEPT");
    call.abort();
    assertThat(first.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
    session.listening(port -> false);
    armed.send(PEER_LINE);
    var offer = session.accept(new AbortableCall());
    assertThat(offer.remote()).isEqualTo(PEER);
    assertThat(offer.answered()).isTrue();
    StubBridge.await(
        "the next accept", () -> bridge.connections("STREAM ACCEPT").size() == 2);
    offer.refuse();
    StubBridge.await("the refusal", armed::clientEnded);
    Drivers.close(session);
  }

  @Test
  void nothingIsArmedBeforeAPortIsWanted() throws Exception {
    SessionDriver session = open();
    session.listening(port -> false);
    bridge.on("STREAM CONNECT", StubBridge.reply(OK));
    connect(session).reset();
    assertThat(bridge.connections("STREAM ACCEPT")).isEmpty();
    Drivers.close(session);
  }

  @Test
  void openingTellsHowFarItIs() throws Exception {
    List<String> phases = new CopyOnWriteArrayList<>();
    bridge.on("SESSION CREATE", (connection, line) -> {
      phases.add("SESSION CREATE");
      connection.send("SESSION STATUS RESULT=OK DESTINATION=" + Fixture.KEYS.exportBase64() + "\n");
    });
    OpenRequest wanted = Drivers.wanted(Protocol.STREAM);
    SessionDriver session = Drivers.connect(bridge.uri(), time)
        .open(
            new OpenRequest(
                wanted.keys(),
                wanted.options(),
                wanted.protocols(),
                wanted.before(),
                phase -> phases.add(text(phase))),
            Drivers.sink(lost -> {}),
            new AbortableCall());
    assertThat(phases).containsExactly("0.0 waiting for tunnels", "SESSION CREATE", "1.0 online");
    Drivers.close(session);
  }

  private static String text(Phase phase) {
    return phase.fraction() + " " + phase.name();
  }
}
