package io.allium.javanet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import net.i2p.client.I2PSessionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real routers, and net.i2p's own client on them. */
@Tag("javanet")
class JavaNetworkTest {
  private static final int PASSWORD = 1;
  private static final int TLS = 2;
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final AtomicInteger EXCHANGES = new AtomicInteger();

  private static JavaNetwork network;

  @BeforeAll
  static void start() throws Exception {
    network = JavaNetwork.start(JavaNetworkOptions.defaults()
        .password(PASSWORD, "alice", "secret")
        .tls(TLS)
        .zeroHopLookups());
  }

  @AfterAll
  static void close() throws Exception {
    network.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void datagramsGoBothWaysBetweenSessionsOnTwoRouters(int hops) throws Exception {
    try (StockSession one = StockSession.open(network.i2cp(0), hops);
        StockSession other = StockSession.open(network.i2cp(4), hops)) {
      exchange(network, one, other);
    }
  }

  private static void exchange(JavaNetwork network, StockSession one, StockSession other)
      throws Exception {
    network.awaitLeaseSet(one.hash(), SOON);
    network.awaitLeaseSet(other.hash(), SOON);
    String text = "exchange " + EXCHANGES.incrementAndGet();
    one.deliver(other, text);
    other.deliver(one, text);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void aKilledRouterComesBack(int killed) throws Exception {
    try (StockSession other = StockSession.open(network.i2cp(4), 1);
        StockSession lost = StockSession.open(network.i2cp(killed), 1)) {
      exchange(network, lost, other);
      network.kill(killed);
      assertThat(lost.awaitEnd()).isNotEmpty();
      network.restart(killed);
      try (StockSession again = StockSession.open(network.i2cp(killed), 1)) {
        exchange(network, again, other);
      }
    }
  }

  @Test
  void aStoppedRouterTellsItsClients() throws Exception {
    try (StockSession told = StockSession.open(network.i2cp(3), 0)) {
      network.stop(3);
      assertThat(told.awaitEnd()).contains("Router shutdown");
      network.stop(3);
    } finally {
      network.restart(3);
    }
    assertThatThrownBy(() -> network.restart(3)).hasMessage("router 3 runs: kill it first");
  }

  @Test
  void aSessionMayStayUnpublished() throws Exception {
    Properties options = StockSession.options(network.i2cp(0), 1);
    options.setProperty("i2cp.dontPublishLeaseSet", "true");
    try (StockSession hidden = StockSession.open(options);
        StockSession open = StockSession.open(network.i2cp(0), 1)) {
      network.awaitLeaseSet(open.hash(), SOON);
      assertThat(network.isPublished(open.hash())).isTrue();
      assertThat(network.isPublished(hidden.hash())).isFalse();
    }
  }

  @Test
  void onlyWhoKnowsThePasswordComesIn() throws Exception {
    Properties options = StockSession.options(network.i2cp(PASSWORD), 0);
    assertThatThrownBy(() -> StockSession.open(options)).isInstanceOf(I2PSessionException.class);
    options.setProperty("i2cp.username", "alice");
    options.setProperty("i2cp.password", "wrong");
    assertThatThrownBy(() -> StockSession.open(options)).isInstanceOf(I2PSessionException.class);
    options.setProperty("i2cp.password", "secret");
    StockSession.open(options).close();
  }

  @Test
  void aRouterServesOverTls() throws Exception {
    Properties options = StockSession.options(network.i2cp(TLS), 0);
    options.setProperty("i2cp.SSL", "true");
    assertThatThrownBy(() -> StockSession.open(options)).isInstanceOf(I2PSessionException.class);
    Path trusting = network.certificate(TLS).resolve("../../..").normalize();
    options.setProperty("i2p.dir.base", trusting.toString());
    StockSession.open(options).close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void anotherNetworkInTheSameJvmIsOfItsOwn(int exploratoryHops) throws Exception {
    TimeZone zone = TimeZone.getDefault();
    JavaNetwork second =
        JavaNetwork.start(JavaNetworkOptions.defaults().exploratoryHops(exploratoryHops));
    try (second;
        StockSession one = StockSession.open(second.i2cp(0), 1);
        StockSession other = StockSession.open(second.i2cp(3), 1)) {
      exchange(second, one, other);
      assertThatThrownBy(() -> network.awaitLeaseSet(one.hash(), Duration.ZERO))
          .hasMessageContaining("a current lease set did not come");
    }
    assertThat(second.certificate(0).resolve("../../../../..").normalize()).doesNotExist();
    assertThat(TimeZone.getDefault()).isEqualTo(zone);
    try (StockSession one = StockSession.open(network.i2cp(0), 1);
        StockSession other = StockSession.open(network.i2cp(5), 1)) {
      exchange(network, one, other);
    }
  }
}
