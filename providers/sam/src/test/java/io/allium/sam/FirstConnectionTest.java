package io.allium.sam;

import static io.allium.sam.Fixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.protocol.sam.state.HelloConversation;
import io.allium.spi.support.AbortableCall;
import io.allium.spi.support.ManualTime;
import io.allium.spi.support.RouterAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is told of an address at which no bridge answers. */
class FirstConnectionTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private final ServerSocket open = new ServerSocket(0, 5, LOOPBACK);
  private final int dead = StubBridge.deadPort();

  FirstConnectionTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    open.close();
  }

  @Test
  void aWebServerThatAnswersAtOnceIsToldAsOne() throws IOException {
    try (StubBridge page = StubBridge.speaking("3.1").on("GET /", StubBridge.GARBAGE)) {
      for (StubBridge.Step answer :
          List.of(StubBridge.GARBAGE, StubBridge.reply("<html>Bad request\n"), StubBridge.CLOSE)) {
        page.on("HELLO VERSION", answer);
        assertWebServer(failure(() -> I2p.connect(page.uri())));
      }
    }
  }

  /** It waits for the rest of a request, as a bridge that hangs would. */
  @Test
  void aWebServerThatWaitsIsToldAsOne() throws IOException {
    HttpServer console = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      console.setExecutor(threads);
      console.start();
      int port = console.getAddress().getPort();
      assertWebServer(failure(() -> I2p.connect("sam://127.0.0.1:" + port)));
      console.stop(0);
    }
  }

  private static void assertWebServer(I2pException failure) {
    assertThat(failure.kind()).isEqualTo(ErrorKind.PROTOCOL_VIOLATION);
    assertThat(failure).hasMessageContainingAll("web server", "SAM bridge", "7656");
  }

  @Test
  void aRouterIsKnownByItsOtherPorts() throws I2pException {
    int port = open.getLocalPort();
    assertThat(advice(new Neighbours(dead, List.of(dead, port), List.of(port), List.of(port))))
        .contains("Java I2P seems to run", "port " + port, "Run at Startup")
        .doesNotContain("i2pd");
    assertThat(advice(new Neighbours(dead, List.of(dead), List.of(dead, port), List.of(port))))
        .contains("i2pd seems to run", "port " + port, "[sam]")
        .doesNotContain("console");
    assertThat(advice(new Neighbours(dead, List.of(dead), List.of(dead), List.of(port))))
        .contains("a router seems to run", "Run at Startup", "[sam]");
  }

  @Test
  void theFailureItselfTellsOfThem() {
    int port = open.getLocalPort();
    FirstConnection first = new FirstConnection(
        new SamBridge(RouterAddress.of("sam", "127.0.0.1", dead), HelloConversation.DEFAULT),
        new Neighbours(dead, List.of(port), List.of(), List.of()),
        Drivers.request(new ManualTime()));
    I2pException failure = failure(() -> first.open(new AbortableCall()).close());
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure).hasMessageContainingAll("sam://127.0.0.1:" + dead, "Java I2P seems to run");
  }

  @Test
  void aBridgeAtTheUsualPortIsNamed() throws I2pException {
    int port = open.getLocalPort();
    assertThat(advice(new Neighbours(port, List.of(port), List.of(), List.of())))
        .contains("sam://127.0.0.1:" + port);
  }

  @Test
  void whereNothingIsThereIsNothingToTell() throws I2pException {
    assertThat(new Neighbours(dead, List.of(dead), List.of(dead), List.of(dead))
            .advice(RouterAddress.of("sam", "127.0.0.1", dead)))
        .isEmpty();
  }

  private String advice(Neighbours neighbours) throws I2pException {
    return neighbours.advice(RouterAddress.of("sam", "127.0.0.1", dead)).orElseThrow();
  }

  /** What a firewall of another machine makes of knocks is not ours to find out. */
  @Test
  void anotherMachineIsNotKnockedAt() throws I2pException {
    int port = open.getLocalPort();
    assertThat(new Neighbours(port, List.of(port), List.of(port), List.of(port))
            .advice(RouterAddress.of("sam", "192.0.2.1", dead)))
        .isEmpty();
  }
}
