package io.allium.sam;

import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static io.allium.sam.Fixture.failure;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.SessionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A bridge that dies, hangs or talks nonsense, in every phase: a typed error in time, and nothing left behind. */
class BadBridgeTest {
  private static final Duration SHORT = Duration.ofMillis(200);

  /** Of 64 KiB, more than sockets hold: some have been read. */
  private static final int MANY_BLOCKS = 200;

  private static final String RESOLVED =
      "NAMING REPLY RESULT=OK NAME=a.i2p VALUE=" + PEER.base64() + "\n";

  /** What the client is waiting for when the bridge goes wrong. */
  enum Phase {
    GREETING("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE),
    OPEN_GREETING("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE),
    OPEN("SESSION CREATE", ErrorKind.ROUTER_ERROR),
    CONNECT_GREETING("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE),
    CONNECT("STREAM CONNECT", ErrorKind.ROUTER_ERROR),
    CONNECT_NAME("NAMING LOOKUP", ErrorKind.ROUTER_ERROR),
    RESOLVE_GREETING("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE),
    RESOLVE("NAMING LOOKUP", ErrorKind.ROUTER_ERROR),
    STATUS("HELLO VERSION", ErrorKind.ROUTER_UNREACHABLE);

    private final String prefix;
    private final ErrorKind onEnd;

    Phase(String prefix, ErrorKind onEnd) {
      this.prefix = prefix;
      this.onEnd = onEnd;
    }

    /** Lets everything before this phase pass, then breaks the bridge and runs into it. */
    void run(StubBridge bridge, StubBridge.Step fault) throws I2pException {
      if (this == GREETING) {
        bridge.on(prefix, fault);
      }
      try (I2p i2p = I2p.connect(bridge.uri())) {
        switch (this) {
          case GREETING -> throw new AssertionError("connected to a broken bridge");
          case OPEN_GREETING, OPEN ->
            i2p.open(broken(bridge, fault).openTimeout(SHORT).build());
          case RESOLVE_GREETING, RESOLVE -> {
            bridge.on(prefix, fault);
            i2p.resolve("a.i2p");
          }
          case STATUS -> {
            bridge.on(prefix, fault);
            i2p.status();
          }
          default -> {
            try (I2pSession session = i2p.open(config().build())) {
              bridge.on(prefix, fault);
              session.connect(
                  this == CONNECT_NAME ? I2pAddress.parse("a.i2p", 0) : TO_PEER,
                  ConnectOptions.builder().timeout(SHORT).build());
            }
          }
        }
      }
    }

    private io.allium.SessionConfig.Builder broken(StubBridge bridge, StubBridge.Step fault) {
      bridge.on(prefix, fault);
      return config();
    }
  }

  private final StubBridge bridge;

  BadBridgeTest() throws IOException {
    bridge = StubBridge.speaking("3.3")
        .on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"))
        .on("NAMING LOOKUP", StubBridge.reply(RESOLVED));
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
  @EnumSource(Phase.class)
  void aBridgeThatClosesIsAnError(Phase phase) {
    assertThat(kind(() -> phase.run(bridge, StubBridge.CLOSE))).isEqualTo(phase.onEnd);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aBridgeThatResetsIsAnError(Phase phase) {
    assertThat(kind(() -> phase.run(bridge, StubBridge.RESET))).isEqualTo(phase.onEnd);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aBridgeThatClosesWithinItsLineIsAnError(Phase phase) {
    assertThat(kind(() -> phase.run(bridge, (connection, line) -> {
          connection.send("HELLO REPLY RESULT=OK VERS");
          connection.close();
        })))
        .isEqualTo(
            phase.onEnd == ErrorKind.ROUTER_UNREACHABLE
                ? ErrorKind.PROTOCOL_VIOLATION
                : phase.onEnd);
  }

  @ParameterizedTest
  @MethodSource("nonsense")
  void nonsenseIsAProtocolViolation(Phase phase, String nonsense) {
    assertThat(kind(() -> phase.run(bridge, StubBridge.reply(nonsense))))
        .isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
  }

  static Stream<Arguments> nonsense() {
    return Stream.of(Phase.values())
        .flatMap(phase -> Stream.of(
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
                "\u0000\u0001\u0002\n",
                "HELLO REPLY\n",
                "NAMING REPLY RESULT=OK NAME=other.i2p VALUE=" + PEER.base64() + "\n",
                "DEST REPLY PUB=a PRIV=b\n")
            .map(text -> Arguments.of(phase, text)));
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void aLineWithoutEndIsGivenUpBeforeItCostsMemory(Phase phase) {
    assertThat(kind(() -> phase.run(bridge, StubBridge.ENDLESS_LINE)))
        .isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void bytesThatAreNoTextAreAProtocolViolation(Phase phase) {
    assertThat(kind(() -> phase.run(
            bridge, (connection, line) -> connection.send(new byte[] {(byte) 0xff, '\n'}))))
        .isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
  }

  /** The other phases have fixed deadlines of 10 s and 30 s: {@link AbortTest} ends them without waiting. */
  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"OPEN_GREETING", "OPEN", "CONNECT_GREETING", "CONNECT", "CONNECT_NAME"})
  void aBridgeThatHangsIsATimeoutAndOneThatNeverGreetedIsAbsent(Phase phase) {
    long start = System.nanoTime();
    assertThat(kind(() -> phase.run(bridge, StubBridge.HANG)))
        .isEqualTo(
            phase.name().endsWith("GREETING") ? ErrorKind.ROUTER_UNREACHABLE : ErrorKind.TIMEOUT);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(SHORT, SHORT.plusSeconds(9));
  }

  @ParameterizedTest
  @EnumSource(
      value = Phase.class,
      names = {"OPEN", "CONNECT", "CONNECT_NAME"})
  void aBridgeThatSpeaksSlowlyForEverIsATimeoutToo(Phase phase) {
    assertThat(kind(() -> phase.run(bridge, (connection, line) -> connection.sendForEver("\n"))))
        .isEqualTo(ErrorKind.TIMEOUT);
  }

  @Test
  void aRouterThatIsOffIsNamedWithTheWayToEnableIt() throws IOException {
    int port = StubBridge.deadPort();
    I2pException failure = failure(() -> I2p.connect("sam://127.0.0.1:" + port));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure)
        .hasMessageContainingAll(
            "sam://127.0.0.1:" + port,
            "Java I2P",
            "SAM application bridge",
            "i2pd",
            "enabled = true",
            "[sam]");
  }

  @Test
  void aRouterThatGoesOffIsUnreachableForEveryCommandAfterwards() throws IOException {
    try (I2p i2p = I2p.connect(bridge.uri())) {
      bridge.close();
      assertThat(kind(i2p::status)).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(kind(() -> i2p.resolve("a.i2p"))).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(kind(() -> i2p.open(config().build()))).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    }
  }

  /** All sessions are watched by one thread. */
  @Test
  void aBridgeThatNeverStopsTalkingKeepsNoOtherSessionFromItsNews() throws Exception {
    try (StubBridge noisy = StubBridge.speaking("3.1");
        StubBridge quiet = StubBridge.speaking("3.1");
        I2p one = I2p.connect(noisy.uri());
        I2p other = I2p.connect(quiet.uri());
        I2pSession flooded = one.open(config().build());
        I2pSession session = other.open(config().build())) {
      StubConnection control = noisy.awaitAnswered("SESSION CREATE");
      AtomicInteger blocks = new AtomicInteger();
      Thread flood = Thread.ofPlatform().start(() -> {
        try {
          while (true) {
            control.send((" ".repeat(1023) + "\n").repeat(64));
            blocks.incrementAndGet();
          }
        } catch (IOException over) {
          // the client has hung up
        }
      });
      CompletableFuture<SessionEvent> lost = new CompletableFuture<>();
      session.onEvent(event -> {
        if (event instanceof SessionEvent.Lost) {
          lost.complete(event);
        }
      });
      try {
        StubBridge.await("the flood", () -> blocks.get() > MANY_BLOCKS);
        quiet.awaitAnswered("SESSION CREATE").close();
        assertThat(lost.get(20, TimeUnit.SECONDS)).isNotNull();
        CompletableFuture.runAsync(flooded::close).get(20, TimeUnit.SECONDS);
      } finally {
        control.close(); // else a test that fails never ends
        flood.join();
      }
    }
  }
}
