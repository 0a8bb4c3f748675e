package io.allium.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.ErrorKind;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.ServeOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** Peers that break off, say nothing or do not read, and a server that stops. */
class HardTimesTest {
  private static final ServeOptions IMPATIENT =
      ServeOptions.builder().readTimeout(Duration.ofMillis(300)).build();

  /** What a test does with a request. */
  @FunctionalInterface
  private interface Work {
    void run(Request request, Response response) throws Exception;
  }

  private static Handler handler(Work work) {
    return new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        work.run(request, response);
        callback.succeeded();
        return true;
      }
    };
  }

  private static void say(Response response, String text) throws IOException {
    try (OutputStream output = Content.Sink.asOutputStream(response)) {
      output.write(text.getBytes());
    }
  }

  @Test
  void halfARequestAndSilenceEndsTheStream() throws Exception {
    try (Site site = new Site(IMPATIENT).serving(handler((request, response) -> {}));
        Peer peer = site.peer()) {
      peer.send("GET / HTTP/1.1\r\nHost: si");
      assertThat(peer.rest()).doesNotContain("200");
      site.awaitEnds(1);
    }
  }

  @Test
  void halfABodyAndSilenceFailsTheRequestOnly() throws Exception {
    CompletableFuture<Exception> seen = new CompletableFuture<>();
    try (Site site = new Site(IMPATIENT).serving(handler((request, response) -> {
          try (InputStream input = Content.Source.asInputStream(request)) {
            input.readAllBytes();
            say(response, "whole");
          } catch (IOException e) {
            seen.complete(e);
            throw e;
          }
        }));
        Peer silent = site.peer();
        Peer other = site.peer()) {
      silent.send("POST / HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: 10\r\n\r\nhalf");
      assertThat(seen.get()).isInstanceOf(IOException.class);
      assertThat(silent.rest()).doesNotContain("whole");
      try (Peer next = site.peer()) {
        assertThat(next.get("/").body()).isEqualTo("whole");
      }
    }
  }

  @Test
  void aResetInTheMiddleFailsThatRequestAndNoOther() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Exception> seen = new CompletableFuture<>();
    try (Site site = new Site(ServeOptions.defaults()).serving(handler((request, response) -> {
      try (InputStream input = Content.Source.asInputStream(request)) {
        input.read();
        begun.countDown();
        input.readAllBytes();
        say(response, "whole");
      } catch (IOException e) {
        seen.complete(e);
        throw e;
      }
    }))) {
      try (Peer peer = site.peer()) {
        peer.send("POST / HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: 10\r\n\r\nhalf");
        begun.await();
        peer.reset();
      }
      assertThat(seen.get()).isInstanceOf(IOException.class);
      try (Peer next = site.peer()) {
        next.send("POST / HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: 4\r\n\r\nhalf");
        assertThat(next.answer().body()).isEqualTo("whole");
      }
    }
  }

  /** Larger than everything that waits between a writer and a reader. */
  private static final int LARGE = 4_000_000;

  @Test
  void aPeerThatDoesNotReadHoldsUpNobodyAndGetsAllOnceItReads() throws Exception {
    try (Site site = new Site(ServeOptions.defaults())
            .serving(handler((request, response) -> say(
                response,
                request.getHttpURI().getPath().equals("/large") ? "z".repeat(LARGE) : "small")));
        Peer slow = site.peer();
        Peer other = site.peer()) {
      slow.send("GET /large HTTP/1.1\r\nHost: site.i2p\r\n\r\n");
      assertThat(slow.bytes(1)).hasSize(1);
      assertThat(other.get("/").body()).isEqualTo("small");
      assertThat(slow.answer().body()).hasSize(LARGE);
    }
  }

  @Test
  void aPeerThatNeverReadsFailsTheWriteInTime() throws Exception {
    CompletableFuture<Exception> seen = new CompletableFuture<>();
    ServeOptions options =
        ServeOptions.builder().writeTimeout(Duration.ofMillis(300)).build();
    try (Site site = new Site(options).serving(handler((request, response) -> {
          try {
            say(response, "z".repeat(LARGE));
          } catch (IOException e) {
            seen.complete(e);
            throw e;
          }
        }));
        Peer peer = site.peer()) {
      peer.send("GET / HTTP/1.1\r\nHost: site.i2p\r\n\r\n");
      assertThat(seen.get()).hasRootCauseInstanceOf(I2pException.class);
      site.awaitEnds(1);
    }
  }

  @Test
  void stoppingLetsARequestFinishAndRefusesNewStreams() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    try (Site site = new Site(ServeOptions.defaults())) {
      site.server.setStopTimeout(60_000);
      site.serving(handler((request, response) -> {
        begun.countDown();
        mayEnd.await();
        say(response, "finished");
      }));
      try (Peer idle = site.peer();
          Peer busy = site.peer()) {
        busy.send("GET / HTTP/1.1\r\nHost: site.i2p\r\n\r\n");
        begun.await();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> {
          try {
            site.server.stop();
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
        assertThat(idle.rest()).isEmpty(); // the idle timeout of a shutdown: it has begun
        assertThatThrownBy(() -> site.client.connect(site.here.destination()))
            .isInstanceOfSatisfying(
                I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.PEER_REFUSED));
        assertThat(stopped).isNotDone();
        mayEnd.countDown();
        Peer.Answer answer = busy.answer();
        assertThat(answer.body()).isEqualTo("finished");
        assertThat(answer.head()).contains("Connection: close");
        busy.close();
        stopped.get();
        assertThat(site.connector.getConnectedEndPoints()).isEmpty();
      }
    }
  }

  @Test
  void stoppingWithoutATimeCutsWhatIsThereAndAServerStartsAgain() throws Exception {
    try (Site site = new Site(ServeOptions.defaults())
        .serving(handler((request, response) -> say(response, "hello")))) {
      try (Peer idle = site.peer()) {
        assertThat(idle.get("/").body()).isEqualTo("hello");
        site.server.stop();
        assertThat(idle.rest()).isEmpty();
      }
      assertThat(site.connector.getConnectedEndPoints()).isEmpty();
      site.server.start();
      try (Peer peer = site.peer()) {
        assertThat(peer.get("/").body()).isEqualTo("hello");
      }
    }
  }

  @Test
  void aSessionThatIsClosedEndsItsConnectionsAndTheServerStops() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Exception> seen = new CompletableFuture<>();
    try (Site site = new Site(ServeOptions.defaults()).serving(handler((request, response) -> {
          try (InputStream input = Content.Source.asInputStream(request)) {
            begun.countDown();
            input.readAllBytes();
          } catch (IOException e) {
            seen.complete(e);
            throw e;
          }
        }));
        Peer idle = site.peer();
        Peer busy = site.peer()) {
      busy.send("POST / HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: 10\r\n\r\nhalf");
      begun.await();
      site.here.close(Duration.ZERO);
      assertThat(seen.get()).isInstanceOf(IOException.class);
      site.awaitEnds(2);
      site.server.stop();
      site.awaitNoEndPoints();
    }
  }

  @Test
  void aServerOfAClosedSessionDoesNotStart() throws Exception {
    try (Site site = new Site(ServeOptions.defaults())) {
      site.here.close();
      assertThatThrownBy(() -> site.serving(handler((request, response) -> {})))
          .isInstanceOfSatisfying(
              I2pException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.CLOSED));
    }
  }

  /** The second stream waits 5 s for a place, then it is reset. */
  @Test
  void aPeerThatHasItsShareIsResetAndAnotherIsServed() throws Exception {
    ServeOptions options = ServeOptions.builder().maxStreams(4, 1).build();
    try (Site site =
            new Site(options).serving(handler((request, response) -> say(response, "hello")));
        I2pSession stranger = site.i2p.open();
        Peer first = site.peer()) {
      assertThat(first.get("/").body()).isEqualTo("hello");
      try (Peer second = site.peer();
          Peer other = Peer.of(stranger, site.here)) {
        assertThat(other.get("/").body()).isEqualTo("hello");
        assertThatThrownBy(() -> second.get("/")).isInstanceOf(IOException.class);
      }
      assertThat(first.get("/").body()).isEqualTo("hello");
    }
  }
}
