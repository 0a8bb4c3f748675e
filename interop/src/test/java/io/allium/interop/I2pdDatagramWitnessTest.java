package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** What datagrams do on i2pd itself, shown with plain sockets. A test here that fails means a better i2pd. */
@RequiresI2pd
class I2pdDatagramWitnessTest {
  private static final long PAUSE_NANOS = 50_000_000;

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
    try (DatagramSocket udp = new DatagramSocket()) {
      RawUdp.send(udp, router, session.id(), to, payload);
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

  /**
   * From 2.55 on, i2pd forgets after 15 s who sent it but one datagram, and does not tell: until ten minutes of silence have
   * passed, nothing more of that sender arrives. A second datagram in time is the remedy.
   */
  @Test
  void oneRepliableDatagramAndThenAPauseSilencesItsSender() throws IOException {
    if (InBand.isAnswered()) {
      return;
    }
    TestNet net = SharedNet.fast();
    try (RawUdp receiver = RawUdp.session(net.router(1), "hears", "DATAGRAM");
        RawUdp pausing = RawUdp.session(net.router(0), "pauses", "DATAGRAM");
        RawUdp eager = RawUdp.session(net.router(0), "sends-twice", "DATAGRAM")) {
      pausing.sendUntilReceived(receiver);
      assertThat(delivered(10, PAUSE_NANOS, eager, receiver)).isGreaterThan(1);
      LockSupport.parkNanos(20 * PAUSE_NANOS);
      assertThat(delivered(20, 0, pausing, receiver)).isZero();
      assertThat(delivered(20, 0, eager, receiver)).isGreaterThan(10);
    }
  }

  /** The same versions let through some five raw datagrams a second to a peer that never sent one back. */
  @Test
  void rawDatagramsToAPeerThatNeverAnsweredAreThinnedOut() throws IOException {
    if (InBand.isAnswered()) {
      return;
    }
    TestNet net = SharedNet.fast();
    try (RawUdp receiver = RawUdp.session(net.router(1), "raw-there", "RAW");
        RawUdp sender = RawUdp.session(net.router(0), "raw-here", "RAW")) {
      sender.sendUntilReceived(receiver);
      assertThat(delivered(200, 0, sender, receiver)).isLessThan(100);
      assertThat(delivered(20, PAUSE_NANOS, sender, receiver)).isGreaterThan(10);
    }
  }

  private static int delivered(int count, long pauseNanos, RawUdp sender, RawUdp receiver)
      throws IOException {
    for (int i = 0; i < count; i++) {
      sender.send(receiver);
      LockSupport.parkNanos(pauseNanos);
    }
    return receiver.received();
  }
}
