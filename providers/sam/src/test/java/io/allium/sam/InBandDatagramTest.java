package io.allium.sam;

import static io.allium.sam.Fixture.PEER;
import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.failure;
import static io.allium.sam.Fixture.kind;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.DatagramOptions;
import io.allium.ErrorKind;
import io.allium.I2pAddress;
import io.allium.I2pDatagram;
import io.allium.I2pException;
import io.allium.Protocol;
import io.allium.SendOptions;
import io.allium.SessionStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Datagrams on the control connection (SAM v3, "DATAGRAM SEND, RAW SEND"). */
class InBandDatagramTest {
  private final List<byte[]> bodies = new CopyOnWriteArrayList<>();

  private static final StubBridge.Step ANSWER = (connection, line) -> connection.send(
      "NAMING REPLY RESULT=INVALID_KEY " + line.substring("NAMING LOOKUP ".length()) + "\n");

  /** Reads the body that a line announces. */
  private final StubBridge.Step takeBody = (connection, line) ->
      bodies.add(connection.read(Integer.parseInt(line.replaceFirst(".* SIZE=(\\d+).*", "$1"))));

  private DatagramFixture open(String version, Protocol format) throws IOException {
    StubBridge bridge = StubBridge.speaking(version)
        .on("DATAGRAM SEND", takeBody)
        .on("RAW SEND", takeBody)
        .on("NAMING LOOKUP", ANSWER)
        .on("PONG", StubBridge.HANG);
    return DatagramFixture.inBand(bridge, format);
  }

  private static byte[] random(int size) {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    return payload;
  }

  @ParameterizedTest(name = "SAM {0}, {1}: at most {3}")
  @CsvSource({
    "3.1, DATAGRAM, DATAGRAM SEND, 7040",
    "3.1, RAW, RAW SEND, 7040",
    "3.3, DATAGRAM, DATAGRAM SEND, 31744",
    "3.3, RAW, RAW SEND, 32768"
  })
  void aDatagramIsALineAndItsBody(String version, Protocol format, String command, int max)
      throws IOException {
    try (DatagramFixture with = open(version, format)) {
      assertThat(with.create()).doesNotContain(" PORT=").doesNotContain(" HOST=");
      assertThat(with.port.maxPayload()).isEqualTo(max);
      I2pException tooLarge =
          failure(() -> with.port.send(TO_PEER, new byte[max + 1], SendOptions.defaults()));
      assertThat(tooLarge.kind()).isEqualTo(ErrorKind.MESSAGE_TOO_LARGE);
      assertThat(tooLarge).hasMessageContaining("" + max);
      for (int size : new int[] {1, 1000, max, 5}) {
        with.port.send(TO_PEER, random(size), SendOptions.defaults());
      }
      StubBridge.await("the bodies", () -> bodies.size() == 4);
      assertThat(with.control().lines().stream().filter(line -> line.contains("SEND")))
          .containsExactly(
              command + " DESTINATION=" + PEER.base64() + " SIZE=1",
              command + " DESTINATION=" + PEER.base64() + " SIZE=1000",
              command + " DESTINATION=" + PEER.base64() + " SIZE=" + max,
              command + " DESTINATION=" + PEER.base64() + " SIZE=5");
      assertThat(bodies).containsExactly(random(1), random(1000), random(max), random(5));
    }
  }

  /** i2pd takes one command of each read. */
  @Test
  void anOldRouterHasReadADatagramBeforeTheNextOneIsWritten() throws IOException {
    try (DatagramFixture with = open("3.1", Protocol.RAW)) {
      with.bridge.on("NAMING LOOKUP", StubBridge.HANG);
      with.bridge.on("NAMING LOOKUP NAME=allium-0", (connection, line) -> {
        // it was not read alone, so that only the second one is answered
        if (connection.lines().stream().filter(line::equals).count() == 2) {
          ANSWER.take(connection, line);
          ANSWER.take(connection, line);
        }
      });
      with.port.send(TO_PEER, new byte[] {1}, SendOptions.defaults());
      assertThat(bodies).hasSize(1);
      CompletableFuture<ErrorKind> second = new CompletableFuture<>();
      Thread.ofVirtual()
          .start(() -> second.complete(
              kind(() -> with.port.send(TO_PEER, new byte[] {2}, SendOptions.defaults()))));
      StubBridge.await(
          "a question asked twice",
          () -> with.control().lines().stream()
                  .filter("NAMING LOOKUP NAME=allium-1"::equals)
                  .count()
              > 1);
      assertThat(second).as("an old answer is no answer").isNotDone();
      with.control().close();
      assertThat(second.join()).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(bodies).hasSize(2);
    }
  }

  @Test
  void portsAreSaidWhereTheVersionHasThem() throws IOException {
    try (DatagramFixture with = open("3.3", Protocol.RAW)) {
      with.port.send(
          I2pAddress.of(PEER, 6),
          new byte[] {9},
          SendOptions.builder().number(77).sendLeaseSet(true).build());
      StubBridge.await("the body", () -> bodies.size() == 1);
      assertThat(with.control().lines().get(2))
          .isEqualTo("RAW SEND DESTINATION=" + PEER.base64()
              + " SIZE=1 TO_PORT=6 PROTOCOL=77 SEND_LEASESET=true");
    }
  }

  @Test
  void whatArrivesIsCutOutOfTheConnectionInAnySegmentation() throws IOException {
    try (DatagramFixture with = open("3.2", Protocol.DATAGRAM);
        var seven = with.session.datagrams(DatagramOptions.of(Protocol.DATAGRAM, 7))) {
      String first = "DATAGRAM RECEIVED DESTINATION=" + PEER.base64()
          + " SIZE=9 FROM_PORT=5 TO_PORT=7\nPING no\n\n";
      String second = "DATAGRAM RECEIVED DESTINATION=" + PEER.base64() + " SIZE=2\nab";
      byte[] all = (first + "PING yes\n" + second).getBytes(StandardCharsets.ISO_8859_1);
      for (int cut : new int[] {
        1, 17, first.length() - 9, first.length() - 4, first.length(), 600, all.length - 1
      }) {
        with.control().sendCut(all, cut);
        I2pDatagram arrived = seven.receive(DatagramFixture.PATIENCE);
        assertThat(arrived.payload()).asString().isEqualTo("PING no\n\n");
        assertThat(arrived.fromPort()).isEqualTo(5);
        assertThat(((I2pDatagram.Authenticated) arrived).from()).isEqualTo(PEER);
        assertThat(with.receive()).isEqualTo("ab");
      }
      StubBridge.await("the answers", () -> with.control().lines().size() == 9);
      assertThat(with.control().lines().subList(2, 9)).containsOnly("PONG yes");
    }
  }

  @Test
  void aRawDatagramTellsItsProtocol() throws IOException {
    try (DatagramFixture with = open("3.2", Protocol.RAW)) {
      with.control().send("RAW RECEIVED SIZE=1 FROM_PORT=1 TO_PORT=2 PROTOCOL=18\nx");
      I2pDatagram arrived = with.port.receive(DatagramFixture.PATIENCE);
      assertThat(arrived).isInstanceOf(I2pDatagram.Raw.class);
      assertThat(arrived.toPort()).isEqualTo(2);
      byte[] large = random(65_536);
      with.control().send("RAW RECEIVED SIZE=65536\n");
      with.control().send(large);
      assertThat(with.port.receive(DatagramFixture.PATIENCE).payload()).isEqualTo(large);
    }
  }

  @Test
  void aSenderThatIsNoneDropsOnlyItsDatagram() throws IOException {
    try (DatagramFixture with = open("3.1", Protocol.DATAGRAM)) {
      with.control().send("DATAGRAM RECEIVED DESTINATION=nobody SIZE=3\nabc");
      with.control().send("DATAGRAM RECEIVED DESTINATION=" + PEER.base64() + " SIZE=3\ndef");
      assertThat(with.receive()).isEqualTo("def");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RAW RECEIVED SIZE=2\nabc\n",
        "RAW RECEIVED SIZE=9\nabcRAW RECEIVED SIZE=3\nabc\n",
        "RAW RECEIVED SIZE=65537\n",
        "RAW RECEIVED SIZE=-1\n",
        "RAW RECEIVED SIZE=99999999999\n",
        "RAW RECEIVED SIZE=\n",
        "RAW RECEIVED\n",
        "DATAGRAM RECEIVED SIZE=1\nx"
      })
  void aSizeThatLiesEndsTheSession(String lie) throws IOException {
    try (DatagramFixture with = open("3.1", Protocol.RAW)) {
      with.control().send(lie);
      StubBridge.await(
          "the session to be lost",
          () -> with.session.status().state() == SessionStatus.State.LOST);
      assertThat(kind(() -> {
            while (true) {
              with.receive();
            }
          }))
          .isEqualTo(ErrorKind.SESSION_LOST);
    }
  }

  @Test
  void aFloodToOneSessionLeavesTheOthersAlone() throws Exception {
    try (DatagramFixture flooded = open("3.1", Protocol.RAW);
        DatagramFixture other = open("3.1", Protocol.RAW)) {
      byte[] datagram =
          ("RAW RECEIVED SIZE=1000\n" + "x".repeat(1000)).getBytes(StandardCharsets.US_ASCII);
      CountDownLatch end = new CountDownLatch(1);
      Thread flood = Thread.ofPlatform().start(() -> {
        try {
          while (end.getCount() > 0) {
            flooded.control().send(datagram);
          }
        } catch (IOException closed) {
          end.countDown();
        }
      });
      StubBridge.await("drops", () -> flooded.port.dropped() > 1000);
      other.control().send("RAW RECEIVED SIZE=1\ny");
      assertThat(other.receive()).isEqualTo("y");
      end.countDown();
      flood.join();
    }
  }

  @Test
  void anInterruptWithinADatagramDoesNotTearItApart() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    StubBridge bridge = StubBridge.speaking("3.3").on("RAW SEND", (connection, line) -> {
      read.await();
      takeBody.take(connection, line);
    });
    try (DatagramFixture with = DatagramFixture.inBand(bridge, Protocol.RAW)) {
      byte[] payload = random(32_768);
      CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
      Thread sender = Thread.ofVirtual()
          .start(() -> outcome.complete(kind(() -> {
            while (true) {
              with.port.send(TO_PEER, payload, SendOptions.defaults());
            }
          })));
      StubBridge.await(
          "a full connection",
          () -> Arrays.stream(sender.getStackTrace())
              .anyMatch(frame -> frame.getClassName().equals(Writability.class.getName())));
      sender.interrupt();
      assertThat(outcome.get(10, TimeUnit.SECONDS)).isEqualTo(ErrorKind.INTERRUPTED);
      read.countDown();
      with.port.send(TO_PEER, new byte[] {'!'}, SendOptions.defaults());
      StubBridge.await(
          "the last one",
          () -> !bodies.isEmpty() && Arrays.equals(bodies.getLast(), new byte[] {'!'}));
      assertThat(bodies.subList(0, bodies.size() - 1)).containsOnly(payload);
    }
  }

  @Test
  void manySendersDoNotMixTheirDatagrams() throws Exception {
    try (DatagramFixture with = open("3.1", Protocol.RAW)) {
      List<Thread> senders = new java.util.ArrayList<>();
      for (int i = 1; i <= 4; i++) {
        byte[] payload = random(i * 700);
        senders.add(Thread.ofVirtual().start(() -> {
          try {
            for (int n = 0; n < 50; n++) {
              with.port.send(TO_PEER, payload, SendOptions.defaults());
            }
          } catch (I2pException e) {
            throw new AssertionError(e);
          }
        }));
      }
      for (Thread sender : senders) {
        sender.join();
      }
      StubBridge.await("the bodies", () -> bodies.size() == 200);
      for (int i = 1; i <= 4; i++) {
        byte[] payload = random(i * 700);
        assertThat(bodies.stream().filter(body -> Arrays.equals(body, payload))).hasSize(50);
      }
    }
  }
}
