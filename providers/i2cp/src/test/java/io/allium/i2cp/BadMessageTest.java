package io.allium.i2cp;

import static io.allium.i2cp.Fixture.assertClear;
import static io.allium.i2cp.Fixture.config;
import static io.allium.i2cp.Fixture.raw;
import static io.allium.i2cp.Fixture.wrapped;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.Protocol;
import io.allium.SessionStatus.State;
import io.allium.protocol.structures.I2cpPayload;
import io.allium.protocol.structures.StructureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import net.i2p.data.i2cp.DestReplyMessage;
import net.i2p.data.i2cp.SendMessageExpiresMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a router, or a peer through it, sends to a session that is online, and should not. */
class BadMessageTest {
  private StubRouter router;
  private I2p i2p;
  private I2pSession session;
  private DatagramPort port;
  private StubConnection connection;

  @SuppressWarnings("NullAway.Init") // open() sets them before any test
  BadMessageTest() {}

  @BeforeEach
  void open() throws IOException {
    router = StubRouter.start();
    i2p = I2p.connect(router.uri());
    reopen();
  }

  private void reopen() throws I2pException {
    int before = router.sessions().size();
    session = i2p.open(config().build());
    router.awaitOnline(before + 1);
    port = session.datagrams(Fixture.RAW);
    connection = router.awaitPublished();
  }

  @AfterEach
  void close() {
    i2p.close();
    router.awaitAllClosed();
    router.close();
  }

  private I2pException lost() {
    I2pException failure = Fixture.failure(() -> port.receive(Fixture.PATIENCE));
    assertThat(failure.kind()).isEqualTo(ErrorKind.SESSION_LOST);
    assertThat(session.status().state()).isEqualTo(State.LOST);
    return failure;
  }

  /** What comes next arrives, and is the first that does. */
  private void assertGoesOn() throws Exception {
    byte[] content = "next".getBytes(StandardCharsets.US_ASCII);
    connection.send(Stubs.payload(connection.session(), raw(content)));
    assertThat(port.receive(Fixture.PATIENCE).payload()).isEqualTo(content);
    assertThat(session.status().state()).isEqualTo(State.ONLINE);
    assertThat(session.status().recovered()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4, 5, 6, 14, 15, 25, 37})
  void aMessageThatIsCut(int length) throws Exception {
    byte[] whole =
        StubConnection.bytes(Stubs.payload(connection.session(), raw(new byte[] {1, 2, 3})));
    connection.send(Arrays.copyOf(whole, length));
    connection.close();
    assertClear(lost());
  }

  @ParameterizedTest
  @ValueSource(ints = {66_001, 1 << 24, Integer.MAX_VALUE, -1})
  void aMessageThatIsTooLong(int length) throws Exception {
    connection.send(Stubs.header(length, 31));
    assertThat(lost()).hasMessageContaining("a message of " + Integer.toUnsignedString(length));
  }

  @ParameterizedTest
  @CsvSource({
    "MessagePayload, 00000004 1f 00010000",
    "RequestVariableLeaseSet, 00000003 25 0001ff",
    "SessionStatus, 00000002 14 0001",
    "SetDate, 00000007 21 00000000000000",
    "Disconnect, 00000001 1e ff",
    "MessageStatus, 00000003 16 000100",
    "HostReply, 00000007 27 0001 00000001 00",
    "BandwidthLimits, 00000004 17 00000001"
  })
  void aMessageThatIsMalformed(String name, String hex) throws Exception {
    connection.send(HexFormat.of().parseHex(hex.replace(" ", "")));
    I2pException failure = lost();
    assertThat(failure).hasMessageContaining("the router's " + name + " is malformed");
    assertClear(failure);
  }

  @Test
  void whatIsForAnotherSessionIsPassedOver() throws Exception {
    int other = connection.session() + 1;
    int before = connection.leaseSets().size();
    connection.send(Stubs.together(
        Stubs.payload(other, raw(new byte[] {1})),
        Stubs.payload(0xffff, raw(new byte[] {2})),
        Stubs.leaseSetWanted(other, router.now()),
        Stubs.status(other, 0),
        Stubs.created(other)));
    assertGoesOn();
    assertThat(connection.leaseSets()).hasSize(before);
    connection.send(Stubs.leaseSetWanted(connection.session(), router.now()));
    StubRouter.await("the lease set", () -> connection.leaseSets().size() > before);
    assertThat(connection.leaseSets().getLast().getSessionId().getSessionId())
        .isEqualTo(connection.session());
  }

  @Test
  void whatComesOutOfTurnIsPassedOver() throws Exception {
    int ours = connection.session();
    connection.send(Stubs.together(
        Stubs.created(ours),
        Stubs.status(ours, 2),
        Stubs.status(ours, 3),
        Stubs.status(ours, 4),
        Stubs.status(ours, 77),
        new DestReplyMessage()));
    connection.send(HexFormat.of().parseHex("00000002" + "63" + "cafe")); // of no known type
    assertGoesOn();
  }

  /** A network may do that, and so may a router. */
  @Test
  void aMessageThatComesTwiceArrivesTwice() throws Exception {
    byte[] twice = Stubs.together(
        Stubs.payload(connection.session(), raw(new byte[] {1})),
        Stubs.payload(connection.session(), raw(new byte[] {1})));
    connection.send(twice);
    assertThat(port.receive(Fixture.PATIENCE).payload()).containsExactly(1);
    assertThat(port.receive(Fixture.PATIENCE).payload()).containsExactly(1);
    assertGoesOn();
  }

  @Test
  void theEndOfTheSession() throws Exception {
    connection.send(Stubs.status(connection.session(), 0));
    assertThat(lost()).hasMessageContaining("the router ended the session");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
          Router shutdown | the router stops
          Router restart | the router stops
          something new | the router ended the session
          """)
  void theEndOfTheConnectionWithAWord(String reason, String words) throws Exception {
    connection.send(Stubs.disconnect(reason));
    connection.close();
    I2pException failure = lost();
    assertThat(failure).hasMessageContaining(words);
    assertClear(failure);
  }

  /** Peers make these: nobody can end a session by them. */
  @Test
  void payloadsThatPeersMalform() throws Exception {
    byte[] good = raw("a payload of some length".getBytes(StandardCharsets.US_ASCII));
    List<byte[]> bad = new ArrayList<>();
    for (int length = 0; length < good.length; length++) {
      bad.add(Arrays.copyOf(good, length));
    }
    byte[] crc = good.clone();
    crc[crc.length - 5] ^= 1;
    bad.add(crc);
    byte[] bomb = wrapped(Protocol.RAW, 0, 0, new byte[10 << 20]); // ten megabytes in ten kilobytes
    bad.add(bomb);
    Random random = new Random(1);
    for (int i = 0; i < 100; i++) {
      byte[] noise = new byte[1 + random.nextInt(2000)];
      random.nextBytes(noise);
      bad.add(noise);
    }
    for (byte[] content : bad) {
      connection.send(Stubs.payload(connection.session(), content));
    }
    assertGoesOn();
  }

  /** Signed by somebody else, changed on the way, or for another receiver. */
  @ParameterizedTest
  @EnumSource(names = {"DATAGRAM", "DATAGRAM2"})
  void datagramsThatAreForged(Protocol format) throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2pSession peer = i2p.open(config().keys(keys).build());
        DatagramPort from = peer.datagrams(DatagramOptions.of(format, 0));
        DatagramPort here = session.datagrams(DatagramOptions.of(format, 0))) {
      router.on(SendMessageExpiresMessage.class, (sender, message) -> {
        byte[] wrapped = ((SendMessageExpiresMessage) message).getPayload().getEncryptedData();
        byte[] datagram = content(wrapped);
        for (int at = 0; at < datagram.length; at += 7) {
          byte[] changed = datagram.clone();
          changed[at] ^= 1;
          connection.send(Stubs.payload(connection.session(), wrapped(format, 0, 0, changed)));
          connection.send(Stubs.payload(
              connection.session(), wrapped(format, 0, 0, Arrays.copyOf(datagram, at))));
        }
        connection.send(Stubs.payload(connection.session(), wrapped));
      });
      byte[] payload = {1, 2, 3, 4, 5, 6, 7, 8, 9};
      from.send(Fixture.at(session), payload);
      I2pDatagram arrived = here.receive(Fixture.PATIENCE);
      while (!((I2pDatagram.Authenticated) arrived).from().equals(keys.destination())) {
        arrived = here.receive(
            Fixture.PATIENCE); // no signature covers all of a destination: it is another one
      }
      assertThat(arrived.payload()).as("the one that was not changed").isEqualTo(payload);
      assertGoesOn();
    }
  }

  private static byte[] content(byte[] wrapped) {
    try {
      I2cpPayload payload = I2cpPayload.unwrap(ByteBuffer.wrap(wrapped));
      byte[] content = new byte[payload.content().remaining()];
      payload.content().get(content);
      return content;
    } catch (StructureException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Streams are not carried: what belongs to one is nothing. */
  @Test
  void packetsOfStreamsArePassedOver() throws Exception {
    connection.send(
        Stubs.payload(connection.session(), wrapped(Protocol.STREAM, 0, 0, new byte[100])));
    assertGoesOn();
  }

  @Test
  void twoSessionsAreLostEachByItself() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2pSession other = i2p.open(config().keys(keys).build())) {
      connection.reset();
      lost();
      assertThat(other.status().state()).isEqualTo(State.ONLINE);
      assertThat(Fixture.kind(() -> other.datagrams(Fixture.RAW).receive(Duration.ofMillis(10))))
          .isEqualTo(ErrorKind.TIMEOUT);
    }
  }

  /** A lease set that the router does not want now. */
  @Test
  void aRequestWithoutALease() throws Exception {
    int before = connection.leaseSets().size();
    connection.send(ByteBuffer.allocate(8)
        .putInt(3)
        .put((byte) 37)
        .putShort((short) connection.session())
        .put((byte) 0)
        .array());
    StubRouter.await("the lease set", () -> connection.leaseSets().size() > before);
    assertGoesOn();
  }
}
