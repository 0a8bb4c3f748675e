package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.spi.Call;
import io.allium.spi.ResolveRequest;
import io.allium.spi.RouterDriver;
import io.allium.spi.support.AbortableCall;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Calls on a bridge that hangs, ended by whoever wants them to end. */
class AbortTest {
  enum Kind {
    PLATFORM,
    VIRTUAL;

    Thread start(Runnable body) {
      return this == PLATFORM
          ? Thread.ofPlatform().daemon().start(body)
          : Thread.ofVirtual().start(body);
    }
  }

  private record Outcome(I2pException failure, boolean flag) {}

  private final StubBridge bridge;

  AbortTest() throws IOException {
    bridge = StubBridge.speaking("3.3")
        .on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"))
        .on("STREAM ACCEPT", StubBridge.reply("STREAM STATUS RESULT=OK\n"))
        .on("NAMING LOOKUP", StubBridge.HANG);
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @AfterEach
  void nothingIsLeft() {
    bridge.awaitAllClosed();
    bridge.close();
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptEndsTheGreetingOfARouter(Kind kind) throws Exception {
    bridge.on("HELLO VERSION", StubBridge.HANG);
    interrupted(kind, "HELLO VERSION", () -> I2p.connect(bridge.uri()));
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptEndsTheOpeningOfASessionOnly(Kind kind) throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri())) {
      bridge.on("SESSION CREATE", StubBridge.HANG);
      interrupted(kind, "SESSION CREATE", () -> i2p.open(config().build()));
      assertThat(i2p.status()).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptEndsALookupOnly(Kind kind) throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri())) {
      interrupted(kind, "NAMING LOOKUP", () -> i2p.resolve("a.i2p"));
      assertThat(i2p.status()).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptEndsAConnectAndTheSessionLives(Kind kind) throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      bridge.on("STREAM CONNECT", StubBridge.HANG);
      interrupted(kind, "STREAM CONNECT", () -> session.connect(TO_PEER));
      interrupted(kind, "NAMING LOOKUP", () -> session.connect("a.i2p"));
      bridge.on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"));
      assertThat(session.connect(TO_PEER)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptedReadClosesItsStream(Kind kind) throws Exception {
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      I2pStream stream = session.connect(TO_PEER);
      interrupted(kind, "STREAM CONNECT", () -> stream.input().read());
      StubBridge.await(
          "the stream to be closed",
          () -> bridge.awaitConnection("STREAM CONNECT").clientEnded());
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anInterruptedWriteClosesItsStream(Kind kind) throws Exception {
    bridge.on("STREAM CONNECT", (connection, line) -> {
      connection.send("STREAM STATUS RESULT=OK\n");
      bridge.awaitConnection("NAMING LOOKUP");
      connection.awaitEnd();
    });
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      I2pStream stream = session.connect(TO_PEER);
      Outcome outcome = outcome(kind, "STREAM CONNECT", () -> {
        while (true) {
          stream.output().write(new byte[1 << 20]);
        }
      });
      assertThat(outcome)
          .extracting(o -> o.failure.kind(), Outcome::flag)
          .containsExactly(ErrorKind.INTERRUPTED, true);
      bridge.on("NAMING LOOKUP", StubBridge.CLOSE);
      assertThat(kind(() -> i2p.resolve("a.i2p"))).isEqualTo(ErrorKind.ROUTER_ERROR);
    }
  }

  @Test
  void closingASessionEndsWhatItIsConnecting() throws Exception {
    bridge.on("STREAM CONNECT", StubBridge.HANG);
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      CompletableFuture<ErrorKind> outcome = async(() -> kind(() -> session.connect(TO_PEER)));
      bridge.awaitConnection("STREAM CONNECT");
      session.close();
      assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
    }
  }

  @Test
  void losingASessionEndsWhatItIsConnecting() throws Exception {
    bridge.on("STREAM CONNECT", StubBridge.HANG);
    try (I2p i2p = I2p.connect(bridge.uri());
        I2pSession session = i2p.open(config().build())) {
      CompletableFuture<ErrorKind> outcome = async(() -> kind(() -> session.connect(TO_PEER)));
      bridge.awaitConnection("STREAM CONNECT");
      bridge.awaitConnection("SESSION CREATE").close();
      assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  @Test
  void closingTheAccessEndsWhatItIsOpening() throws Exception {
    bridge.on("SESSION CREATE", StubBridge.HANG);
    try (I2p i2p = I2p.connect(bridge.uri())) {
      CompletableFuture<ErrorKind> open =
          async(() -> kind(() -> i2p.open(config().build())));
      CompletableFuture<ErrorKind> lookup = async(() -> kind(() -> i2p.resolve("a.i2p")));
      bridge.awaitConnection("SESSION CREATE");
      bridge.awaitConnection("NAMING LOOKUP");
      i2p.close();
      assertThat(open.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
      assertThat(lookup.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
    }
  }

  @Test
  void anAbortedCallOfTheDriverEndsAtOnceInEveryPhase() throws Exception {
    HandTime time = new HandTime();
    RouterDriver router = Drivers.connect(bridge.uri(), time);
    ResolveRequest name =
        new ResolveRequest(io.allium.I2pName.parse("a.i2p"), false, Optional.empty());
    aborted("NAMING LOOKUP", ErrorKind.CLOSED, call -> router.resolve(name, call));
    bridge.on("SESSION CREATE", StubBridge.HANG);
    aborted(
        "SESSION CREATE",
        ErrorKind.CLOSED,
        call -> router.open(Drivers.wanted(Protocol.STREAM), Drivers.sink(lost -> {}), call));
    bridge.on("HELLO VERSION", StubBridge.HANG);
    aborted(
        "HELLO VERSION",
        ErrorKind.ROUTER_UNREACHABLE,
        call -> SamUri.parse(bridge.uri()).connect(Drivers.request(time), call));
    aborted("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE, router::status);
    aborted("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE, router::awaitReady);
    aborted("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE, call -> router.resolve(name, call));
  }

  private interface Body {
    void run(Call call) throws I2pException, InterruptedException;
  }

  private void aborted(String waitsFor, ErrorKind kind, Body body) throws Exception {
    AbortableCall call = new AbortableCall();
    int before = bridge.connections(waitsFor).size();
    CompletableFuture<ErrorKind> outcome = async(() -> kind(() -> body.run(call)));
    StubBridge.await(waitsFor, () -> bridge.connections(waitsFor).size() > before);
    call.abort();
    assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(kind);
    bridge.awaitAllClosed();
  }

  private static CompletableFuture<ErrorKind> async(Supplier<ErrorKind> body) {
    CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> outcome.complete(body.get()));
    return outcome;
  }

  private void interrupted(Kind kind, String waitsFor, ThrowingCallable body) throws Exception {
    Outcome outcome = outcome(kind, waitsFor, body);
    assertThat(outcome.failure.kind()).isEqualTo(ErrorKind.INTERRUPTED);
    assertThat(outcome.flag).as("the interrupt flag").isTrue();
  }

  private Outcome outcome(Kind kind, String waitsFor, ThrowingCallable body) throws Exception {
    CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    Thread thread = kind.start(() -> {
      I2pException failure = Fixture.failure(body);
      outcome.complete(new Outcome(failure, Thread.currentThread().isInterrupted()));
    });
    bridge.awaitConnection(waitsFor);
    StubBridge.await("the call to block", () -> isBlocked(thread));
    thread.interrupt();
    return outcome.get(9, TimeUnit.SECONDS);
  }

  /** A platform thread in a blocking read of a channel is RUNNABLE, so its stack tells. */
  static boolean isBlocked(Thread thread) {
    return java.util.Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith("sun.nio.ch.")
            && frame.getMethodName().matches("park|poll|read0|write0"));
  }
}
