package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.BlindedAccess;
import io.allium.Capability;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.ResolveOptions;
import io.allium.spi.support.ManualTime;
import java.io.IOException;
import net.i2p.data.i2cp.BandwidthLimitsMessage;
import net.i2p.data.i2cp.BlindingInfoMessage;
import net.i2p.data.i2cp.GetBandwidthLimitsMessage;
import net.i2p.data.i2cp.GetDateMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Java I2P is told from i2pd, which can do less (I2CP, "BandwidthLimitsMessage"). */
class RouterKindTest {
  private static final String ENCRYPTED =
      "urtujgzyngout6g5rn5ae7bdnp4uhlk5sbvehfjjwvhj76wefr65cr6n.b32.i2p";

  private StubRouter router;

  @SuppressWarnings("NullAway.Init") // start() sets it before any test
  RouterKindTest() {}

  @BeforeEach
  void start() throws IOException {
    router = StubRouter.start();
  }

  @AfterEach
  void close() {
    router.awaitAllClosed();
    router.close();
  }

  private void limitsOfI2pd() {
    router.on(
        GetBandwidthLimitsMessage.class,
        (connection, message) -> connection.send(new BandwidthLimitsMessage(300, 60)));
  }

  private boolean asked() {
    return router.connections().stream()
        .anyMatch(
            connection -> !connection.messages(GetBandwidthLimitsMessage.class).isEmpty());
  }

  private static void assertJava(I2p i2p, boolean is) {
    assertThat(i2p.capabilities().contains(Capability.BLINDED_ACCESS)).isEqualTo(is);
    assertThat(i2p.capabilities().contains(Capability.OFFLINE_KEYS)).isEqualTo(is);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.9.50", "0.9.64", "0.9.66"})
  void noI2pdSaysThatItIsSoOld(String version) throws Exception {
    limitsOfI2pd();
    try (I2p i2p = I2p.connect(router.version(version).uri())) {
      assertJava(i2p, true);
      assertThat(asked()).isFalse();
    }
  }

  @Test
  void anI2pdThatRepeatsOurVersionIsKnownByThat() throws Exception {
    try (I2p i2p = I2p.connect(router.version("0.9.64.0").uri())) {
      assertJava(i2p, false);
      assertThat(asked()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.9.67", "0.9.68", "1.0"})
  void aNewerRouterIsJavaIfItTellsItsOwnLimits(String version) throws Exception {
    router.version(version);
    try (I2p i2p = I2p.connect(router.uri())) {
      assertJava(i2p, true);
    }
    limitsOfI2pd();
    try (I2p i2p = I2p.connect(router.uri())) {
      assertJava(i2p, false);
    }
  }

  @Test
  void oneThatDoesNotTellItsLimitsIsNotWaitedFor() throws Exception {
    router.version("0.9.68").on(GetBandwidthLimitsMessage.class, StubRouter.SILENCE);
    try (I2p i2p = I2p.connect(Clocked.by(new ManualTime(), router.uri()))) {
      assertJava(i2p, false);
    }
  }

  @Test
  void oneThatEndsTheConnectionThereIsNotReached() {
    router.version("0.9.68").on(GetBandwidthLimitsMessage.class, StubRouter.CLOSE);
    assertClear(Fixture.failure(() -> I2p.connect(router.uri())));
  }

  /** Another router takes the place of the first. */
  @Test
  void eachNewVersionIsLookedAtAgain() throws Exception {
    try (I2p i2p = I2p.connect(router.uri())) {
      assertJava(i2p, true);
      router.version("0.9.64.0");
      i2p.status();
      assertJava(i2p, false);
      router.version("0.9.68");
      i2p.status();
      assertJava(i2p, true);
    }
  }

  /** Its answer would be that nobody is there; and nobody needs the secret. */
  @Test
  void i2pdIsNotAskedForAnEncryptedAddress() throws Exception {
    try (I2p i2p = I2p.connect(router.version("0.9.64.0").uri());
        BlindedAccess access = BlindedAccess.secret(new byte[] {'s'})) {
      I2pName name = I2pName.parse(ENCRYPTED);
      I2pException bare = Fixture.failure(() -> i2p.resolve(name));
      assertThat(bare.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      assertThat(bare).hasMessageContaining("use a router of Java I2P, or sam://");
      assertClear(bare);
      ResolveOptions options = ResolveOptions.builder().access(access).build();
      I2pException withSecret = Fixture.failure(() -> i2p.resolve(name, options));
      assertThat(withSecret.kind()).isEqualTo(ErrorKind.UNSUPPORTED);
      assertClear(withSecret);
    }
    assertThat(router.connections()).allSatisfy(connection -> {
      assertThat(connection.messages(HostLookupMessage.class)).isEmpty();
      assertThat(connection.messages(BlindingInfoMessage.class)).isEmpty();
      assertThat(connection.messages(GetDateMessage.class)).hasSize(1);
    });
  }
}
