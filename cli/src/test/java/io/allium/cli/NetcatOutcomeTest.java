package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When {@code connect} and {@code listen} may say that all is well, on a router that cannot tell, as over SAM. */
class NetcatOutcomeTest {
  private static final int ALL_IS_SENT = 256 * 1024;

  private final MemoryNetwork network = MemoryNetwork.builder()
      .without(Capability.HALF_CLOSE, Capability.CLEAN_END, Capability.DELIVERY_KNOWN)
      .manualClock()
      .build();
  private final I2p i2p = I2p.connect(network.router("router"));
  private final I2pSession server = i2p.open();
  private final I2pSession client = i2p.open();
  private final I2pAcceptor acceptor = server.listen(0);
  private final I2pStream ours = client.connect(server.destination());
  private final I2pStream theirs = acceptor.accept();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteArrayOutputStream got = new ByteArrayOutputStream();

  /** Once it has met the end of the input. */
  private final CompletableFuture<Thread> sender = new CompletableFuture<>();

  NetcatOutcomeTest() throws IOException {}

  @AfterEach
  void close() {
    i2p.close(Duration.ZERO);
    network.close();
  }

  /** The code that it ends with. */
  private FutureTask<Integer> join(InputStream in, int wait, boolean confirmed) {
    Output out = new Output(
        new PrintStream(OutputStream.nullOutputStream()), new PrintStream(said), false, false);
    FutureTask<Integer> joining = new FutureTask<>(() -> {
      @Nullable
      Throwable failure =
          catchThrowable(() -> new Netcat(ours, wait, confirmed, out).join(in, got));
      ours.close();
      return failure == null ? 0 : ((CommandFailure) failure).exitCode();
    });
    Thread.ofVirtual().start(joining);
    return joining;
  }

  private static int code(FutureTask<Integer> joining) throws Exception {
    return joining.get(30, TimeUnit.SECONDS);
  }

  /** Of one that leaves when nothing has come for a while. */
  private int codeInTime(FutureTask<Integer> joining) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!joining.isDone()) {
      assertThat(System.nanoTime()).as("waited for its end").isLessThan(end);
      network.advance(Duration.ofMillis(100));
      Thread.yield();
    }
    return code(joining);
  }

  private InputStream input(int size) {
    return new ByteArrayInputStream(new byte[size]) {
      @Override
      public synchronized int read(byte[] target, int offset, int length) {
        int count = super.read(target, offset, length);
        if (count < 0) {
          sender.complete(Thread.currentThread());
        }
        return count;
      }
    };
  }

  /** Takes what comes, so that the one who sends gets to the end of it. */
  private void readAll() {
    Thread.ofVirtual()
        .start(new FutureTask<>(() -> theirs.input().transferTo(OutputStream.nullOutputStream())));
  }

  @Test
  void whoEndsFirstAfterLittleIsDone() throws Exception {
    readAll();
    assertThat(codeInTime(join(input(ALL_IS_SENT), 0, false))).isZero();
    assertThat(said).hasToString("delivery not confirmed\n");
  }

  @Test
  void whoEndsFirstAfterMuchDoesNotKnowWhetherItArrived() throws Exception {
    readAll();
    assertThat(codeInTime(join(input(ALL_IS_SENT + 1), 0, false))).isEqualTo(75);
  }

  @Test
  void confirmedFailsWhereNobodyConfirms() throws Exception {
    readAll();
    assertThat(codeInTime(join(input(1), 0, true))).isEqualTo(75);
  }

  @Test
  void anAnswerAfterTheInputsEndTellsThatItArrived() throws Exception {
    readAll();
    FutureTask<Integer> joining = join(input(ALL_IS_SENT + 1), 30, false);
    awaitSent();
    theirs.output().write('!');
    theirs.close();
    assertThat(code(joining)).isZero();
    assertThat(got).hasToString("!");
  }

  @Test
  void aPeerThatIsGoneBeforeAllWasSentHasNotAllOfIt() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    FutureTask<Integer> joining = join(
        new InputStream() {
          @Override
          public int read() {
            throw new AssertionError("reads blocks");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            try {
              never.await();
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
            return -1;
          }

          @Override
          public int available() {
            return 8;
          }
        },
        30,
        false);
    theirs.close();
    assertThat(code(joining)).isEqualTo(75);
    never.countDown();
  }

  @Test
  void anEndWithoutAWordAfterTheInputIsNoAnswer() throws Exception {
    readAll();
    FutureTask<Integer> joining = join(input(100), 30, false);
    awaitSent();
    theirs.close();
    assertThat(code(joining)).isEqualTo(75);
  }

  @Test
  void whoOnlyListensIsDoneWithTheEnd() throws Exception {
    FutureTask<Integer> joining = join(input(0), 30, false);
    theirs.output().write("file".getBytes());
    theirs.close();
    assertThat(code(joining)).isZero();
    assertThat(got).hasToString("file");
  }

  private void awaitSent() throws Exception {
    sender.get(30, TimeUnit.SECONDS).join();
  }
}
