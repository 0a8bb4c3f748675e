package io.allium.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProvidersTest {
  @Test
  void twoProvidersOfASchemeAreBothNamed() {
    I2pException failure = failure("twin://here");
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure)
        .hasMessageContainingAll(
            "twin", FakeProvider.Twin.class.getName(), FakeProvider.OtherTwin.class.getName());
  }

  @Test
  void aSchemeThatOnlyOneOfThemHasWorks() throws I2pException {
    I2p.connect("other-twin://here").close();
  }

  @Test
  void anUnknownSchemeIsToldWithTheKnownOnes() {
    I2pException failure = failure("unknown://here");
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure).hasMessageContainingAll("unknown", "fake", "twin", "sam");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:7656", "localhost:7656", "[::1]:7656", "router.lan:1/"})
  void aHostWithAPortLacksItsInterface(String uri) {
    I2pException failure = failure(uri);
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure).hasMessageContaining("sam:// in front");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://127.0.0.1:7657/", "HTTPS://127.0.0.1:7657", "http:secret"})
  void aWebPageIsNoRouter(String uri) {
    I2pException failure = failure(uri);
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure).hasMessageContaining("web page").hasMessageNotContaining("secret");
  }

  /** The name of a network in memory, for one, may be a number. */
  @Test
  void aKnownInterfaceIsNoHost() throws I2pException {
    I2p.connect("fake:7656").close();
  }

  @Test
  void schemesKnowNoCase() throws I2pException {
    I2p.connect("FAKE://here").close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"fake://me:secret@host", "fake://secret@host:1/x", "FAKE://me:se@cret@host"})
  void credentialsInAUriAreRefusedAndNotRepeated(String uri) {
    I2pException failure = failure(uri);
    assertThat(failure.kind()).isEqualTo(ErrorKind.CONFIG_INVALID);
    assertThat(failure).hasMessageNotContainingAny("secret", "cret", "me:");
  }

  private static I2pException failure(String uri) {
    return catchThrowableOfType(I2pException.class, () -> I2p.connect(uri).close());
  }

  @Test
  void aProgramWithTheApiAloneIsToldWhatToAdd() {
    assertThat(Providers.unknown(URI.create("sam://127.0.0.1:7656"), "sam", Set.of()))
        .hasMessageEndingWith("add io.allium:allium to it");
  }
}
