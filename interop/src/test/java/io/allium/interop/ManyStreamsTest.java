package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ConnectOptions;
import io.allium.Destination;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Twenty streams at once on two routers at the real clock: what programs write just before they end, and short questions
 * beside as many to one plain loop of STREAM ACCEPT in the same run. i2pd drops what a session has not delivered when it
 * ends, and where several accepts wait at once, i2pd 2.45 loses some streams. More rounds: {@code -Dallium.rounds=10}.
 */
@RequiresI2pd
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyStreamsTest {
  private static final int SIZE = 300_000;
  private static final int CONNECTS = 200;
  private static final int AT_ONCE = 20;
  private static final int ROUNDS = Integer.getInteger("allium.rounds", 1);

  /** i2pd answers SESSION CREATE at a multiple of 20 s, and a session that it failed to publish comes back much later. */
  private static final Duration LIMIT = Duration.ofSeconds(240);

  /** A stream that says nothing for so long was cut. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private static final ConnectOptions PATIENT =
      ConnectOptions.builder().timeout(Duration.ofSeconds(60)).build();

  private final SessionConfig config =
      SessionConfig.builder().tunnelLength(0, 0).tunnelQuantity(5, 5).build();

  private TestNet net;
  private I2p router;
  private I2p client;
  private I2pSession session;
  private I2pSession server;
  private RawSam plain;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  ManyStreamsTest() {}

  @BeforeAll
  void open() throws Exception {
    net = TestNet.start(2, TestNet.REAL, "--no-check");
    router = I2p.connect(net.router(1));
    client = I2p.connect(net.router(0));
    FutureTask<RawSam> opening = new FutureTask<>(() -> RawSam.session(net.router(1), "plain", 0));
    FutureTask<I2pSession> asking = new FutureTask<>(() -> client.open(config));
    Thread.ofVirtual().start(opening);
    Thread.ofVirtual().start(asking);
    server = router.open(config);
    plain = opening.get();
    session = asking.get();
    server.awaitReachable(LIMIT);
  }

  @AfterAll
  void close() throws IOException {
    plain.close();
    router.close(Duration.ZERO);
    client.close(Duration.ZERO);
    net.close();
  }

  private interface Body<T> {
    T run() throws Exception;
  }

  private static <T> List<FutureTask<T>> atOnce(Body<T> body) {
    List<FutureTask<T>> tasks = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      FutureTask<T> task = new FutureTask<>(body::run);
      Thread.ofVirtual().name("program").start(task);
      tasks.add(task);
    }
    return tasks;
  }

  private static <T> List<T> all(List<FutureTask<T>> tasks) throws Exception {
    List<T> results = new ArrayList<>();
    for (FutureTask<T> task : tasks) {
      results.add(task.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
    }
    return results;
  }

  @Test
  void whatWasWrittenLastArrivesThoughTheProgramEnds() throws Exception {
    try (I2pAcceptor acceptor = server.listen(0)) {
      List<FutureTask<Integer>> got = atOnce(() -> {
        try (I2pStream stream = acceptor.accept(LIMIT)) {
          return received(stream);
        }
      });
      all(atOnce(() -> writeAndEnd(acceptor.address())));
      assertThat(all(got)).hasSize(AT_ONCE).containsOnly(SIZE);
    }
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

  private boolean writeAndEnd(I2pAddress to) throws IOException {
    try (I2p program = I2p.connect(net.router(0));
        I2pSession own = program.open(config);
        I2pStream stream = own.connect(to, PATIENT)) {
      stream.output().write(new byte[SIZE]);
    }
    return true;
  }

  @Test
  void allAreHeardAndNotSlowerThanTheRouterAllows() throws Exception {
    I2pAcceptor acceptor = server.listen(0);
    Thread serving = Thread.ofVirtual().start(() -> {
      try {
        acceptor.serve(stream -> stream.output().write(stream.input().readNBytes(4)));
      } catch (IOException closed) {
        // the test is over
      }
    });
    Thread.ofVirtual().start(this::acceptPlainly);
    I2pAddress theirs = I2pAddress.of(Destination.parse(plain.me()), 0);
    awaitAnswer(session, acceptor.address()); // until its tunnels are settled
    awaitAnswer(session, theirs);
    for (int round = 0; round < ROUNDS; round++) {
      double plainly = ask(session, theirs, false);
      double ours = ask(session, acceptor.address(), true);
      System.out.printf(
          "a second: %.1f, plainly %.1f, ratio %.2f%n", ours, plainly, ours / plainly);
    }
    acceptor.close();
    serving.join();
  }

  /** How many of them were heard in a second. */
  private static double ask(I2pSession session, I2pAddress to, boolean needsAll) throws Exception {
    long start = System.nanoTime();
    List<Integer> answers = all(atOnce(() -> {
      int answered = 0;
      for (int n = 0; n < CONNECTS / AT_ONCE; n++) {
        answered += isAnswered(session, to) ? 1 : 0;
      }
      return answered;
    }));
    int answered = answers.stream().mapToInt(Integer::intValue).sum();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("answered: " + answered + " of " + CONNECTS + (needsAll ? "" : ", plainly"));
    if (needsAll) {
      assertThat(answered).isEqualTo(CONNECTS);
    }
    return answered / seconds;
  }

  private static void awaitAnswer(I2pSession session, I2pAddress to) throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    boolean answered = false;
    while (!answered) {
      assertThat(System.nanoTime()).as("never answered").isLessThan(end);
      try {
        answered = isAnswered(session, to);
      } catch (I2pException notYet) {
        // it may be published later
      }
    }
  }

  private static boolean isAnswered(I2pSession session, I2pAddress to) throws IOException {
    try (I2pStream stream = session.connect(to, PATIENT)) {
      stream.readTimeout(Duration.ofSeconds(30));
      stream.output().write("ping".getBytes());
      return stream.input().readNBytes(4).length == 4;
    }
  }

  /** Ends with the network. */
  private void acceptPlainly() {
    try {
      while (true) {
        RawSam accept = RawSam.hello(net.router(1));
        accept.socket().setSoTimeout(0);
        accept.ask("STREAM ACCEPT ID=" + plain.id(), "STREAM STATUS RESULT=OK");
        accept.line();
        Thread.ofVirtual().name("plain").start(() -> answer(accept.socket()));
      }
    } catch (IOException closed) {
      // the session is gone
    }
  }

  private static void answer(Socket stream) {
    try (stream) {
      stream.getOutputStream().write(stream.getInputStream().readNBytes(4));
    } catch (IOException gone) {
      // the asker tells
    }
  }
}
