package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final URI SAM = URI.create("sam://127.0.0.1:7656");
  private static final URI I2CP = URI.create("i2cp://127.0.0.1:7654");

  @BeforeEach
  void nothingAsked() {
    FakeProvider.ASKED.clear();
    FakeProvider.usualAnswer = false;
  }

  @Test
  void theRouterThatTheEnvironmentNamesIsTheOnlyOneAsked() throws Exception {
    Map<String, String> environment =
        Map.of("ALLIUM_ROUTER", " fake://mine:1 ", "I2P_SAM_ADDRESS", "other:2");
    RouterCore i2p = Discovery.discover(environment);
    try (AutoCloseable end = closing(i2p)) {
      assertThat(i2p.uri()).isEqualTo(URI.create("fake://mine:1"));
    }
    assertThat(FakeProvider.ASKED).containsExactly(URI.create("fake://mine:1"));
  }

  @Test
  void theSamAddressOfTheEnvironmentComesSecond() throws Exception {
    RouterCore i2p = Discovery.discover(Map.of("ALLIUM_ROUTER", " ", "I2P_SAM_ADDRESS", "other:2"));
    try (AutoCloseable end = closing(i2p)) {
      assertThat(i2p.uri()).isEqualTo(URI.create("sam://other:2"));
    }
    assertThat(FakeProvider.ASKED).hasSize(1);
  }

  @Test
  void aNamedRouterThatIsOffIsNotReplacedByAnother() {
    FakeProvider.usualAnswer = true;
    assertThat(failure(Map.of("ALLIUM_ROUTER", "fake://off")).kind())
        .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    I2pException second = failure(Map.of("I2P_SAM_ADDRESS", "off:1"));
    assertThat(second.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(second).hasMessageContaining("I2P_SAM_ADDRESS");
    assertThat(FakeProvider.ASKED)
        .containsExactly(URI.create("fake://off"), URI.create("sam://off:1"));
  }

  @Test
  void aBadUriInTheEnvironmentIsAnErrorThatDoesNotRepeatIt() {
    for (String uri :
        List.of("no scheme secret", "fake://me:secret@host", "secret:thing", "//secret")) {
      I2pException failure = failure(Map.of("ALLIUM_ROUTER", uri));
      assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
      assertThat(failure.getMessage())
          .doesNotContain("me:secret", "//secret", "thing", "no scheme secret");
    }
    assertThat(FakeProvider.ASKED).isEmpty();
  }

  @Test
  void withoutEnvironmentTheUsualPlacesAreTriedInOrder() throws Exception {
    I2pException failure = failure(Map.of());
    assertThat(FakeProvider.ASKED).containsExactly(SAM, I2CP);
    assertThat(failure.kind()).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
    assertThat(failure).hasMessageContainingAll("no I2P router found", "off; ", "ALLIUM_ROUTER");
    FakeProvider.usualAnswer = true;
    RouterCore i2p = Discovery.discover(Map.of());
    try (AutoCloseable end = closing(i2p)) {
      assertThat(i2p.uri()).isEqualTo(SAM);
    }
  }

  @Test
  void anInterruptEndsTheSearch() {
    Thread.currentThread().interrupt();
    assertThat(failure(Map.of()).kind()).isEqualTo(ErrorKind.INTERRUPTED);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(FakeProvider.ASKED).isEmpty();
  }

  private static AutoCloseable closing(RouterCore router) {
    return () -> router.close(Grace.NONE);
  }

  private static I2pException failure(Map<String, String> environment) {
    return catchThrowableOfType(
        I2pException.class, () -> Discovery.discover(environment).close(Grace.NONE));
  }
}
