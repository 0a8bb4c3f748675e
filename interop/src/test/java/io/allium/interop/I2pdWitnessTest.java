package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What i2pd itself does not do, shown with plain sockets. A test here that fails means a better i2pd: take its tags out of
 * {@link I2pdSubject#deviations()}, or teach the provider what that version can.
 */
@RequiresI2pd
class I2pdWitnessTest {
  private static final int BLOCK = 1 << 16;
  private static final long PAUSE_NANOS = 50_000_000;

  @Test
  void everyDeviationOfTheSubjectHasAWitness() {
    Set<String> witnessed = Arrays.stream(I2pdWitnessTest.class.getDeclaredMethods())
        .flatMap(method -> Stream.of(method.getAnnotationsByType(Tag.class)))
        .map(Tag::value)
        .collect(Collectors.toSet());
    assertThat(witnessed).isEqualTo(I2pdSubject.DEVIATIONS.keySet());
  }

  @Test
  @Tag("oneDestinationIsOnlineOnce")
  void twoSessionsHaveTheSameKeys() throws IOException {
    TestNet net = SharedNet.fast();
    try (RawSam sam = RawSam.hello(net.router(0))) {
      String keys =
          RawSam.value(sam.ask("DEST GENERATE SIGNATURE_TYPE=7", "DEST REPLY PUB="), "PRIV");
      try (RawSam first = RawSam.session(net.router(0), "witness-first", keys, 0);
          RawSam second = RawSam.session(net.router(0), "witness-second", keys, 0)) {
        assertThat(first.me()).isEqualTo(second.me());
      }
    }
  }

  @Test
  @Tag("aWriterWaitsForItsReaderAndLosesNothing")
  @Tag("aWriteTimeoutClosesTheStream")
  void aWriterNeverWaitsForAReader() throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), 0)) {
      OutputStream out = stream.client().socket().getOutputStream();
      // A write that waited for the reader, who never reads, would wait forever: the test would
      // time out.
      for (long written = 0; written < I2pdSubject.MAX_BUFFERED; written += BLOCK) {
        out.write(new byte[BLOCK]);
      }
    }
  }

  @Test
  void theEndOfOneDirectionEndsTheOther() throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), 0)) {
      stream.client().send("question");
      stream.client().socket().shutdownOutput();
      assertThat(stream.server().line()).isEqualTo("question");
      assertThat(stream.server().socket().getInputStream().read()).isEqualTo(-1);
      stream.server().send("answer");
      assertThat(stream.client().socket().getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void itSpeaksNothingAfterVersion31() throws IOException {
    TestNet net = SharedNet.fast();
    try (RawSam newest = RawSam.silent(net.router(0));
        RawSam newer = RawSam.silent(net.router(0))) {
      assertThat(newest.ask("HELLO VERSION MIN=3.1 MAX=3.3", "HELLO REPLY"))
          .contains("VERSION=3.1");
      newer.ask("HELLO VERSION MIN=3.2 MAX=3.3", "HELLO REPLY RESULT=NOVERSION");
    }
  }

  /** What a session's heartbeat goes by: a STREAM CONNECT without a peer tells whether the session is known. */
  @Test
  void aConnectLooksForItsSessionBeforeItsPeer() throws IOException {
    URI router = SharedNet.fast().router(0);
    List<String> styles =
        InBand.isAnswered() ? List.of("STREAM", "DATAGRAM", "RAW") : List.of("STREAM");
    for (String style : styles) {
      try (RawSam session = RawSam.session(router, "asked-" + style, style, "TRANSIENT", 0)) {
        assertAsked(router, session.id(), "INVALID_KEY");
        assertAsked(router, session.id(), "INVALID_KEY");
        assertAsked(router, "other-" + style, "INVALID_ID");
        assertThat(session.me()).isNotEmpty();
      }
    }
  }

  private static void assertAsked(URI router, String id, String result) throws IOException {
    try (RawSam question = RawSam.hello(router)) {
      assertThat(question.ask("STREAM CONNECT ID=" + id + " DESTINATION=1.b32.i2p", "STREAM"))
          .isEqualTo("STREAM STATUS RESULT=" + result);
      assertThat(question.socket().getInputStream().read()).isEqualTo(-1);
    }
  }

  /** Its line would end in FROM_PORT and TO_PORT. */
  @Test
  void anAcceptorIsNotToldThePorts() throws IOException {
    try (RawStream stream = RawStream.open(SharedNet.fast(), 0, " FROM_PORT=11 TO_PORT=22")) {
      assertThat(stream.peer()).isEqualTo(stream.sessions()[0].me());
    }
  }

  /** What the tests of datagrams in band go by: without this they could be left out without a word. */
  @Test
  void theInstalledVersionOpensSessionsForDatagramsInBand() throws IOException {
    assertThat(InBand.isAnswered())
        .isEqualTo(System.getProperty("allium.i2pd", "").isEmpty());
  }

  /**
   * After its peer's router restarted, a session that goes on sending repliable datagrams goes on along the dead route: only
   * ten minutes of silence end it. What a new session sends at the same time arrives.
   */
  @Test
  void repliableDatagramsNeverFindTheRestartedRouterOfTheirPeer() throws IOException {
    if (!InBand.isAnswered()) {
      return;
    }
    try (TestNet net = TestNet.start(2, TestNet.FAST);
        RawSam generator = RawSam.hello(net.router(1));
        RawSam old = RawSam.session(net.router(0), "old", "DATAGRAM", "TRANSIENT", 0)) {
      String keys =
          RawSam.value(generator.ask("DEST GENERATE SIGNATURE_TYPE=7", "DEST REPLY PUB="), "PRIV");
      try (RawSam peer = RawSam.session(net.router(1), "peer", "DATAGRAM", keys, 0)) {
        String to = peer.me();
        assertThat(received(peer, 1, net.router(0), to, old)).containsOnlyKeys("old");
        net.kill(1);
        net.restart(1);
        try (RawSam again = RawSam.session(net.router(1), "again", "DATAGRAM", keys, 0);
            RawSam fresh = RawSam.session(net.router(0), "fresh", "DATAGRAM", "TRANSIENT", 0)) {
          assertThat(received(again, 50, net.router(0), to, old, fresh)).containsOnlyKeys("fresh");
        }
      }
    }
  }

  /** How many datagrams of which sender arrive, until so many have. */
  private static Map<String, Integer> received(
      RawSam receiver, int enough, URI router, String to, RawSam... senders) throws IOException {
    return read(
        () -> {
          Map<String, Integer> count = new HashMap<>();
          for (int i = 0; i < enough; i++) {
            receiver.line();
            count.merge(receiver.line(), 1, Integer::sum);
          }
          return count;
        },
        () -> {
          for (RawSam sender : senders) {
            send(sender, router, to, sender.id() + "\n");
          }
        });
  }

  private interface Sending {
    void run() throws IOException;
  }

  /** What is read while something is sent again and again. */
  private static <T> T read(Callable<T> reading, Sending sending) throws IOException {
    FutureTask<T> result = new FutureTask<>(reading);
    Thread.ofVirtual().start(result);
    while (!result.isDone()) {
      sending.run();
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    try {
      return result.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IOException(e);
    }
  }

  private static void send(RawSam session, URI router, String to, String payload)
      throws IOException {
    byte[] packet =
        ("3.0 " + session.id() + " " + to + "\n" + payload).getBytes(StandardCharsets.US_ASCII);
    try (DatagramSocket udp = new DatagramSocket()) {
      udp.send(
          new DatagramPacket(packet, packet.length, new InetSocketAddress(router.getHost(), 7655)));
    }
  }

  /** Whatever was looked up before: what is sent a second later arrives. */
  @Test
  void theFirstRepliableDatagramToAPeerIsLost() throws IOException {
    if (!InBand.isAnswered()) {
      return;
    }
    TestNet net = SharedNet.fast();
    try (RawSam receiver = RawSam.session(net.router(1), "late", "DATAGRAM", "TRANSIENT", 0);
        RawSam sender = RawSam.session(net.router(0), "early", "DATAGRAM", "TRANSIENT", 0)) {
      String to = receiver.me();
      send(sender, net.router(0), to, "first\n");
      LockSupport.parkNanos(20 * PAUSE_NANOS);
      send(sender, net.router(0), to, "second\n");
      assertThat(receiver.line()).startsWith("DATAGRAM RECEIVED");
      assertThat(receiver.line()).isEqualTo("second");
    }
  }

  /** It delivers the third byte's datagram, and none of the smaller ones that were sent as often before and after it. */
  @Test
  void rawDatagramsOfOneOrTwoBytesAreLost() throws IOException {
    if (!InBand.isAnswered()) {
      return;
    }
    TestNet net = SharedNet.fast();
    try (RawSam receiver = RawSam.session(net.router(1), "raw", "RAW", "TRANSIENT", 0);
        RawSam sender = RawSam.session(net.router(0), "raw", "RAW", "TRANSIENT", 0)) {
      String to = receiver.me();
      String line = read(receiver::line, () -> {
        for (String payload : List.of("1", "22", "333", "1", "22")) {
          send(sender, net.router(0), to, payload);
        }
      });
      assertThat(line).isEqualTo("RAW RECEIVED SIZE=3");
    }
  }
}
