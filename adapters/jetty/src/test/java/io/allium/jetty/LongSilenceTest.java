package io.allium.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.ServeOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.server.WebSocketUpgradeHandler;
import org.junit.jupiter.api.Test;

/**
 * Connections whose application asked for no idle timeout outlive that of plain HTTP, again and again. An hour by command:
 * {@code ./mvnw test -pl adapters/jetty -am -Dtest=LongSilenceTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dallium.test.timeout=3h -Dallium.fork.seconds=9000 -Dallium.jvm.options=-Dallium.silence=PT30M}.
 */
class LongSilenceTest {
  private static final ServeOptions IMPATIENT = ServeOptions.builder()
      .readTimeout(Duration.parse(System.getProperty("allium.silence", "PT2S")))
      .build();
  private static final int SILENCES = 2;

  /** Sends back what it hears. */
  public static final class EchoSocket extends Session.Listener.Abstract
      implements Session.Listener.AutoDemanding {
    @Override
    public void onWebSocketText(String message) {
      getSession().sendText(message, org.eclipse.jetty.websocket.api.Callback.NOOP);
    }
  }

  /** A stream of events, sent whenever the test has one. */
  private static final class Events extends Handler.Abstract {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      request.addIdleTimeoutListener(timeout -> false);
      response.getHeaders().put("Content-Type", "text/event-stream");
      for (String event = "begin"; !event.equals("end"); event = events.take()) {
        Content.Sink.write(
            response, false, StandardCharsets.UTF_8.encode("data: " + event + "\n\n"));
      }
      callback.succeeded();
      return true;
    }
  }

  @Test
  void aWebSocketWithoutATimeout() throws Exception {
    try (Site site = new Site(IMPATIENT)) {
      site.serving(WebSocketUpgradeHandler.from(site.server, container -> {
        container.setIdleTimeout(Duration.ZERO);
        container.addMapping("/", (request, response, callback) -> new EchoSocket());
      }));
      try (Peer peer = site.peer()) {
        peer.send(String.join(
            "\r\n",
            "GET / HTTP/1.1",
            "Host: site.i2p",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
            "",
            ""));
        assertThat(peer.head()).contains("101", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
        for (int i = 0; i < SILENCES; i++) {
          assertEchoes(peer, "ping " + i);
          site.awaitIdleTimeout();
        }
        assertEchoes(peer, "still here");
      }
    }
  }

  private static void assertEchoes(Peer peer, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] frame = new byte[6 + bytes.length];
    frame[0] = (byte) 0x81; // the only frame of a text
    frame[1] = (byte) (0x80 | bytes.length); // masked with zeros
    System.arraycopy(bytes, 0, frame, 6, bytes.length);
    peer.send(frame);
    byte[] head = peer.bytes(2);
    assertThat(head).containsExactly(0x81, bytes.length);
    assertThat(peer.bytes(bytes.length)).isEqualTo(bytes);
  }

  @Test
  void serverSentEventsWithoutATimeout() throws Exception {
    Events events = new Events();
    try (Site site = new Site(IMPATIENT).serving(events);
        Peer peer = site.peer()) {
      peer.send("GET / HTTP/1.1\r\nHost: site.i2p\r\n\r\n");
      assertThat(peer.head()).contains("200", "text/event-stream");
      assertEvent(peer, "begin");
      for (int i = 0; i < SILENCES; i++) {
        site.awaitIdleTimeout();
        events.events.add("event " + i);
        assertEvent(peer, "event " + i);
      }
      events.events.add("end");
      assertThat(peer.line()).isEmpty();
      assertThat(peer.line()).isEqualTo("0");
    }
  }

  /** Each is one chunk: the end of the one before, its size, the event, an empty line. */
  private static void assertEvent(Peer peer, String text) throws IOException {
    if (peer.line().isEmpty()) {
      peer.line();
    }
    assertThat(peer.line()).isEqualTo("data: " + text);
    assertThat(peer.line()).isEmpty();
  }
}
