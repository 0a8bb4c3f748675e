package io.allium.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.I2pAddress;
import io.allium.ServeOptions;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class I2pConnectorTest {
  private static Site site(Handler handler) throws Exception {
    return new Site(ServeOptions.defaults()).serving(handler);
  }

  /** Says what it sees; blocks, as handlers may. */
  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      try (InputStream input = Content.Source.asInputStream(request)) {
        input.transferTo(body);
      }
      response.getHeaders().put("X-Path", request.getHttpURI().getPath());
      Content.Sink.write(response, true, body.toString(StandardCharsets.ISO_8859_1), callback);
      return true;
    }
  }

  private static final class WhoAsks extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      I2pAddress peer = I2pConnector.peer(request).orElseThrow();
      String seen = Request.getRemoteAddr(request)
          + " " + ((io.allium.Destination) peer.name()).base32().text()
          + " " + Thread.currentThread().isVirtual();
      Content.Sink.write(response, true, seen, callback);
      return true;
    }
  }

  private static final class Redirect extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Response.sendRedirect(request, response, callback, "/there");
      return true;
    }
  }

  private static final class Broken extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      throw new IllegalStateException("secret of the house");
    }
  }

  @Test
  void aRequestKnowsItsPeerByAddressAndWhatItRunsOn() throws Exception {
    try (Site site = site(new WhoAsks());
        Peer peer = site.peer()) {
      String address = site.client.destination().base32().text();
      assertThat(peer.get("/").body()).isEqualTo(address + " " + address + " true");
    }
  }

  @Test
  void aStreamCarriesManyRequests() throws Exception {
    try (Site site = site(new Echo());
        Peer peer = site.peer()) {
      for (String path : new String[] {"/one", "/two", "/three"}) {
        assertThat(peer.get(path).head()).contains("200 OK", "X-Path: " + path);
      }
      assertThat(site.connector.getConnectedEndPoints()).hasSize(1);
    }
  }

  @Test
  void requestsThatComeTogetherAreAnsweredInOrder() throws Exception {
    try (Site site = site(new Echo());
        Peer peer = site.peer()) {
      String request = "GET /%s HTTP/1.1\r\nHost: site.i2p\r\n\r\n";
      peer.send(request.formatted("one") + request.formatted("two"));
      assertThat(peer.answer().head()).contains("X-Path: /one");
      assertThat(peer.answer().head()).contains("X-Path: /two");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 511, 512, 513, 300_000})
  void aBodyArrivesWhole(int length) throws Exception {
    String body = "x".repeat(length);
    try (Site site = site(new Echo());
        Peer peer = site.peer()) {
      peer.send("POST / HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: " + length + "\r\n\r\n");
      assertThat(peer.send(body).answer().body()).isEqualTo(body);
      peer.send("POST / HTTP/1.1\r\nHost: site.i2p\r\nTransfer-Encoding: chunked\r\n\r\n");
      if (length > 0) {
        peer.send(Integer.toHexString(length) + "\r\n" + body + "\r\n");
      }
      assertThat(peer.send("0\r\n\r\n").answer().body()).isEqualTo(body);
    }
  }

  @Test
  void aPeerThatSendsByteByByteIsServed() throws Exception {
    try (Site site = site(new Echo());
        Peer peer = site.peer()) {
      String request = "POST /slow HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: 5\r\n\r\nhello";
      for (int i = 0; i < request.length(); i++) {
        peer.send(request.substring(i, i + 1));
      }
      assertThat(peer.answer().body()).isEqualTo("hello");
    }
  }

  /** With half-close and without: then the answer arrives, and the stream ends. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerThatIsTheLastOneIsWholeAndEndsTheStream(boolean halfClose) throws Exception {
    Capability[] missing = halfClose ? new Capability[0] : new Capability[] {Capability.HALF_CLOSE};
    try (Site site = new Site(ServeOptions.defaults(), missing).serving(new Echo());
        Peer peer = site.peer()) {
      String body = "y".repeat(100_000);
      peer.send(
          "POST / HTTP/1.1\r\nHost: site.i2p\r\nConnection: close\r\nContent-Length: 100000\r\n"
              + "\r\n" + body);
      assertThat(peer.answer().body()).isEqualTo(body);
      assertThat(peer.rest()).isEmpty();
      peer.close();
      site.awaitEnds(1);
    }
  }

  @Test
  void peersLearnNoSoftwareAndNoClock() throws Exception {
    try (Site site = site(new Broken());
        Peer peer = site.peer()) {
      Peer.Answer answer = peer.get("/");
      assertThat(answer.status()).isEqualTo(500);
      assertThat(answer.head()).doesNotContainIgnoringCase("Server:", "Date:", "Jetty", "Powered");
      assertThat(answer.body()).doesNotContain("Jetty", "\tat ", "I2pConnectorTest");
    }
  }

  @Test
  void aRedirectOfARequestWithoutHostNamesTheI2pAddress() throws Exception {
    try (Site site = new Site(ServeOptions.defaults())) {
      site.connector
          .getConnectionFactory(HttpConnectionFactory.class)
          .getHttpConfiguration()
          .setRelativeRedirectAllowed(false);
      site.serving(new Redirect());
      try (Peer peer = site.peer()) {
        String head = peer.send("GET / HTTP/1.0\r\n\r\n").head();
        assertThat(head)
            .contains(HttpHeader.LOCATION + ": http://"
                + site.here.destination().base32().text() + "/there\r\n");
      }
    }
  }

  @Test
  void aGiantHeaderIsRefusedAndEndsTheStream() throws Exception {
    try (Site site = site(new Echo());
        Peer peer = site.peer()) {
      peer.send("GET / HTTP/1.1\r\nHost: site.i2p\r\nX-Giant: " + "g".repeat(20_000));
      assertThat(peer.answer().status()).isEqualTo(431);
      assertThat(peer.rest()).isEmpty();
      peer.close();
      site.awaitEnds(1);
    }
  }
}
