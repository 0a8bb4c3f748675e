package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What programs write just before they end, at the real clock: i2pd drops what a session has not delivered when it ends. */
@RequiresI2pd
class LastWordsTest {
  private static final int PROGRAMS = 20;
  private static final int SIZE = 300_000;

  private static final ConnectOptions PATIENT =
      ConnectOptions.builder().timeout(Duration.ofSeconds(60)).build();

  /** i2pd answers SESSION CREATE at a multiple of 20 s, and a session that it failed to publish comes back much later. */
  private static final Duration LIMIT = Duration.ofSeconds(240);

  /** The default of 30 s is enough for twenty at once on a quiet machine; beside other work it is not always. */
  private static final Duration PLENTY = Duration.ofSeconds(60);

  /** A stream that says nothing for so long was cut. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final SessionConfig config =
      SessionConfig.builder().tunnelLength(0, 0).tunnelQuantity(5, 5).build();

  private TestNet net;
  private I2p router;
  private I2pSession server;
  private I2pAcceptor acceptor;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  LastWordsTest() {}

  @BeforeEach
  void open() throws IOException {
    net = TestNet.start(2, TestNet.REAL, "--no-check");
    router = I2p.connect(net.router(1));
    server = router.open(config);
    server.awaitReachable(LIMIT);
    acceptor = server.listen(0);
  }

  @AfterEach
  void close() {
    router.close(Duration.ZERO);
    net.close();
  }

  private interface Body<T> {
    T run() throws Exception;
  }

  private static <T> List<FutureTask<T>> atOnce(int count, Body<T> body) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      FutureTask<T> task = new FutureTask<>(body::run);
      Thread.ofVirtual().name("program").start(task);
      tasks.add(task);
    }
    return tasks;
  }

  private static <T> T get(FutureTask<T> task) throws Exception {
    return task.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }

  @Test
  void arriveThoughTheSessionIsClosedAtOnce() throws Exception {
    List<FutureTask<Integer>> got = atOnce(PROGRAMS, () -> {
      try (I2pStream stream = acceptor.accept(LIMIT)) {
        return received(stream);
      }
    });
    List<FutureTask<Boolean>> programs = atOnce(PROGRAMS, this::writeAndEnd);
    for (FutureTask<Boolean> program : programs) {
      assertThat(get(program)).isTrue();
    }
    List<Integer> sizes = new ArrayList<>();
    for (FutureTask<Integer> one : got) {
      sizes.add(get(one));
    }
    assertThat(sizes).containsOnly(SIZE);
  }

  private static int received(I2pStream stream) throws IOException {
    stream.readTimeout(SILENCE);
    byte[] all = new byte[SIZE];
    int there = 0;
    try {
      for (int count = 0; count >= 0 && there < SIZE; there += Math.max(count, 0)) {
        count = stream.input().read(all, there, SIZE - there);
      }
    } catch (I2pException cut) {
      // what came is told
    }
    return there;
  }

  private boolean writeAndEnd() throws IOException {
    try (I2p i2p = I2p.connect(net.router(0))) {
      I2pSession session = i2p.open(config);
      I2pStream stream = session.connect(acceptor.address(), PATIENT);
      stream.output().write(new byte[SIZE]);
      stream.close();
      session.close(PLENTY);
    }
    return true;
  }
}
