package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.jetty.I2pConnector;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;

/** A Jetty server on one router, a client on another: requests on one stream, the last one ends it. */
@RequiresI2pd
class JettyOnI2pdTest {
  private static final class WhoAsks extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String seen = request.getHttpURI().getPath() + " " + Request.getRemoteAddr(request);
      Content.Sink.write(response, true, seen, callback);
      return true;
    }
  }

  @Test
  void requestsOfOneStreamAreAnsweredAndKnowTheirPeer() throws Exception {
    TestNet net = SharedNet.fast();
    try (I2p there = I2p.connect(net.router(1));
        I2pSession site = there.open();
        I2p here = I2p.connect(net.router(0));
        I2pSession client = here.open()) {
      Server server = new Server();
      server.addConnector(new I2pConnector(server, site));
      server.setHandler(new WhoAsks());
      server.start();
      try {
        site.awaitReachable(Duration.ofMinutes(1));
        try (I2pStream stream = client.connect(site.destination())) {
          BufferedReader answers = new BufferedReader(new InputStreamReader(stream.input()));
          String peer = client.destination().base32().text();
          for (String path : new String[] {"/one", "/two", "/three"}) {
            assertAnswered(stream, answers, path, "", peer);
          }
          assertAnswered(stream, answers, "/last", "Connection: close\r\n", peer);
          assertThat(answers.read()).isEqualTo(-1);
        }
      } finally {
        server.stop();
      }
    }
  }

  private static void assertAnswered(
      I2pStream stream, BufferedReader answers, String path, String header, String peer)
      throws Exception {
    stream
        .output()
        .write(("GET " + path + " HTTP/1.1\r\nHost: site.i2p\r\n" + header + "\r\n").getBytes());
    assertThat(answers.readLine()).contains("200");
    while (!answers.readLine().isEmpty()) {
      // headers
    }
    char[] body = new char[path.length() + 1 + peer.length()];
    for (int at = 0; at < body.length; ) {
      int count = answers.read(body, at, body.length - at);
      assertThat(count).isPositive();
      at += count;
    }
    assertThat(new String(body)).isEqualTo(path + " " + peer);
  }
}
