package io.allium.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a connection, with a local program that does what it does at a certain moment. */
class RelayTest {
  private static final long LIMIT_SECONDS = 20;

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration MOMENT = Duration.ofMillis(1);

  /** Longer than a busy machine lets a thread wait between a read and a write. */
  private static final Duration A_WHILE = Duration.ofMillis(250);

  private MemoryNetwork network;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private I2p i2p;
  private I2pStream ours;
  private I2pStream peer;
  private final Witness witness = Witness.of(Duration.ofDays(1), () -> {}, () -> {});
  private Thread carrying = Thread.ofVirtual().unstarted(() -> {});

  @BeforeEach
  void open() throws Exception {
    open(MemoryNetwork.builder());
  }

  /** Instead of what is open, a stream that ends both directions at once, as over SAM. */
  private void openWithoutHalfClose() throws Exception {
    close();
    open(MemoryNetwork.builder().without(Capability.HALF_CLOSE));
  }

  private void open(MemoryNetwork.Builder builder) throws Exception {
    network = builder.build();
    i2p = I2p.connect(network.router("a"));
    I2pSession client = i2p.open();
    I2pAcceptor acceptor = client.listen(0);
    peer = i2p.open().connect(client.destination());
    peer.readTimeout(Duration.ofSeconds(LIMIT_SECONDS));
    ours = acceptor.accept();
  }

  @AfterEach
  void close() {
    i2p.close();
    network.close();
  }

  @Test
  void aSlowReaderIsNoSilentPeer() throws Exception {
    openWithoutHalfClose();
    CountDownLatch offered = new CountDownLatch(1);
    CountDownLatch reads = new CountDownLatch(1);
    Source question = () -> {
      await(offered);
      return -1;
    };
    Program program = new Program(question, new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        offered.countDown();
        await(reads);
        received.write(value);
      }
    });
    FutureTask<Boolean> relay = start(program, Duration.ofMillis(1));
    peer.output().write("answer".getBytes(StandardCharsets.US_ASCII));
    awaitLooks(3);
    assertThat(relay.isDone()).as("though the answer is not read yet").isFalse();
    reads.countDown();
    peer.close();
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(received).hasToString("answer");
    assertThat(program.wasReset).isFalse();
  }

  @Test
  void aQuestionThatGetsNoAnswerIsReset() throws Exception {
    openWithoutHalfClose();
    AtomicInteger left = new AtomicInteger(4);
    Program program = new Program(() -> left.getAndDecrement() > 0 ? '?' : -1, received);
    FutureTask<Boolean> relay = start(program, MOMENT);
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(program.wasReset).as("no clean end without an answer").isTrue();
    assertThat(peer.input().readAllBytes()).asString().isEqualTo("????");
  }

  @Test
  void whoEndsAfterAnAnswerWantsNoMore() throws Exception {
    openWithoutHalfClose();
    CountDownLatch answered = new CountDownLatch(6);
    Source question = () -> {
      await(answered);
      return -1;
    };
    Program program = new Program(question, new OutputStream() {
      @Override
      public void write(int value) {
        received.write(value);
        answered.countDown();
      }
    });
    FutureTask<Boolean> relay = start(program, LONG);
    peer.output().write("answer".getBytes(StandardCharsets.US_ASCII));
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(program.wasReset).isFalse();
    assertThat(peer.input().read()).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aServiceThatAnsweredAndListensNoMoreHasStillAnswered(boolean halfClose) throws Exception {
    if (!halfClose) {
      openWithoutHalfClose();
    }
    AtomicReference<Thread> answering = new AtomicReference<>();
    CountDownLatch answered = new CountDownLatch(1);
    AtomicInteger at = new AtomicInteger();
    Source answer = () -> {
      if (at.get() < 6) {
        return "answer".charAt(at.getAndIncrement());
      }
      answering.set(Thread.currentThread());
      answered.countDown();
      return -1;
    };
    Program program = new Program(answer, new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        await(answered);
        join(answering.get());
        throw new IOException("Broken pipe");
      }
    });
    FutureTask<Boolean> relay = start(program, LONG);
    peer.output().write("more".getBytes(StandardCharsets.US_ASCII));
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(peer.input().readAllBytes()).asString().isEqualTo("answer");
    assertThat(program.wasReset).as("it got not all").isTrue();
  }

  @Test
  void aPeerThatAnsweredAndIsGoneHasStillAnswered() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger(1000);
    Program program =
        new Program(
            () -> {
              await(ended);
              return left.getAndDecrement() > 0 ? 'x' : -1;
            },
            received) {
          @Override
          public void shutdownOutput() {
            ended.countDown();
          }
        };
    FutureTask<Boolean> relay = start(program, LONG);
    peer.output().write("answer".getBytes(StandardCharsets.US_ASCII));
    peer.close();
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(received).hasToString("answer");
    assertThat(program.wasReset).isFalse();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aPeerThatAnsweredAndClosedIsHeardToItsEnd(boolean halfClose) throws Exception {
    if (!halfClose) {
      openWithoutHalfClose();
    }
    CountDownLatch reads = new CountDownLatch(1);
    CountDownLatch offered = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger left = new AtomicInteger(1000);
    Source question = () -> {
      await(closed);
      return left.getAndDecrement() > 0 ? '?' : -1;
    };
    Program program = new Program(question, new OutputStream() {
      @Override
      public void write(int value) throws IOException {
        offered.countDown();
        await(reads);
        received.write(value);
      }
    });
    FutureTask<Boolean> relay = start(program, LONG, A_WHILE);
    peer.output().write('!');
    await(offered);
    byte[] answer = new byte[50_000];
    peer.output().write(answer);
    peer.close();
    closed.countDown();
    awaitLooks(2);
    assertThat(relay.isDone()).as("though the answer is not read yet").isFalse();
    reads.countDown();
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(received.toByteArray()).hasSize(1 + answer.length);
    assertThat(program.wasReset).isFalse();
  }

  @Test
  void anInterruptIsNoCleanEnd() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Program program = new Program(
        () -> {
          await(never);
          return -1;
        },
        received);
    FutureTask<Boolean> relay = start(program, LONG);
    carrying.interrupt();
    assertThat(relay.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(program.wasReset).isTrue();
    assertThatThrownBy(() -> peer.input().read()).hasMessageContaining("reset");
    never.countDown();
  }

  private FutureTask<Boolean> start(Socket program, Duration asked) {
    return start(program, asked, MOMENT);
  }

  private FutureTask<Boolean> start(Socket program, Duration asked, Duration answered) {
    FutureTask<Boolean> relay = new FutureTask<>(() -> {
      new Relay(program, ours, new Relay.Silence(true, asked, answered), witness).run();
      return true;
    });
    carrying = Thread.ofVirtual().start(relay);
    return relay;
  }

  /** Until the relay has looked so often again whether the peer is silent, or is over. */
  private void awaitLooks(int count) {
    int enough = witness.looks() + count;
    while (witness.looks() < enough && carrying.isAlive()) {
      Thread.yield();
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("waited for nothing");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private static void join(Thread thread) throws IOException {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Bytes, one at a time, and -1. */
  private interface Source {
    int next() throws IOException;
  }

  /** The connection of a local program. */
  private static class Program extends Socket {
    private final Source sends;
    private final OutputStream receives;
    volatile boolean wasReset;

    Program(Source sends, OutputStream receives) {
      this.sends = sends;
      this.receives = receives;
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          return sends.next();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
          int next = sends.next();
          if (next < 0) {
            return -1;
          }
          target[offset] = (byte) next;
          return 1;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return receives;
    }

    @Override
    public void shutdownOutput() {}

    @Override
    public void setSoLinger(boolean on, int seconds) {
      wasReset |= on && seconds == 0;
    }
  }
}
