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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Many short streams to an acceptor, at the real clock, beside as many to one plain loop of STREAM ACCEPT in the same run.
 * Where several accepts wait at once, i2pd 2.45 loses some. More rounds: {@code -Dallium.rounds=10}.
 */
@RequiresI2pd
class ShortStreamsTest {
  private static final int CONNECTS = 200;
  private static final int AT_ONCE = 20;
  private static final int ROUNDS = Integer.getInteger("allium.rounds", 1);

  /** i2pd answers SESSION CREATE at a multiple of 20 s, and a session that it failed to publish comes back much later. */
  private static final Duration LIMIT = Duration.ofSeconds(240);

  private static final ConnectOptions PATIENT =
      ConnectOptions.builder().timeout(Duration.ofSeconds(60)).build();

  private final SessionConfig config =
      SessionConfig.builder().tunnelLength(0, 0).tunnelQuantity(5, 5).build();

  private TestNet net;
  private I2p router;
  private I2p client;
  private I2pSession session;
  private I2pAcceptor acceptor;
  private RawSam plain;

  @SuppressWarnings("NullAway.Init") // open() sets all before any test
  ShortStreamsTest() {}

  @BeforeEach
  void open() throws Exception {
    net = TestNet.start(2, TestNet.REAL, "--no-check");
    router = I2p.connect(net.router(1));
    client = I2p.connect(net.router(0));
    FutureTask<RawSam> opening = new FutureTask<>(() -> RawSam.session(net.router(1), "plain", 0));
    FutureTask<I2pSession> asking = new FutureTask<>(() -> client.open(config));
    Thread.ofVirtual().start(opening);
    Thread.ofVirtual().start(asking);
    I2pSession server = router.open(config);
    plain = opening.get();
    session = asking.get();
    server.awaitReachable(LIMIT);
    acceptor = server.listen(0);
  }

  @AfterEach
  void close() throws IOException {
    plain.close();
    router.close(Duration.ZERO);
    client.close(Duration.ZERO);
    net.close();
  }

  @Test
  void allAreHeardAndNotSlowerThanTheRouterAllows() throws Exception {
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
  private static double ask(I2pSession session, I2pAddress to, boolean all) throws Exception {
    long start = System.nanoTime();
    List<FutureTask<Integer>> askers = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      FutureTask<Integer> asker = new FutureTask<>(() -> {
        int answered = 0;
        for (int n = 0; n < CONNECTS / AT_ONCE; n++) {
          answered += isAnswered(session, to) ? 1 : 0;
        }
        return answered;
      });
      Thread.ofVirtual().name("asker").start(asker);
      askers.add(asker);
    }
    int answered = 0;
    for (FutureTask<Integer> asker : askers) {
      answered += asker.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.println("answered: " + answered + " of " + CONNECTS + (all ? "" : ", plainly"));
    if (all) {
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
