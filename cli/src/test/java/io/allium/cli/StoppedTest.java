package io.allium.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.ErrorKind;
import io.allium.I2pException;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command that is stopped in the middle says of sites and routers: nothing, for it does not know. */
class StoppedTest {
  private final Stop stop = new Stop();
  private final Globals globals = new Globals();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private final CountDownLatch asked = new CountDownLatch(1);
  private ServerSocket router;

  @BeforeEach
  void open() throws IOException {
    router = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    globals.router = "sam://127.0.0.1:" + router.getLocalPort();
  }

  @AfterEach
  void close() throws IOException {
    router.close();
  }

  @Test
  void isupCallsNoSiteDown() throws Exception {
    IsUpCommand command = new IsUpCommand();
    command.names = List.of("a.i2p", "b.i2p");
    assertStopped(command, "NAMING LOOKUP");
    assertThat(data).hasToString("");
  }

  @Test
  void resolveAsksForNoFurtherName() throws Exception {
    ResolveCommand command = new ResolveCommand();
    command.names = List.of("a.i2p", "b.i2p");
    assertStopped(command, "NAMING LOOKUP");
  }

  @Test
  void aWatchDoesNotCallTheRouterDown() throws Exception {
    StatusCommand command = new StatusCommand();
    command.watch = true;
    command.seconds = 0;
    assertStopped(command, "HELLO");
    assertThat(data.toString(StandardCharsets.UTF_8)).endsWith("ready" + System.lineSeparator());
  }

  @Test
  void whatWasStoppedReportsNoError(@TempDir Path folder) throws Exception {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    PrintStream out = new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void println(String line) {
        if (line.equals("ready")) {
          ready.complete(true);
        }
      }
    };
    FutureTask<Integer> serving = new FutureTask<>(() -> Main.run(
        stop,
        out,
        new PrintStream(data, true),
        "--router",
        "memory:x",
        "serve",
        folder.toString()));
    Thread.ofVirtual().start(serving);
    ready.get(20, TimeUnit.SECONDS);
    stop.closeEarly();
    assertThat(serving.get(20, TimeUnit.SECONDS)).isEqualTo(130);
    assertThat(data.toString(StandardCharsets.UTF_8)).doesNotContain("allium: ");
  }

  private void assertStopped(AlliumCommand command, String answersNo) throws Exception {
    Thread.ofVirtual().start(() -> serve(answersNo));
    Output out = new Output(new PrintStream(data, true), new PrintStream(data, true), false, true);
    FutureTask<Integer> running = new FutureTask<>(() -> command.run(globals, out, stop));
    Thread.ofVirtual().start(running);
    assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
    stop.finished();
    assertThat(catchThrowable(() -> running.get(20, TimeUnit.SECONDS)).getCause())
        .isInstanceOfSatisfying(
            I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLOSED));
  }

  /** A router with SAM that once does not answer; a watch has asked it for its version twice before. */
  private void serve(String answersNo) {
    try {
      for (int i = 0; true; i++) {
        Socket client = router.accept();
        String silent = answersNo.equals("HELLO") && i < 2 ? "none" : answersNo;
        Thread.ofVirtual().start(() -> serve(client, silent));
      }
    } catch (IOException e) {
      // the test is over
    }
  }

  private void serve(Socket client, String silent) {
    try (client) {
      BufferedReader in = new BufferedReader(
          new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith(silent)) {
          asked.countDown();
        } else {
          String answer = line.startsWith("HELLO")
              ? "HELLO REPLY RESULT=OK VERSION=3.1\n"
              : "SESSION STATUS RESULT=OK DESTINATION=x\n";
          client.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        }
      }
    } catch (IOException e) {
      // the client was stopped
    }
  }
}
