package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.Capability;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class NetcatTest {
  private static final PrintStream NOTHING = new PrintStream(OutputStream.nullOutputStream());
  private static final Output SILENT = new Output(NOTHING, NOTHING, false, false);

  @Test
  void joinsInputAndOutputUntilBothHaveEnded() throws Exception {
    try (I2p i2p = I2p.connect("memory:netcat");
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = client.connect(server.destination().base32().text());
        I2pStream theirs = acceptor.accept()) {
      ByteArrayOutputStream atClient = new ByteArrayOutputStream();
      ByteArrayOutputStream atServer = new ByteArrayOutputStream();
      FutureTask<Boolean> serving =
          new FutureTask<>(() -> join(theirs, "from the server", atServer));
      Thread.ofVirtual().start(serving);
      join(ours, "from the client", atClient);
      serving.get(20, TimeUnit.SECONDS);
      assertThat(atClient).hasToString("from the server");
      assertThat(atServer).hasToString("from the client");
    }
  }

  @Test
  void withoutPatienceItStillSendsAllOfItsInput() throws Exception {
    try (MemoryNetwork poor =
            MemoryNetwork.builder().without(Capability.HALF_CLOSE).manualClock().build();
        I2p i2p = I2p.connect(poor.router("poor"));
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = client.connect(server.destination().base32().text());
        I2pStream theirs = acceptor.accept();
        PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard)) {
      FutureTask<Boolean> joining = new FutureTask<>(() -> {
        new Netcat(ours, 0, false, SILENT).join(in, new ByteArrayOutputStream());
        ours.close();
        return true;
      });
      Thread joins = Thread.ofVirtual().start(joining);
      while (joins.getState() != Thread.State.WAITING
          && joins.getState() != Thread.State.TIMED_WAITING) {
        assertThat(joining.isDone()).as("its input has not ended").isFalse();
        Thread.yield();
      }
      keyboard.write("late".getBytes());
      keyboard.close();
      while (!joining.isDone()) {
        poor.advance(Duration.ofMillis(100));
        Thread.yield();
      }
      assertThat(theirs.input().readAllBytes()).asString().isEqualTo("late");
      assertThat(joining.get(20, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aPeerThatAnsweredAndClosedIsHeardToItsEnd() throws Exception {
    try (I2p i2p = I2p.connect("memory:netcat");
        I2pSession server = i2p.open();
        I2pSession client = i2p.open();
        I2pAcceptor acceptor = server.listen(0);
        I2pStream ours = client.connect(server.destination().base32().text());
        I2pStream theirs = acceptor.accept()) {
      byte[] answer = new byte[50_000]; // which the network takes, whether it is read or not
      CompletableFuture<Thread> typing = new CompletableFuture<>();
      CountDownLatch hears = new CountDownLatch(1);
      CountDownLatch closed = new CountDownLatch(1);
      InputStream in = new InputStream() {
        @Override
        public int read() {
          typing.complete(Thread.currentThread());
          await(closed::await);
          return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
          target[offset] = (byte) read();
          return 1;
        }
      };
      ByteArrayOutputStream heard = new ByteArrayOutputStream() {
        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
          hears.countDown();
          await(() -> typing.join().join());
          super.write(bytes, offset, length);
        }
      };
      FutureTask<Boolean> joining = new FutureTask<>(() -> {
        new Netcat(ours, 5, false, SILENT).join(in, heard);
        return true;
      });
      Thread.ofVirtual().start(joining);
      theirs.output().write(answer, 0, 1);
      hears.await();
      theirs.output().write(answer, 1, answer.length - 1);
      theirs.close();
      closed.countDown();
      assertThat(catchThrowable(() -> joining.get(20, TimeUnit.SECONDS)))
          .as("not all was sent")
          .hasCauseInstanceOf(I2pException.class);
      assertThat(heard.toByteArray()).hasSize(answer.length);
    }
  }

  private interface Waiting {
    void run() throws InterruptedException;
  }

  private static void await(Waiting waiting) {
    try {
      waiting.run();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void itEndsWhenNobodyTakesItsOutput() throws Exception {
    try (I2p i2p = I2p.connect("memory:netcat");
        I2pSession server = i2p.open();
        I2pAcceptor acceptor = server.listen(0);
        PipedOutputStream keyboard = new PipedOutputStream();
        PipedInputStream in = new PipedInputStream(keyboard)) {
      Globals globals = new Globals();
      globals.router = "memory:netcat";
      ConnectCommand command = new ConnectCommand();
      command.address = server.destination().base32().text();
      InputStream usualIn = System.in;
      PrintStream usual = System.out;
      PrintStream nothing = new PrintStream(OutputStream.nullOutputStream());
      System.setIn(in);
      System.setOut(new PrintStream(new GetTest.FullDisk()));
      Stop stop = new Stop();
      try {
        FutureTask<Integer> connecting = new FutureTask<>(
            () -> command.run(globals, new Output(nothing, nothing, false, false), stop));
        Thread.ofVirtual().start(connecting);
        try (I2pStream theirs = acceptor.accept()) {
          theirs.output().write('x');
          assertThat(catchThrowable(() -> connecting.get(20, TimeUnit.SECONDS)).getCause())
              .isInstanceOfSatisfying(
                  CommandFailure.class,
                  failure -> assertThat(failure.exitCode()).isEqualTo(73));
        }
      } finally {
        System.setIn(usualIn);
        System.setOut(usual);
        stop.finished();
      }
    }
  }

  @Test
  void whoReadsReadyMayStopIt() throws Exception {
    Globals globals = new Globals();
    globals.router = "memory:netcat";
    Stop stop = new Stop();
    CompletableFuture<Boolean> readyToStop = new CompletableFuture<>();
    PrintStream usual = System.err;
    PrintStream nothing = new PrintStream(OutputStream.nullOutputStream());
    System.setErr(new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        if (line.equals("ready")) {
          readyToStop.complete(stop.isReady());
        }
      }
    });
    try {
      FutureTask<Integer> listening = new FutureTask<>(
          () -> new ListenCommand().run(globals, new Output(nothing, nothing, false, false), stop));
      Thread.ofVirtual().start(listening);
      assertThat(readyToStop.get(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      System.setErr(usual);
      stop.finished();
    }
  }

  private static boolean join(I2pStream stream, String input, ByteArrayOutputStream output)
      throws Exception {
    InputStream in = new ByteArrayInputStream(input.getBytes());
    new Netcat(stream, 5, false, SILENT).join(in, output);
    return true;
  }
}
