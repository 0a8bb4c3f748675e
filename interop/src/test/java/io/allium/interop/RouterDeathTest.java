package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.allium.DestinationKeys;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import io.allium.tck.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The router is killed under a program, as losing power would. */
@RequiresI2pd
class RouterDeathTest {
  /** The kernel tells at once; the rest is the process that kills. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static final Duration PUBLISHED = Duration.ofSeconds(90);

  private TestNet net;
  private I2pdSubject subject;

  @SuppressWarnings("NullAway.Init") // start() sets both before any test
  RouterDeathTest() {}

  @BeforeEach
  void start() throws IOException {
    net = TestNet.start(2, TestNet.FAST, "--no-check");
    subject = new I2pdSubject(net, 0).withoutRecovery();
  }

  @AfterEach
  void end() {
    subject.close();
    net.close();
  }

  @Test
  void everythingThatIsUnderWayFailsAsASessionThatIsLost() throws Exception {
    LinkedBlockingQueue<SessionEvent> events = new LinkedBlockingQueue<>();
    try (Pair pair = subject.pair();
        I2pAcceptor acceptor = pair.server().listen(0);
        Pair.Ends reading = pair.open(acceptor, subject.patience());
        Pair.Ends transfer = pair.open(acceptor, subject.patience())) {
      pair.server().onEvent(events::add);
      CountDownLatch moving = new CountDownLatch(1);
      FutureTask<ErrorKind> accept = failing(() -> acceptEverything(acceptor));
      FutureTask<ErrorKind> read = failing(() -> reading.server().input().read());
      FutureTask<ErrorKind> write = failing(() -> writeForever(transfer.server(), moving));
      assertThat(moving.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      net.kill(1);
      assertThat(get(accept)).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(get(read)).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(get(write)).isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(kindOf(() -> pair.server().connect(acceptor.address())))
          .isEqualTo(ErrorKind.SESSION_LOST);
      assertThat(pair.server().status().state()).isEqualTo(SessionStatus.State.LOST);
      assertThat(events.poll(SOON.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(SessionEvent.Ready.class);
      assertThat(events.poll(SOON.toSeconds(), TimeUnit.SECONDS))
          .isInstanceOf(SessionEvent.Lost.class);
      assertThat(pair.client().status().state()).isEqualTo(SessionStatus.State.ONLINE);
    }
  }

  private static void acceptEverything(I2pAcceptor acceptor) throws I2pException {
    while (true) {
      acceptor.accept().cancel();
    }
  }

  private static void writeForever(I2pStream stream, CountDownLatch moving) throws IOException {
    byte[] block = new byte[8192];
    while (true) {
      stream.output().write(block);
      moving.countDown();
    }
  }

  @Test
  void afterARestartTheSameKeysHaveTheSameAddress() throws Exception {
    try (DestinationKeys keys = DestinationKeys.generate();
        I2p i2p = I2p.connect(net.router(1))) {
      try (I2pSession before = i2p.open(subject.config().keys(keys).build())) {
        assertThat(before.destination()).isEqualTo(keys.destination());
        net.kill(1);
        assertThat(kindOf(() -> i2p.open(subject.config().build())))
            .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
        assertThat(kindOf(() -> i2p.resolve(keys.destination().base32())))
            .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
        assertThat(kindOf(i2p::status)).isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
        assertThat(kindOf(() -> I2p.connect(net.router(1))))
            .isEqualTo(ErrorKind.ROUTER_UNREACHABLE);
      }
      net.restart(1);
      SessionConfig again = subject.config().keys(keys).recovery(Recovery.ON).build();
      try (I2pSession after = reachable(i2p.open(again));
          I2pSession client = subject.client().open(subject.config().build());
          Pair pair = new Pair(client, after);
          I2pAcceptor acceptor = after.listen(0);
          Pair.Ends ends = pair.open(acceptor, subject.patience())) {
        assertThat(after.destination()).isEqualTo(keys.destination());
        assertThat(ends.client().remote().name()).isEqualTo(keys.destination());
      }
    }
  }

  /** What i2pd fails to publish is opened again, with the same keys. */
  private static I2pSession reachable(I2pSession session) throws I2pException {
    session.awaitReachable(PUBLISHED);
    return session;
  }

  private static ErrorKind kindOf(ThrowingCallable call) {
    return catchThrowableOfType(I2pException.class, call).kind();
  }

  /** Runs what is to fail on another thread, and returns when it waits inside the library. */
  private static FutureTask<ErrorKind> failing(ThrowingCallable call) {
    FutureTask<ErrorKind> task = new FutureTask<>(() -> kindOf(call));
    Thread thread = Thread.ofVirtual().name("failing").start(task);
    while (!task.isDone()
        && Arrays.stream(thread.getStackTrace())
            .noneMatch(frame -> frame.getClassName().startsWith("io.allium.internal."))) {
      Thread.onSpinWait();
    }
    return task;
  }

  private static ErrorKind get(FutureTask<ErrorKind> task) throws Exception {
    return task.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }
}
