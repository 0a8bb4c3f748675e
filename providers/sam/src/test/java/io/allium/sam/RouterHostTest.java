package io.allium.sam;

import static io.allium.sam.Fixture.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Recovery;
import io.allium.SessionStatus.State;
import io.allium.guard.ResolverGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The name of the router's host, which is nobody's on I2P, and a resolver that does not always answer. */
class RouterHostTest {
  private static final String HOST = "router.invalid";

  private final AtomicInteger lookups = new AtomicInteger();
  private volatile boolean isKnown = true;
  private StubBridge bridge;

  RouterHostTest() throws IOException {
    bridge = StubBridge.speaking("3.1");
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    ResolverGuard.answer(HOST, () -> {
      lookups.incrementAndGet();
      return isKnown ? List.of(loopback) : List.of();
    });
  }

  @AfterEach
  void close() {
    bridge.close();
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  private URI named(URI uri) {
    return URI.create(uri.toString().replace("127.0.0.1", HOST));
  }

  @Test
  void aHostThatIsUnknownIsNamed() {
    I2pException failure = failure(() -> I2p.connect("sam://no-such-host.invalid:7656"));
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure)
        .hasMessageContaining("no-such-host.invalid cannot be resolved")
        .hasMessageContaining("check its name");
  }

  @Test
  void aRecoveryOutlivesAResolverThatFailsAndAsksItAnewEachTime() throws Exception {
    int port = bridge.uri().getPort();
    try (I2p i2p = I2p.connect(named(bridge.uri()));
        I2pSession session = i2p.open(Fixture.config().recovery(Recovery.ON).build())) {
      isKnown = false;
      bridge.close();
      StubBridge.await("the loss", () -> session.status().state() == State.RECOVERING);
      bridge = StubBridge.at(port, "3.1");
      int before = lookups.get();
      StubBridge.await("more lookups", () -> lookups.get() >= before + 3);
      assertThat(session.status().state()).isEqualTo(State.RECOVERING);
      assertThat(bridge.connections()).as("to where the name pointed once").isEmpty();
      isKnown = true;
      StubBridge.await("the recovery", () -> session.status().recovered() == 1);
    }
  }

  @Test
  void aSessionIsAskedAboutWhereItIsWhateverTheNameMeansByNow() throws Exception {
    HandTime time = new HandTime();
    bridge.on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=INVALID_KEY\n"));
    try (I2p i2p = I2p.connect(Clocked.by(time, named(bridge.uri())));
        I2pSession session = i2p.open(Fixture.config().build())) {
      isKnown = false;
      time.advance(Heartbeat.INTERVAL);
      bridge.awaitConnection("STREAM CONNECT");
      StubBridge.await("the answer", () -> time.waitsFor(Heartbeat.INTERVAL));
      assertThat(session.status().state()).isEqualTo(State.ONLINE);
    }
  }

  /** As {@code localhost}, whose bridge may listen at one of its addresses alone. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.78", "::1"})
  void everyAddressOfTheHostIsTried(String address) throws IOException {
    InetAddress listening = InetAddress.getByName(address);
    assumeThat(isOurs(listening)).as("this machine has " + address).isTrue();
    InetAddress deaf = InetAddress.getByAddress(new byte[] {127, 0, 0, 79});
    try (StubBridge there = StubBridge.at(new InetSocketAddress(listening, 0), "3.3")) {
      there.on("STREAM CONNECT", StubBridge.reply("STREAM STATUS RESULT=OK\n"));
      URI uri = URI.create("sam://" + HOST + ":" + there.port());
      for (List<InetAddress> all : List.of(List.of(deaf, listening), List.of(listening, deaf))) {
        ResolverGuard.answer(HOST, () -> all);
        try (I2p i2p = I2p.connect(uri);
            I2pSession session = i2p.open(Fixture.config().build())) {
          session.connect(Fixture.TO_PEER).close();
        }
      }
      ResolverGuard.answer(HOST, () -> List.of(deaf, deaf));
      I2pException failure = failure(() -> I2p.connect(uri));
      assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      assertThat(failure).hasMessageContaining(HOST);
      there.awaitAllClosed();
    }
  }

  private static boolean isOurs(InetAddress address) {
    try (ServerSocket probe = new ServerSocket(0, 1, address)) {
      return probe.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
