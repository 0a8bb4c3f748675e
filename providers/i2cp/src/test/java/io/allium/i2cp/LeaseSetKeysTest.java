package io.allium.i2cp;

import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.SessionStatus.State;
import java.io.IOException;
import java.util.List;
import net.i2p.data.PublicKey;
import net.i2p.data.i2cp.CreateLeaseSet2Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What peers encrypt to, for programs that start again and for destinations side by side. */
class LeaseSetKeysTest {
  private StubRouter router;

  @SuppressWarnings("NullAway.Init") // start() sets it before any test
  LeaseSetKeysTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
  }

  @AfterEach
  void close() {
    router.close();
  }

  /** Opens two sessions, one after the other, each by a program of its own. */
  private List<CreateLeaseSet2Message> leaseSets(SessionConfig config) throws Exception {
    for (int i = 1; i <= 2; i++) {
      try (I2p i2p = I2p.connect(router.uri());
          I2pSession session = i2p.open(config)) {
        router.awaitOnline(i);
        assertThat(session.status().state()).isEqualTo(State.ONLINE);
      }
    }
    return router.sessions().stream()
        .map(session -> session.leaseSets().getFirst())
        .toList();
  }

  private static PublicKey publicKey(CreateLeaseSet2Message message) {
    return message.getLeaseSet().getEncryptionKey();
  }

  /** i2pd drops what is encrypted to another key than the one that it knows. */
  @Test
  void aProgramThatStartsAgainWithItsKeysHasTheSameOne() throws Exception {
    List<CreateLeaseSet2Message> both = leaseSets(config().build());
    assertThat(both).hasSize(2);
    assertThat(publicKey(both.getLast())).isEqualTo(publicKey(both.getFirst()));
    assertThat(both.getLast().getPrivateKeys()).isEqualTo(both.getFirst().getPrivateKeys());
  }

  /** Nobody can tell that they are of one program. */
  @Test
  void noTwoDestinationsShareOne() throws Exception {
    assertThat(leaseSets(config().newDestination().build()))
        .extracting(LeaseSetKeysTest::publicKey)
        .doesNotHaveDuplicates()
        .hasSize(2);
  }
}
