package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pStream;
import io.allium.ServeOptions;
import io.allium.SessionStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an acceptor does. */
public abstract class AcceptTck extends ProviderTck {
  private static final Duration SHORT = Duration.ofMillis(50);

  private Pair pair;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // openPair() sets the pair before any test
  protected AcceptTck() {}

  @BeforeAll
  final void openPair() throws Exception {
    pair = subject().pair();
  }

  @AfterAll
  final void closePair() {
    pair.close();
  }

  @Test
  void anAcceptTimeoutLosesNothing() throws Exception {
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      assertKind(() -> acceptEverything(acceptor, SHORT), ErrorKind.TIMEOUT);
      pair.open(acceptor, subject().patience()).close();
    }
  }

  /** A stream may still come that was opened before. */
  private static void acceptEverything(I2pAcceptor acceptor, Duration timeout) throws I2pException {
    while (true) {
      acceptor.accept(timeout).cancel();
    }
  }

  @Test
  void anInterruptedAcceptLosesNothing() throws Exception {
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      FutureTask<Boolean> accept = new FutureTask<>(() -> {
        assertKind(() -> acceptEverything(acceptor, subject().patience()), ErrorKind.INTERRUPTED);
        return Thread.currentThread().isInterrupted();
      });
      Thread thread = Thread.ofVirtual().name("tck").start(accept);
      untilInside(thread);
      thread.interrupt();
      assertThat(get(accept)).as("flag kept").isTrue();
      pair.open(acceptor, subject().patience()).close();
    }
  }

  @Test
  void closingTheAcceptorEndsAnAccept() throws Exception {
    I2pAcceptor acceptor = pair.server().listen(0);
    FutureTask<Boolean> accept = new FutureTask<>(() -> {
      assertKind(acceptor::accept, ErrorKind.CLOSED);
      return true;
    });
    untilInside(Thread.ofVirtual().name("tck").start(accept));
    acceptor.close();
    acceptor.close();
    assertThat(get(accept)).isTrue();
    assertKind(() -> acceptor.accept(SHORT), ErrorKind.CLOSED);
  }

  @Test
  void aStreamThatCameBeforeTheAcceptIsStillThere() throws Exception {
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      FutureTask<I2pStream> connect =
          async(() -> pair.client().connect(I2pAddress.of(pair.server().destination(), 0)));
      until(() -> pair.server().status().waiting() > 0);
      try (I2pStream theirs = acceptor.accept(subject().patience());
          I2pStream ours = get(connect)) {
        ours.output().write('!');
        assertThat(theirs.input().read()).isEqualTo('!');
      }
    }
  }

  @Test
  void onePortHasOneAcceptor() throws Exception {
    try (I2pAcceptor first = pair.server().listen(0)) {
      assertKind(() -> pair.server().listen(0), ErrorKind.CONFIG_INVALID);
      assertThat(first.address().name()).isEqualTo(pair.server().destination());
    }
    pair.server().listen(0).close();
  }

  @Test
  void anExactPortBeatsPortZero() throws Exception {
    if (!can(Capability.PORTS)) {
      assertKind(() -> pair.server().listen(80), ErrorKind.UNSUPPORTED);
      return;
    }
    try (I2pAcceptor any = pair.server().listen(0);
        I2pAcceptor web = pair.server().listen(80)) {
      pair.open(web, subject().patience()).close();
      try (I2pStream ours = pair.client().connect(I2pAddress.of(pair.server().destination(), 81));
          I2pStream theirs = any.accept(subject().patience())) {
        assertThat(ours.remote().port()).isEqualTo(81);
        assertThat(theirs.local().port()).isEqualTo(81);
      }
    }
  }

  @Test
  void serveClosesEachStreamAndAFailingHandlerHarmsNobody() throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      FutureTask<Boolean> serving = async(() -> {
        acceptor.serve(stream -> {
          int command = stream.input().read();
          served.incrementAndGet();
          if (command == 'x') {
            throw new IllegalStateException("a handler that fails on purpose");
          }
          stream.output().write(command);
        });
        return true;
      });
      for (char command : "axbxc".toCharArray()) {
        exchange(command);
      }
      assertThat(served.get()).isGreaterThanOrEqualTo(5);
      acceptor.close();
      assertThat(get(serving)).as("serve returned").isTrue();
    }
  }

  /** A new stream until one is answered: a router may lose one that nobody was ready for. */
  private void exchange(char command) throws IOException {
    long end = System.nanoTime() + subject().patience().toNanos();
    while (true) {
      try (I2pStream stream =
          pair.client().connect(I2pAddress.of(pair.server().destination(), 0))) {
        stream.readTimeout(subject().patience().dividedBy(4));
        stream.output().write(command);
        byte[] answer = stream.input().readNBytes(2);
        if (command == 'x' || answer.length == 1) {
          assertThat(answer).hasSize(command == 'x' ? 0 : 1);
          return;
        }
      } catch (I2pException e) {
        if (command == 'x' && e.kind() == ErrorKind.PEER_RESET) {
          return;
        }
        assertThat(System.nanoTime()).as("waited too long").isLessThan(end);
      }
    }
  }

  @Test
  void serveServesNoMoreAtOnceThanItMay() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<I2pStream> streams = new ArrayList<>();
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      FutureTask<Boolean> serving = async(() -> {
        acceptor.serve(
            stream -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              running.decrementAndGet();
            },
            ServeOptions.builder().maxStreams(2, 2).build());
        return true;
      });
      for (int i = 0; i < 4; i++) {
        FutureTask<I2pStream> connect =
            async(() -> pair.client().connect(I2pAddress.of(pair.server().destination(), 0)));
        if (i < 2) {
          streams.add(get(connect));
        }
      }
      until(() -> running.get() == 2 && pair.server().status().accepted() > 1);
      go.countDown();
      until(() -> running.get() == 0);
      assertThat(most.get()).isEqualTo(2);
      acceptor.close();
      assertThat(get(serving)).isTrue();
    } finally {
      streams.forEach(I2pStream::close);
    }
  }

  @Test
  void aSilentPeerLosesItsPlace() throws Exception {
    AtomicInteger timedOut = new AtomicInteger();
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      FutureTask<Boolean> serving = async(() -> {
        acceptor.serve(
            stream -> {
              try {
                stream.output().write(stream.input().read());
              } catch (I2pException e) {
                assertThat(e.kind()).isEqualTo(ErrorKind.TIMEOUT);
                timedOut.incrementAndGet();
              }
            },
            ServeOptions.builder()
                .maxStreams(1, 1)
                .readTimeout(Duration.ofMillis(500))
                .build());
        return true;
      });
      until(() -> {
        try (I2pStream silent =
            pair.client().connect(I2pAddress.of(pair.server().destination(), 0))) {
          silent.readTimeout(subject().patience().dividedBy(4));
          return silent.input().read() < 0 && timedOut.get() > 0;
        } catch (IOException e) {
          return false;
        }
      });
      exchange('a');
      acceptor.close();
      assertThat(get(serving)).isTrue();
    }
  }

  /** A network may lose one. */
  private void knock() throws I2pException {
    try {
      pair.client()
          .connect(
              I2pAddress.of(pair.server().destination(), 0),
              ConnectOptions.builder()
                  .timeout(subject().patience().dividedBy(4))
                  .build());
    } catch (I2pException e) {
      if (!e.kind().retryable()) {
        throw e;
      }
    }
  }

  @Test
  void serveServesNoMoreOfOnePeerThanItMay() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger running = new AtomicInteger();
    SessionStatus before = pair.server().status();
    try (I2pAcceptor acceptor = pair.server().listen(0)) {
      FutureTask<Boolean> serving = async(() -> {
        acceptor.serve(
            stream -> {
              running.incrementAndGet();
              try {
                go.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            ServeOptions.builder().maxStreams(10, 2).build());
        return true;
      });
      FutureTask<Boolean> knocking = async(() -> {
        while (running.get() < 2 || pair.server().status().refused() < before.refused() + 2) {
          knock();
          until(() -> pair.server().status().waiting() == 0); // else too many wait, and are refused
        }
        return true;
      });
      assertThat(get(knocking)).isTrue();
      assertThat(pair.server().status().accepted()).isEqualTo(before.accepted() + 2);
      // before places become free: one more may have knocked meanwhile
      acceptor.close();
      assertThat(running.get()).isEqualTo(2);
      go.countDown();
      assertThat(get(serving)).isTrue();
    }
  }
}
