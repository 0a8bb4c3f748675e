package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2pAcceptor;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import io.allium.tck.Pair;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Much data and many streams, at the real clock: a fast one shortens every deadline of the routers. */
@RequiresI2pd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TransferTest {
  private static final int SIZE = 50_000_000;
  private static final int BLOCK = 50_000;
  private static final int STREAMS = 100;

  /** i2pd answers SESSION CREATE at a multiple of 20 s. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  /** i2pd 2.56 gives one stream at 0 hops about 0.55 MB/s. */
  private static final Duration LIMIT = Duration.ofSeconds(240);

  private TestNet net;
  private I2pdSubject subject;
  private Pair pair;
  private I2pAcceptor acceptor;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  TransferTest() {}

  @BeforeAll
  void open() throws Exception {
    net = TestNet.start(2, TestNet.REAL, "--no-check");
    subject = new I2pdSubject(net, 0);
    SessionConfig config = subject.config().build();
    var client = async(() -> subject.client().open(config));
    var server = async(() -> subject.server().open(config));
    pair = new Pair(get(client), get(server));
    pair.server().awaitReachable(LIMIT); // which i2pd may have failed to publish
    acceptor = pair.server().listen(0);
  }

  @AfterAll
  void close() {
    pair.close();
    subject.close();
    net.close();
  }

  private interface Body<T> {
    T run() throws Exception;
  }

  private static <T> FutureTask<T> async(Body<T> body) {
    FutureTask<T> task = new FutureTask<>(body::run);
    Thread.ofVirtual().name("transfer").start(task);
    return task;
  }

  private static <T> T get(FutureTask<T> task) throws Exception {
    return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void fiftyMegabytesArriveUnchangedEachWay() throws Exception {
    try (Pair.Ends up = pair.open(acceptor, PATIENCE);
        Pair.Ends down = pair.open(acceptor, PATIENCE)) {
      var sent = async(() -> send(up.client(), 1));
      var received = async(() -> receive(up.server()));
      var sentBack = async(() -> send(down.server(), 2));
      var receivedBack = async(() -> receive(down.client()));
      assertThat(get(received)).isEqualTo(get(sent));
      assertThat(get(receivedBack)).isEqualTo(get(sentBack));
    }
  }

  private static String send(I2pStream stream, long seed) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(seed);
    byte[] block = new byte[BLOCK];
    for (int left = SIZE; left > 0; left -= BLOCK) {
      random.nextBytes(block);
      digest.update(block);
      stream.output().write(block);
    }
    stream.close();
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String receive(I2pStream stream) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[BLOCK];
    for (int count = stream.input().read(block);
        count >= 0;
        count = stream.input().read(block)) {
      digest.update(block, 0, count);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Test
  void aHundredStreamsEchoAtOnce() throws Exception {
    List<Pair.Ends> all = new ArrayList<>();
    try {
      for (int i = 0; i < STREAMS; i++) {
        all.add(pair.open(acceptor, PATIENCE));
      }
      List<FutureTask<byte[]>> echoes = new ArrayList<>();
      for (int i = 0; i < STREAMS; i++) {
        Pair.Ends ends = all.get(i);
        byte[] message = message(i);
        echoes.add(async(() -> echo(ends, message)));
      }
      for (int i = 0; i < STREAMS; i++) {
        assertThat(get(echoes.get(i))).isEqualTo(message(i));
      }
    } finally {
      all.forEach(Pair.Ends::close);
    }
  }

  private static byte[] message(int seed) {
    byte[] message = new byte[10_000];
    new Random(seed).nextBytes(message);
    return message;
  }

  private static byte[] echo(Pair.Ends ends, byte[] message) throws IOException {
    ends.client().output().write(message);
    ends.server().output().write(ends.server().input().readNBytes(message.length));
    return ends.client().input().readNBytes(message.length);
  }
}
