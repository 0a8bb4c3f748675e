package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.allium.Capability;
import io.allium.Destination;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.ResolveOptions;
import io.allium.SessionConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How names become destinations. */
public abstract class NameTck extends ProviderTck {
  private Pair pair;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // openPair() sets the pair before any test
  protected NameTck() {}

  @BeforeAll
  final void openPair() throws Exception {
    pair = subject().pair();
  }

  @AfterAll
  final void closePair() {
    pair.close();
  }

  @Test
  void aBase32AddressResolvesToItsDestination() throws Exception {
    Destination server = pair.server().destination();
    assertThat(subject().client().resolve(server.base32()).destination()).isEqualTo(server);
    assertThat(subject().client().resolve(server.base32().text()).destination()).isEqualTo(server);
  }

  @Test
  void aDestinationIsItsOwnAnswer() throws Exception {
    try (DestinationKeys nobody = DestinationKeys.generate()) {
      I2pName name = nobody.destination();
      assertThat(subject().client().resolve(name).destination()).isEqualTo(name);
    }
  }

  @Test
  void anUnknownNameIsNotFoundAndABase32AddressIsOffline() throws Exception {
    assertKind(() -> subject().client().resolve("no-such-name-here.i2p"), ErrorKind.NAME_NOT_FOUND);
    try (DestinationKeys nobody = DestinationKeys.generate()) {
      assertKind(
          () -> subject().client().resolve(nobody.destination().base32()),
          ErrorKind.LEASESET_NOT_FOUND);
    }
  }

  @Test
  @NeedsStreams
  void aConnectFailsAsItsNameDoes() throws Exception {
    assertKind(() -> pair.client().connect("no-such-name-here.i2p"), ErrorKind.NAME_NOT_FOUND);
    try (DestinationKeys nobody = DestinationKeys.generate()) {
      assertKind(
          () -> pair.client().connect(nobody.destination().base32()), ErrorKind.LEASESET_NOT_FOUND);
    }
  }

  @Test
  @NeedsStreams
  void aStreamOpensByBase32Address() throws Exception {
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      pair.open(acceptor, subject().patience()).close();
      try (I2pStream ours =
              pair.client().connect(pair.server().destination().base32().text());
          I2pStream theirs = acceptor.accept(subject().patience())) {
        ours.output().write('n');
        assertThat(theirs.input().read()).isEqualTo('n');
        assertThat(ours.remote().name()).isEqualTo(pair.server().destination());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "127.0.0.1",
        "[::1]",
        "example.com",
        "localhost",
        "http://example.i2p/",
        "two words.i2p",
        "-.i2p",
        "abc.b32.i2p",
        "AAAA",
        "line\nbreak.i2p"
      })
  void whatIsNoI2pNameIsRefused(String text) {
    assertKind(() -> subject().client().resolve(text), ErrorKind.NAME_INVALID);
    assertKind(() -> pair.client().connect(text), ErrorKind.NAME_INVALID);
  }

  @Test
  void optionsOfADestinationAreToldOrRefused() throws Exception {
    ResolveOptions how = ResolveOptions.builder().leaseSetOptions(true).build();
    if (!can(Capability.LOOKUP_OPTIONS)) {
      assertKind(
          () -> subject().client().resolve(pair.server().destination(), how),
          ErrorKind.UNSUPPORTED);
      return;
    }
    SessionConfig config = subject()
        .config()
        .option("i2cp.leaseSetOption.0", "_smtp._tcp=1 86400 0")
        .build();
    try (I2pSession session = subject().server().open(config)) {
      assertThat(subject().client().resolve(session.destination(), how).options())
          .containsExactly(entry("_smtp._tcp", "1 86400 0"));
    }
  }
}
