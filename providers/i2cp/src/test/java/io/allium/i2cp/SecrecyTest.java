package io.allium.i2cp;

import static io.allium.i2cp.Fixture.KEYS;
import static io.allium.i2cp.Fixture.at;
import static io.allium.i2cp.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.BlindedAccess;
import io.allium.Credentials;
import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.ResolveOptions;
import io.allium.SessionStatus.State;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Stream;
import net.i2p.data.PrivateKey;
import net.i2p.data.i2cp.CreateSessionMessage;
import net.i2p.data.i2cp.GetDateMessage;
import net.i2p.data.i2cp.HostLookupMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No signing key leaves the program, and no key and no password shows, with every logger at its finest. */
class SecrecyTest {
  private static final String PASSWORD = "open-sesame-0123456789";

  /** The public half stands in front, the key that signs at the end. */
  private static final byte[] SECRET = Arrays.copyOfRange(
      KEYS.export(), KEYS.destination().toByteArray().length, KEYS.export().length);

  private final List<String> texts = new CopyOnWriteArrayList<>();
  private final SecretSearch search = new SecretSearch(SECRET);
  private final Logger root = Logger.getLogger("");
  private final Level before = root.getLevel();
  private final Handler handler = new Handler() {
    @Override
    public void publish(LogRecord message) {
      texts.add(message.getMessage() + Arrays.toString(message.getParameters()));
      if (message.getThrown() != null) {
        texts.add(text(message.getThrown()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  };

  private StubRouter router;

  @SuppressWarnings("NullAway.Init") // listen() sets it before any test
  SecrecyTest() {}

  @BeforeEach
  void listen() throws IOException {
    router = StubRouter.start();
    handler.setLevel(Level.ALL);
    root.setLevel(Level.ALL);
    root.addHandler(handler);
  }

  @AfterEach
  void stopListening() {
    root.removeHandler(handler);
    root.setLevel(before);
    router.close();
  }

  private static String text(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Everything that a session does: opening, datagrams of each format, look-ups, recovery, the end. */
  private void useAll() throws Exception {
    try (I2p i2p = I2p.connect(router.uri());
        I2pSession session = i2p.open(config().recovery(Recovery.ON).build())) {
      for (Protocol format :
          List.of(Protocol.RAW, Protocol.DATAGRAM, Protocol.DATAGRAM2, Protocol.DATAGRAM3)) {
        try (DatagramPort port = session.datagrams(DatagramOptions.of(format, 0))) {
          port.send(at(session), new byte[] {1});
          port.receive(Fixture.PATIENCE);
        }
      }
      assertThat(i2p.resolve(session.destination().base32()).destination())
          .isEqualTo(session.destination());
      texts.add(i2p + " " + session + " " + i2p.status() + " " + session.status());
      router.awaitOnline().reset();
      StubRouter.await("the recovery", () -> session.status().recovered() == 1);
      router.awaitOnline(2);
    }
  }

  @Test
  void noSigningKeyLeavesTheProgram() throws Exception {
    useAll();
    assertThat(router.sessions()).hasSize(2);
    for (StubConnection connection : router.connections()) {
      assertThat(search.findIn(text(connection.received()))).isEmpty();
    }
    assertThat(texts)
        .isNotEmpty()
        .allSatisfy(text -> assertThat(search.findIn(text)).isEmpty());
  }

  /** The search sees what it is to see: bytes of the key in the same stream, in each form, wherever they begin. */
  @Test
  void aLeakWouldBeFound() throws Exception {
    byte[] key = Arrays.copyOfRange(SECRET, SECRET.length - 32, SECRET.length);
    useAll();
    byte[] wire = router.sessions().getFirst().received();
    assertThat(search.findIn(text(wire))).isEmpty();
    for (int from = 0; from + 16 <= key.length; from++) {
      byte[] part = Arrays.copyOfRange(key, from, from + 16);
      for (String leak : List.of(
          text(part),
          HexFormat.of().formatHex(part),
          Base64.getEncoder().encodeToString(key),
          Base64.getEncoder().encodeToString(key).replace('+', '-').replace('/', '~'),
          KEYS.exportBase64())) {
        String leaking = text(wire).substring(0, 700) + leak + text(wire).substring(700);
        assertThat(search.findIn(leaking)).as("a leak from byte %s on", from).isPresent();
      }
    }
  }

  /** A program that gives its keys away by mistake, in the option of a session. */
  @Test
  void aLeakOnTheWireIsFound() throws Exception {
    try (I2p i2p = I2p.connect(router.uri());
        I2pSession session = i2p.open(config().option("leak", leak()).build())) {
      assertThat(session.status().state()).isEqualTo(State.ONLINE);
    }
    assertThat(search.findIn(text(router.sessions().getFirst().received()))).isPresent();
  }

  private static String leak() {
    return HexFormat.of().formatHex(SECRET, SECRET.length - 20, SECRET.length);
  }

  /** What the router has to have, and nobody else. */
  @Test
  void theKeyOfALeaseSetIsNotShown() throws Exception {
    useAll();
    PrivateKey key =
        router.sessions().getFirst().leaseSets().getFirst().getPrivateKeys().getFirst();
    SecretSearch decryption = new SecretSearch(key.getData());
    assertThat(decryption.findIn(text(router.sessions().getFirst().received())))
        .as("the router has it")
        .isPresent();
    assertThat(texts)
        .isNotEmpty()
        .allSatisfy(text -> assertThat(decryption.findIn(text)).isEmpty());
  }

  @Test
  void credentialsAreInTheGreetingAndNowhereElse() throws Exception {
    Credentials credentials = Credentials.of("me", PASSWORD.toCharArray());
    URI uri = router.uri();
    try (I2p i2p = I2p.connect(uri, credentials);
        I2pSession session = i2p.open(config().build())) {
      texts.add(i2p + " " + i2p.uri() + " " + session + " " + i2p.status() + credentials);
      texts.add(router.at().withCredentials(credentials).toString());
    }
    for (StubConnection connection : router.connections()) {
      assertThat(connection.messages(GetDateMessage.class).getFirst().getOptions())
          .containsEntry("i2cp.username", "me")
          .containsEntry("i2cp.password", PASSWORD);
      assertThat(occurrences(text(connection.received()))).isEqualTo(1);
    }
    assertNotShown();
  }

  /** Where the router repeats it, too. */
  @Test
  void whatOpensAnEncryptedAddressIsNotShown() throws Exception {
    byte[] key = Arrays.copyOf(PASSWORD.getBytes(StandardCharsets.US_ASCII), 32);
    I2pName name =
        I2pName.parse("urtujgzyngout6g5rn5ae7bdnp4uhlk5sbvehfjjwvhj76wefr65cr6n.b32.i2p");
    try (I2p i2p = I2p.connect(router.uri());
        BlindedAccess access = BlindedAccess.client(BlindedAccess.Scheme.PSK, key)
            .withSecret(PASSWORD.getBytes(StandardCharsets.US_ASCII))) {
      for (StubRouter.Step answer : List.<StubRouter.Step>of(
          (connection, message) -> connection.send(Stubs.refusal((HostLookupMessage) message, 1)),
          (connection, message) -> connection.send(Stubs.disconnect("no secret " + PASSWORD)))) {
        router.on(HostLookupMessage.class, answer);
        ResolveOptions options = ResolveOptions.builder().access(access).build();
        texts.add(text(Fixture.failure(() -> i2p.resolve(name, options))) + options + access);
        assertThat(occurrences(text(router.connections().getLast().received())))
            .as("the router has both")
            .isEqualTo(2);
      }
    }
    assertNotShown();
  }

  private static int occurrences(String text) {
    return text.split(PASSWORD, -1).length - 1;
  }

  private void assertNotShown() {
    assertThat(texts).isNotEmpty().noneMatch(text -> text.contains(PASSWORD));
  }

  /** A router that repeats what it was told. */
  @Test
  void aRouterThatRepeatsSecretsMakesNobodyShowThem() throws Exception {
    List<StubRouter.Step> faults = List.of(
        (connection, message) -> connection.send(
            Stubs.disconnect("Authorization failed, user = me, password = " + PASSWORD)),
        (connection, message) -> connection.send(Stubs.disconnect(PASSWORD)),
        (connection, message) -> connection.send(Stubs.date(1, PASSWORD.substring(0, 9))),
        (connection, message) -> connection.send(PASSWORD.getBytes(StandardCharsets.US_ASCII)),
        StubRouter.CLOSE,
        StubRouter.RESET);
    for (StubRouter.Step fault : faults) {
      for (Class<? extends net.i2p.data.i2cp.I2CPMessage> at :
          List.of(GetDateMessage.class, CreateSessionMessage.class)) {
        try (StubRouter faulty = StubRouter.start().on(at, fault)) {
          run(faulty);
        }
      }
    }
    assertNotShown();
    assertThat(texts).allSatisfy(text -> assertThat(search.findIn(text)).isEmpty());
  }

  private void run(StubRouter faulty) {
    try (I2p i2p =
            I2p.connect(faulty.at().withCredentials(Credentials.of("me", PASSWORD.toCharArray())));
        I2pSession session =
            i2p.open(config().openTimeout(Duration.ofMillis(200)).build())) {
      texts.add(i2p + " " + session);
    } catch (I2pException e) {
      texts.add(text(e));
    }
  }

  /** Where it stands in a URI by mistake, it is not repeated either. */
  @Test
  void aUriWithAPasswordIsRefusedWithoutIt() {
    for (String uri : Stream.of(
            "i2cp://me:%s@127.0.0.1:1",
            "i2cp://127.0.0.1:1/?password=%s",
            "i2cp://127.0.0.1:1#%s",
            "i2cp://127.0.0.1:1/%s",
            "i2cp:%s")
        .map(form -> form.formatted(PASSWORD))
        .toList()) {
      I2pException failure = Fixture.failure(() -> I2p.connect(uri));
      assertThat(text(failure)).doesNotContain(PASSWORD);
    }
  }
}
