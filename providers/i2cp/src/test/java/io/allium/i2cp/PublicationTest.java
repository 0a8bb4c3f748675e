package io.allium.i2cp;

import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Recovery;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import net.i2p.data.LeaseSet2;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.ReconfigureSessionMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who can find a destination, on each kind of router ("i2cp.dontPublishLeaseSet"). */
class PublicationTest {
  private static final String OPTION = "i2cp.dontPublishLeaseSet";

  private StubRouter router;

  @SuppressWarnings("NullAway.Init") // start() sets it before any test
  PublicationTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
  }

  @AfterEach
  void close() {
    router.awaitAllClosed();
    router.close();
  }

  private static boolean isPublished(CreateLeaseSet2Message message) {
    return !((LeaseSet2) message.getLeaseSet()).isUnpublished();
  }

  private Object option(StubConnection connection) {
    return String.valueOf(connection
        .messages(CreateSessionMessage.class)
        .getFirst()
        .getSessionConfig()
        .getOptions()
        .getProperty(OPTION));
  }

  /** Java I2P looks at the option when it gets a lease set, so that one follows the other. */
  @Test
  void aDestinationIsPublishedWithItsFirstPort() throws Exception {
    try (I2p i2p = I2p.connect(router.uri());
        I2pSession session = i2p.open(config().build())) {
      StubConnection connection = router.awaitOnline();
      assertThat(option(connection)).isEqualTo("true");
      assertThat(isPublished(connection.leaseSets().getFirst())).isFalse();
      try (DatagramPort port = session.datagrams(Fixture.RAW)) {
        assertThat(port.dropped()).isZero();
        router.awaitPublished();
      }
      session.datagrams(Fixture.RAW).close();
      List<ReconfigureSessionMessage> told = connection.messages(ReconfigureSessionMessage.class);
      assertThat(told).hasSize(1);
      assertThat(told.getFirst().getSessionId().getSessionId()).isEqualTo(connection.session());
      assertThat(told.getFirst().getSessionConfig().getOptions()).containsEntry(OPTION, "false");
      assertThat(isPublished(connection.leaseSets().getLast())).isTrue();
      assertThat(connection.messages().indexOf(told.getFirst()))
          .isLessThan(connection.messages().lastIndexOf(connection.leaseSets().getLast()));
    }
  }

  /** Its next session is published from the beginning. */
  @Test
  void aDestinationThatComesBackIsFoundAsBefore() throws Exception {
    try (I2p i2p = I2p.connect(router.uri());
        I2pSession session = i2p.open(config().recovery(Recovery.ON).build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      router.awaitPublished().reset();
      StubRouter.await("the recovery", () -> session.status().recovered() == 1);
      StubConnection again = router.awaitOnline(2);
      StubRouter.await(
          "a published lease set", () -> isPublished(again.leaseSets().getLast()));
      assertThat(port.dropped()).isZero();
    }
  }

  /** i2pd 2.45 repeats our version; later ones say at least 0.9.67. Neither is told anything. */
  @ParameterizedTest
  @ValueSource(strings = {"0.9.64.0", "0.9.67", "0.9.68", "1.0"})
  void atOtherRoutersADestinationIsPublishedAtOnce(String version) throws Exception {
    router.version(version);
    try (I2p i2p = I2p.connect(router.uri());
        I2pSession session = i2p.open(config().build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      assertThat(port.dropped()).isZero();
      assertThat(option(router.awaitOnline())).isEqualTo("null");
      assertThat(isPublished(router.awaitOnline().leaseSets().getFirst())).isTrue();
      session.close(Duration.ZERO);
      StubRouter.await("the end", () -> router.awaitOnline().hasEnded());
      assertThat(router.awaitOnline().messages(ReconfigureSessionMessage.class)).isEmpty();
    }
  }

  @Test
  void aProgramMayKeepADestinationToItself() throws Exception {
    try (I2p i2p = I2p.connect(router.uri());
        I2pSession session = i2p.open(config().publishLeaseSet(false).build());
        DatagramPort port = session.datagrams(Fixture.RAW)) {
      assertThat(port.dropped()).isZero();
      StubConnection connection = router.awaitOnline();
      session.close(Duration.ZERO);
      StubRouter.await("the end", connection::hasEnded);
      assertThat(option(connection)).isEqualTo("true");
      assertThat(connection.leaseSets()).noneMatch(PublicationTest::isPublished);
      assertThat(connection.messages(ReconfigureSessionMessage.class)).isEmpty();
    }
  }

  /** It may do the opposite. */
  @Test
  void aRouterThatMayDoTheOppositeIsNotAsked() throws Exception {
    router.version("0.9.68");
    try (I2p i2p = I2p.connect(router.uri())) {
      I2pException failure =
          Fixture.failure(() -> i2p.open(config().publishLeaseSet(false).build()));
      assertThat(failure.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      Fixture.assertClear(failure);
      assertThat(router.sessions()).isEmpty();
    }
  }
}
