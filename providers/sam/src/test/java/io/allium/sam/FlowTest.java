package io.allium.sam;

import static io.allium.sam.Fixture.TO_PEER;
import static io.allium.sam.Fixture.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What writing, closing and cancelling are on the wire. */
class FlowTest {
  private final StubBridge bridge;
  private final CountDownLatch reads = new CountDownLatch(1);
  private final CompletableFuture<Long> took = new CompletableFuture<>();
  private final I2p i2p;
  private final I2pSession session;
  private I2pStream stream;

  FlowTest() throws IOException {
    bridge = StubBridge.speaking("3.3").on("STREAM CONNECT", (connection, line) -> {
      connection.send("STREAM STATUS RESULT=OK\n");
      reads.await();
      took.complete(connection.awaitEnd());
    });
    i2p = I2p.connect(bridge.uri());
    session = i2p.open(config().build());
    stream = session.connect(TO_PEER);
  }

  @BeforeEach
  void connected() {
    bridge.awaitConnection("STREAM CONNECT");
  }

  @AfterAll
  static void noThreadIsLeft() {
    LiveThreads.awaitNone();
  }

  @AfterEach
  void nothingIsLeft() {
    reads.countDown();
    i2p.close(Duration.ZERO);
    bridge.awaitAllClosed();
    bridge.close();
  }

  @Test
  void aWriterWaitsForASlowReaderInsteadOfCollectingBytes() throws Exception {
    byte[] block = new byte[1 << 16];
    AtomicLong written = new AtomicLong();
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread writer = Thread.ofVirtual().start(() -> {
      try {
        while (written.get() < 64L << 20) {
          stream.output().write(block);
          written.addAndGet(block.length);
        }
        stream.close();
        outcome.complete(new Exception("done"));
      } catch (IOException e) {
        outcome.complete(e);
      }
    });
    StubBridge.await("the writer to block", () -> writer.getState() == Thread.State.WAITING);
    assertThat(written.get()).as("what the two sockets hold").isLessThan(32L << 20);
    reads.countDown();
    assertThat(outcome.get(10, TimeUnit.SECONDS)).hasMessage("done");
    assertThat(took.get(10, TimeUnit.SECONDS)).isEqualTo(64L << 20);
  }

  @Test
  void aWriteTimeoutEndsTheStream() throws Exception {
    stream.writeTimeout(Duration.ofMillis(200));
    assertThat(Fixture.kind(() -> {
          while (true) {
            stream.output().write(new byte[1 << 20]);
          }
        }))
        .isEqualTo(ErrorKind.TIMEOUT);
    reads.countDown();
    took.get(9, TimeUnit.SECONDS);
    assertThat(bridge.awaitConnection("STREAM CONNECT").end()).isEqualTo(StubConnection.End.RESET);
  }

  @Test
  void closeDeliversWhatWasWritten() throws Exception {
    stream.output().write(new byte[100_000]);
    stream.close();
    reads.countDown();
    assertThat(took.get(9, TimeUnit.SECONDS)).isEqualTo(100_000L);
    assertThat(bridge.awaitConnection("STREAM CONNECT").end())
        .isEqualTo(StubConnection.End.FINISHED);
  }

  @Test
  void closeOverUnreadBytesStillDeliversWhatWasWritten() throws Exception {
    bridge.awaitConnection("STREAM CONNECT").send(new byte[50_000]);
    StubBridge.await("bytes that nobody reads", () -> {
      try {
        return stream.input().available() > 0;
      } catch (IOException e) {
        return false;
      }
    });
    stream.output().write(new byte[100_000]);
    stream.close();
    reads.countDown();
    assertThat(took.get(9, TimeUnit.SECONDS)).isEqualTo(100_000L);
    assertThat(bridge.awaitConnection("STREAM CONNECT").end())
        .isEqualTo(StubConnection.End.FINISHED);
    bridge.awaitConnection("STREAM CONNECT").close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 14, 1 << 19})
  void closeDeliversWhatWasWrittenAlsoToARouterThatStillSends(int size) throws Exception {
    stream.output().write(new byte[size]);
    stream.close();
    bridge.awaitConnection("STREAM CONNECT").send("x");
    reads.countDown();
    assertThat(took.get(9, TimeUnit.SECONDS)).isEqualTo(size);
  }

  /** What the router sends then must not make the kernel drop what is under way to it. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void closeDeliversWhatWasWrittenAlsoWhileAnotherThreadReads(boolean virtual) throws Exception {
    CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
    Runnable read = () -> outcome.complete(Fixture.kind(() -> stream.input().read()));
    Thread reader =
        virtual ? Thread.ofVirtual().start(read) : Thread.ofPlatform().daemon().start(read);
    stream.output().write(new byte[400_000]);
    if (virtual) {
      StubBridge.await("the reader to block", () -> reader.getState() == Thread.State.WAITING);
    }
    stream.close();
    bridge.awaitConnection("STREAM CONNECT").send("x");
    assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
    reads.countDown();
    assertThat(took.get(9, TimeUnit.SECONDS)).isEqualTo(400_000L);
    bridge.awaitConnection("STREAM CONNECT").close();
  }

  @Test
  void closeEndsAReadOfAnotherThreadAtOnce() throws Exception {
    CompletableFuture<ErrorKind> outcome = new CompletableFuture<>();
    Thread reader = Thread.ofVirtual()
        .start(() -> outcome.complete(Fixture.kind(() -> stream.input().read())));
    StubBridge.await("the reader to block", () -> reader.getState() == Thread.State.WAITING);
    stream.close();
    assertThat(outcome.get(9, TimeUnit.SECONDS)).isEqualTo(ErrorKind.CLOSED);
  }

  @Test
  void cancelIsAReset() throws Exception {
    stream.output().write(new byte[100_000]);
    stream.cancel();
    reads.countDown();
    took.get(9, TimeUnit.SECONDS);
    assertThat(bridge.awaitConnection("STREAM CONNECT").end()).isEqualTo(StubConnection.End.RESET);
  }

  @Test
  void aReadTimeoutLeavesTheStreamUsable() throws Exception {
    stream.readTimeout(Duration.ofMillis(50));
    assertThat(Fixture.kind(() -> stream.input().read())).isEqualTo(ErrorKind.TIMEOUT);
    bridge.awaitConnection("STREAM CONNECT").send("x");
    stream.readTimeout(Duration.ZERO);
    assertThat(stream.input().read()).isEqualTo('x');
  }
}
