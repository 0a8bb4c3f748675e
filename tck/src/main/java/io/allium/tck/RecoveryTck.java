package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.DatagramOptions;
import io.allium.DatagramPort;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.Protocol;
import io.allium.Recovery;
import io.allium.SessionConfig;
import io.allium.SessionEvent;
import io.allium.SessionStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What happens to sessions when their router restarts. */
public abstract class RecoveryTck extends ProviderTck {
  private static final Duration ARRIVAL = Duration.ofSeconds(3);

  /** For subclasses. */
  protected RecoveryTck() {}

  /**
   * Takes away the server's router and all that it knows but its data, and starts it again.
   *
   * @throws Exception if it cannot be done
   */
  protected abstract void restartServer() throws Exception;

  private I2pSession server(Recovery recovery) throws I2pException {
    return subject().server().open(subject().config().recovery(recovery).build());
  }

  @Test
  @NeedsStreams
  void aLostSessionComesBackAndItsAcceptorGoesOn() throws Exception {
    List<SessionEvent> events = new CopyOnWriteArrayList<>();
    try (I2pSession server = reachableServer();
        I2pAcceptor acceptor = server.listen(0)) {
      server.onEvent(events::add);
      var destination = server.destination();
      FutureTask<I2pStream> accepting = async(acceptor::accept);
      restartServer();
      long restarted = System.nanoTime();
      until(() -> server.status().recovered() == 1);
      long back = System.nanoTime();
      assertThat(server.status().state()).isEqualTo(SessionStatus.State.ONLINE);
      assertThat(server.destination()).isEqualTo(destination);
      until(() -> events.size() == 3);
      assertThat(events)
          .extracting(event -> event.getClass().getSimpleName())
          .containsExactly("Ready", "Lost", "Recovered");
      server.awaitReachable(subject().patience());
      untilItDoes(() -> acceptOne(server, accepting));
      long reached = System.nanoTime();
      System.getLogger(RecoveryTck.class.getName())
          .log(
              System.Logger.Level.INFO,
              subject().provider() + ": back " + millis(restarted, back)
                  + " ms after the restart, reached by a new client " + millis(back, reached)
                  + " ms later");
    }
  }

  private void acceptOne(I2pSession server, FutureTask<I2pStream> accepting) throws Exception {
    // a client without anything cached: what an old one knows of the server is outdated
    I2pSession client = subject().client().open(subject().config().build());
    try {
      // routers may lose a stream that they said is open: another one until the accept is done
      long end = System.nanoTime() + patienceOfOneTry().toNanos();
      while (!accepting.isDone()) {
        if (System.nanoTime() > end) {
          throw new I2pException(ErrorKind.TIMEOUT, "no stream arrived");
        }
        I2pStream next = retried(() -> client.connect(server.destination()));
        next.output().write(7);
        long pause = System.nanoTime() + ARRIVAL.toNanos();
        until(() -> accepting.isDone() || System.nanoTime() - pause > 0);
      }
      I2pStream theirs = get(accepting);
      theirs.readTimeout(subject().patience());
      assertThat(theirs.input().read()).isEqualTo(7);
    } finally {
      client.close(Duration.ZERO);
    }
  }

  @Test
  @NeedsStreams
  void theStreamsOfALostSessionFailWithItsLoss() throws Exception {
    try (I2pSession server = reachableServer();
        I2pAcceptor acceptor = server.listen(0);
        I2pSession client = subject().client().open(subject().config().build());
        Pair pair = new Pair(client, server)) {
      Pair.Ends ends = pair.open(acceptor, subject().patience());
      FutureTask<Integer> read = async(() -> ends.server().input().read());
      restartServer();
      assertFails(read, ErrorKind.SESSION_LOST);
      until(() -> server.status().recovered() == 1);
      assertKind(() -> ends.server().output().write(1), ErrorKind.SESSION_LOST);
      assertThat(server.status().openStreams()).isZero();
    }
  }

  @Test
  @NeedsStreams
  void withoutRecoveryALostSessionEnds() throws Exception {
    List<SessionEvent> events = new CopyOnWriteArrayList<>();
    try (I2pSession server = server(Recovery.NONE);
        I2pAcceptor acceptor = server.listen(0)) {
      server.onEvent(events::add);
      restartServer();
      assertKind(acceptor::accept, ErrorKind.SESSION_LOST);
      until(() -> events.size() == 3);
      assertThat(events)
          .extracting(event -> event.getClass().getSimpleName())
          .containsExactly("Ready", "Lost", "Closed");
      assertThat(server.status().state()).isEqualTo(SessionStatus.State.LOST);
    }
  }

  @Test
  @NeedsStreams
  void aConnectThatTheLossCutsGoesOnWhenTheSessionIsBack() throws Exception {
    try (I2pSession server = server(Recovery.ON);
        I2pSession peer = subject().client().open(subject().config().build());
        I2pAcceptor acceptor = peer.listen(0)) {
      peer.awaitReachable(subject().patience());
      restartServer();
      try (I2pStream stream = server.connect(peer.destination())) {
        stream.output().write(3);
        try (I2pStream theirs = acceptor.accept(subject().patience())) {
          theirs.readTimeout(subject().patience());
          assertThat(theirs.input().read()).isEqualTo(3);
        }
        stream.cancel(); // else its session would wait for what it wrote
      }
    }
  }

  @Test
  @NeedsStreams
  void closingASessionEndsItsRecovery() throws Exception {
    I2pSession server = server(Recovery.ON);
    I2pAcceptor acceptor = server.listen(0);
    FutureTask<I2pStream> accepting = async(acceptor::accept);
    restartServer();
    server.close();
    assertFails(accepting, ErrorKind.CLOSED);
    assertThat(server.status().state()).isEqualTo(SessionStatus.State.CLOSED);
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("formats")
  void aDatagramPortGoesOnWhenTheSessionIsBack(Protocol format) throws Exception {
    SessionConfig config = subject().config().protocols(format).build();
    try (I2pSession server = subject().server().open(config);
        DatagramPort there = server.datagrams(DatagramOptions.of(format, 0))) {
      restartServer();
      until(() -> server.status().recovered() == 1);
      untilItDoes(() -> {
        try (I2pSession client = subject().client().open(config);
            DatagramPort here = client.datagrams(DatagramOptions.of(format, 0))) {
          new Courier(patienceOfOneTry())
              .deliver(here, I2pAddress.of(server.destination(), 0), there, Courier.payload(100));
        }
      });
    }
  }

  /** One, but where the router itself loses streams and sessions. */
  private int tries() {
    return 1 + 2 * subject().lostStreams();
  }

  private Duration patienceOfOneTry() {
    return subject().patience().dividedBy(tries());
  }

  private interface Attempt {
    void run() throws Exception;
  }

  /**
   * Some routers fail to publish a session now and then, which then stays unreachable for minutes: the next loss gives
   * it another chance, and what never goes on still fails.
   */
  private void untilItDoes(Attempt attempt) throws Exception {
    for (int i = 1; ; i++) {
      try {
        attempt.run();
        return;
      } catch (I2pException e) {
        if (e.kind() != ErrorKind.TIMEOUT || i == tries()) {
          throw e;
        }
        restartServer();
      }
    }
  }

  /** Another one where a session was not published, as {@link Subject#pair()} does. */
  private I2pSession reachableServer() throws Exception {
    I2pSession client = subject().client().open(subject().config().build());
    try {
      for (int i = 1; ; i++) {
        I2pSession server = server(Recovery.ON);
        try (I2pAcceptor acceptor = server.listen(0)) {
          server.awaitReachable(subject().patience());
          new Pair(client, server).open(acceptor, patienceOfOneTry()).close();
          return server;
        } catch (IOException e) {
          server.close(Duration.ZERO);
          if (i == tries()) {
            throw e;
          }
        }
      }
    } finally {
      client.close(Duration.ZERO); // it was heard
    }
  }

  private static long millis(long from, long to) {
    return TimeUnit.NANOSECONDS.toMillis(to - from);
  }

  private void assertFails(FutureTask<?> task, ErrorKind kind) {
    Throwable cause = catchThrowable(() -> get(task)).getCause();
    assertThat(cause).isInstanceOf(I2pException.class);
    assertKind(Objects.requireNonNull(cause), kind);
  }

  private <T> T retried(Callable<T> call) throws Exception {
    long end = System.nanoTime() + subject().patience().toNanos();
    while (true) {
      try {
        return call.call();
      } catch (I2pException e) {
        if (!e.kind().retryable() || System.nanoTime() > end) {
          throw e;
        }
      }
    }
  }
}
