package io.allium.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a stream does. */
public abstract class StreamTck extends ProviderTck {
  private static final Duration SHORT = Duration.ofMillis(50);

  /** A writer that did not move for so long waits for its reader. */
  private static final Duration STALL = Duration.ofMillis(500);

  private Pair pair;
  private I2pAcceptor acceptor;

  /** For subclasses. */
  @SuppressWarnings("NullAway.Init") // openPair() sets both before any test
  protected StreamTck() {}

  @BeforeAll
  final void openPair() throws Exception {
    pair = subject().pair();
    acceptor = pair.server().listen(0);
  }

  @AfterAll
  final void closePair() {
    pair.close();
  }

  private Pair.Ends open() throws IOException {
    return pair.open(acceptor, subject().patience());
  }

  private static byte[] random(int size, long seed) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void pingIsAnsweredWithPong() throws Exception {
    try (Pair.Ends ends = open()) {
      ends.client().output().write("PING".getBytes(StandardCharsets.US_ASCII));
      assertThat(ends.server().input().readNBytes(4)).asString().isEqualTo("PING");
      ends.server().output().write("PONG".getBytes(StandardCharsets.US_ASCII));
      assertThat(ends.client().input().readNBytes(4)).asString().isEqualTo("PONG");
    }
  }

  @Test
  void everyByteArrivesInOrderBothWaysAtOnce() throws Exception {
    byte[] there = random(1 << 20, 1);
    byte[] back = random(1 << 20, 2);
    try (Pair.Ends ends = open()) {
      FutureTask<byte[]> atServer = async(() -> ends.server().input().readNBytes(there.length));
      FutureTask<byte[]> atClient = async(() -> ends.client().input().readNBytes(back.length));
      FutureTask<Boolean> sending = async(() -> {
        ends.server().output().write(back);
        return true;
      });
      ends.client().output().write(there);
      assertThat(get(atServer)).isEqualTo(there);
      assertThat(get(atClient)).isEqualTo(back);
      assertThat(get(sending)).isTrue();
    }
  }

  @Test
  void singleBytesAndEmptyWritesAreKept() throws Exception {
    try (Pair.Ends ends = open()) {
      ends.client().output().write(new byte[0]);
      ends.client().output().write(0xff);
      ends.client().output().write(0x00);
      assertThat(ends.server().input().read()).isEqualTo(0xff);
      assertThat(ends.server().input().read()).isZero();
      assertThat(ends.server().input().read(new byte[0])).isZero();
    }
  }

  @Test
  void aChannelReadsAndWritesBuffersOfBothKinds() throws Exception {
    try (Pair.Ends ends = open()) {
      for (Duration timeout : List.of(Duration.ZERO, subject().patience())) {
        ends.server().readTimeout(timeout);
        for (ByteBuffer buffer :
            List.of(ByteBuffer.allocate(1000), ByteBuffer.allocateDirect(1000))) {
          buffer.putInt(0x01020304).putLong(5).flip();
          assertThat(ends.client().channel().write(buffer)).isEqualTo(12);
          assertThat(buffer.hasRemaining()).isFalse();
          buffer.clear().limit(12);
          while (buffer.hasRemaining()) {
            assertThat(ends.server().channel().read(buffer)).isPositive();
          }
          assertThat(buffer.flip().getInt()).isEqualTo(0x01020304);
          assertThat(buffer.getLong()).isEqualTo(5);
        }
      }
      ends.client().channel().close();
      assertThat(ends.client().channel().isOpen()).isFalse();
      assertThat(ends.server().channel().read(ByteBuffer.allocateDirect(10))).isEqualTo(-1);
    }
  }

  @Test
  void whatWasWrittenBeforeCloseArrivesAndThenTheEnd() throws Exception {
    byte[] sent = random(200_000, 3);
    try (Pair.Ends ends = open()) {
      FutureTask<byte[]> received = async(() -> ends.server().input().readAllBytes());
      ends.client().output().write(sent);
      ends.client().close();
      assertThat(get(received)).isEqualTo(sent);
    }
  }

  @Test
  void shutdownOutputEndsOneDirectionAndKeepsTheAnswer() throws Exception {
    try (Pair.Ends ends = open()) {
      if (!can(Capability.HALF_CLOSE)) {
        assertKind(() -> ends.client().shutdownOutput(), ErrorKind.UNSUPPORTED);
        ends.client().output().write('x');
        assertThat(ends.server().input().read()).isEqualTo('x');
        return;
      }
      ends.client().output().write(random(5000, 4));
      ends.client().shutdownOutput();
      ends.client().shutdownOutput();
      assertThat(ends.server().input().readAllBytes()).hasSize(5000);
      ends.server().output().write("answer".getBytes(StandardCharsets.US_ASCII));
      ends.server().close();
      assertThat(ends.client().input().readAllBytes()).asString().isEqualTo("answer");
      assertKind(() -> ends.client().output().write(1), ErrorKind.CLOSED);
    }
  }

  @Test
  void shutdownInputEndsAReadOnAnotherThreadAndKeepsTheOutput() throws Exception {
    try (Pair.Ends ends = open()) {
      FutureTask<Integer> read = new FutureTask<>(() -> ends.client().input().read());
      untilInside(Thread.ofVirtual().name("tck").start(read));
      ends.client().shutdownInput();
      ends.client().shutdownInput();
      assertThat(get(read)).isEqualTo(-1);
      ends.server().output().write('x');
      assertThat(ends.client().input().read()).isEqualTo(-1);
      ends.client().output().write('y');
      assertThat(ends.server().input().read()).isEqualTo('y');
      ends.client().close();
      assertKind(() -> ends.client().shutdownInput(), ErrorKind.CLOSED);
    }
  }

  @Test
  void cancelEndsAReadOnAnotherThread() throws Exception {
    try (Pair.Ends ends = open()) {
      FutureTask<Throwable> read = blockedRead(ends.client());
      ends.client().cancel();
      assertKind(get(read), ErrorKind.CLOSED);
    }
  }

  @Test
  void closeEndsAReadOnAnotherThread() throws Exception {
    try (Pair.Ends ends = open()) {
      FutureTask<Throwable> read = blockedRead(ends.client());
      ends.client().close();
      assertKind(get(read), ErrorKind.CLOSED);
    }
  }

  @Test
  void cancelEndsAWriteOnAnotherThread() throws Exception {
    try (Pair.Ends ends = open()) {
      FutureTask<Throwable> write = writing(ends.client(), new Thread[1], new AtomicLong());
      ends.client().cancel();
      assertKind(get(write), ErrorKind.CLOSED);
    }
  }

  @Test
  void theOtherEndOfACancelledStreamDoesNotHang() throws Exception {
    try (Pair.Ends ends = open()) {
      FutureTask<Object> read = async(() -> {
        try {
          return ends.server().input().read();
        } catch (IOException e) {
          return e;
        }
      });
      ends.client().cancel();
      Object outcome = get(read);
      if (outcome instanceof Throwable thrown) {
        assertKind(thrown, ErrorKind.PEER_RESET);
      } else {
        assertThat(outcome).isEqualTo(-1);
      }
    }
  }

  @Test
  void everythingAfterCloseFailsAsClosed() throws Exception {
    try (Pair.Ends ends = open()) {
      ends.client().close();
      ends.client().close();
      ends.client().cancel();
      assertKind(() -> ends.client().input().read(), ErrorKind.CLOSED);
      assertKind(() -> ends.client().output().write(1), ErrorKind.CLOSED);
      assertKind(() -> ends.client().shutdownOutput(), ErrorKind.CLOSED);
    }
  }

  @Test
  void aWriterWaitsForItsReaderAndLosesNothing() throws Exception {
    try (Pair.Ends ends = open()) {
      AtomicLong written = new AtomicLong();
      FutureTask<Throwable> write = writing(ends.client(), new Thread[1], written);
      untilStalled(write, written);
      long stalledAt = written.get();
      assertThat(stalledAt).as("buffered on the way").isLessThan(subject().maxBuffered());
      DataInputStream in = new DataInputStream(ends.server().input());
      for (long i = 0; i < stalledAt / Long.BYTES; i++) {
        if (in.readLong() != i) {
          throw new AssertionError("byte " + i * Long.BYTES + " is wrong");
        }
      }
      ends.client().cancel();
      assertKind(get(write), ErrorKind.CLOSED);
    }
  }

  @Test
  void aReadTimeoutLeavesTheStreamUsable() throws Exception {
    try (Pair.Ends ends = open()) {
      ends.client().readTimeout(SHORT);
      assertKind(() -> ends.client().input().read(), ErrorKind.TIMEOUT);
      assertKind(() -> ends.client().input().read(), ErrorKind.TIMEOUT);
      ends.client().readTimeout(subject().patience());
      ends.server().output().write('y');
      assertThat(ends.client().input().read()).isEqualTo('y');
      ends.client().readTimeout(Duration.ZERO);
      ends.server().output().write('z');
      assertThat(ends.client().input().read()).isEqualTo('z');
    }
  }

  @Test
  void aWriteTimeoutClosesTheStream() throws Exception {
    try (Pair.Ends ends = open()) {
      ends.client().writeTimeout(SHORT);
      FutureTask<Throwable> write = writing(ends.client(), new Thread[1], new AtomicLong());
      assertKind(get(write), ErrorKind.TIMEOUT);
      assertKind(() -> ends.client().output().write(1), ErrorKind.TIMEOUT);
    }
  }

  @Test
  void anInterruptedReadClosesTheStreamOnAVirtualThread() throws Exception {
    interruptedRead(Thread.ofVirtual());
  }

  @Test
  void anInterruptedReadClosesTheStreamOnAPlatformThread() throws Exception {
    interruptedRead(Thread.ofPlatform());
  }

  private void interruptedRead(Thread.Builder threads) throws Exception {
    try (Pair.Ends ends = open()) {
      FutureTask<Boolean> read = new FutureTask<>(() -> {
        assertKind(() -> ends.client().input().read(), ErrorKind.INTERRUPTED);
        return Thread.currentThread().isInterrupted();
      });
      Thread thread = threads.name("tck").start(read);
      untilInside(thread);
      thread.interrupt();
      assertThat(get(read)).as("flag kept").isTrue();
      assertKind(() -> ends.client().output().write(1), ErrorKind.INTERRUPTED);
    }
  }

  @Test
  void anInterruptedWriteClosesTheStream() throws Exception {
    try (Pair.Ends ends = open()) {
      Thread[] writer = new Thread[1];
      FutureTask<Throwable> write = writing(ends.client(), writer, new AtomicLong());
      writer[0].interrupt();
      assertKind(get(write), ErrorKind.INTERRUPTED);
      assertKind(() -> ends.client().input().read(), ErrorKind.INTERRUPTED);
    }
  }

  @Test
  void eachEndKnowsTheOther() throws Exception {
    try (Pair.Ends ends = open()) {
      assertThat(ends.client().remote().name()).isEqualTo(pair.server().destination());
      assertThat(ends.client().local().name()).isEqualTo(pair.client().destination());
      assertThat(ends.server().remote().name()).isEqualTo(pair.client().destination());
      assertThat(ends.server().local().name()).isEqualTo(pair.server().destination());
    }
  }

  @Test
  void portsReachTheOtherEnd() throws Exception {
    ConnectOptions options = ConnectOptions.builder().localPort(4321).build();
    I2pAddress to = I2pAddress.of(pair.server().destination(), 1234);
    if (!can(Capability.PORTS)) {
      assertKind(() -> pair.server().listen(1234), ErrorKind.UNSUPPORTED);
      assertKind(() -> pair.client().connect(to, options), ErrorKind.UNSUPPORTED);
      return;
    }
    try (I2pAcceptor exact = pair.server().listen(1234);
        I2pStream ours = pair.client().connect(to, options);
        I2pStream theirs = exact.accept(subject().patience())) {
      assertThat(theirs.remote().port()).isEqualTo(4321);
      assertThat(theirs.local().port()).isEqualTo(1234);
      assertThat(ours.remote().port()).isEqualTo(1234);
      assertThat(ours.local().port()).isEqualTo(4321);
    }
  }

  @Test
  void manyStreamsAreOpenAtOnce() throws Exception {
    int count = subject().manyStreams();
    List<Pair.Ends> all = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        all.add(open());
      }
      List<FutureTask<Boolean>> echoes = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        Pair.Ends ends = all.get(i);
        byte[] message = random(512, i);
        echoes.add(async(() -> {
          ends.client().output().write(message);
          ends.server().output().write(ends.server().input().readNBytes(message.length));
          assertThat(ends.client().input().readNBytes(message.length)).isEqualTo(message);
          return true;
        }));
      }
      for (FutureTask<Boolean> echo : echoes) {
        assertThat(get(echo)).isTrue();
      }
    } finally {
      all.forEach(Pair.Ends::close);
    }
  }

  private FutureTask<Throwable> blockedRead(I2pStream stream) {
    FutureTask<Throwable> read = new FutureTask<>(() -> {
      try {
        stream.input().read();
        return new AssertionError("read something");
      } catch (IOException e) {
        return e;
      }
    });
    untilInside(Thread.ofVirtual().name("tck").start(read));
    return read;
  }

  /** Counts up, eight bytes at a time, to a peer that does not read; returns when that is under way. */
  private FutureTask<Throwable> writing(I2pStream stream, Thread[] thread, AtomicLong written) {
    FutureTask<Throwable> write = new FutureTask<>(() -> {
      try {
        long next = 0;
        while (true) {
          ByteBuffer block = ByteBuffer.allocate(8192);
          while (block.hasRemaining()) {
            block.putLong(next++);
          }
          stream.output().write(block.array());
          written.addAndGet(block.capacity());
        }
      } catch (IOException e) {
        return e;
      }
    });
    thread[0] = Thread.ofVirtual().name("tck").start(write);
    until(() -> written.get() > 0 || write.isDone());
    return write;
  }

  private void untilStalled(FutureTask<Throwable> write, AtomicLong written) {
    long[] seen = {-1, System.nanoTime()};
    until(() -> {
      if (written.get() != seen[0]) {
        seen[0] = written.get();
        seen[1] = System.nanoTime();
      }
      return write.isDone()
          || written.get() > subject().maxBuffered()
          || System.nanoTime() - seen[1] > STALL.toNanos();
    });
  }
}
