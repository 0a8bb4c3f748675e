package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.proxy.ProxyOptions;
import java.io.ByteArrayInputStream;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rows of the table of threats that concern a proxy are named P1 to P14, here and in the tests beside. */
class HttpProxyTest extends OneSite {
  @Test
  void theJdksClientReadsAndPosts() throws Exception {
    try (HttpClient client = HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .proxy(ProxySelector.of(proxy.localAddress()))
        .build()) {
      for (String host : List.of("site.i2p", site.destination().base32().text())) {
        for (String path : List.of("/", "/chunked")) {
          HttpResponse<String> answer = client.send(
              HttpRequest.newBuilder(URI.create("http://" + host + path)).build(),
              HttpResponse.BodyHandlers.ofString());
          assertThat(answer.statusCode()).isEqualTo(200);
          assertThat(answer.body()).isEqualTo("hello");
          assertThat(answer.headers().firstValue("Alt-Svc")).isEmpty();
          assertThat(seen().headers().get("User-agent")).containsExactly(SiteHeaders.USER_AGENT);
        }
      }
      byte[] large = new byte[300_000];
      Arrays.fill(large, (byte) 'x');
      for (HttpRequest.BodyPublisher body : List.of(
          HttpRequest.BodyPublishers.ofByteArray(large),
          HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)))) {
        HttpResponse<byte[]> answer = client.send(
            HttpRequest.newBuilder(URI.create("http://site.i2p/post"))
                .POST(body)
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.body()).isEqualTo(large);
      }
    }
  }

  @Test
  void connectCarriesBytesWithThoseThatCameAtOnce() throws Exception {
    I2pSession plain = i2p.open();
    String host = plain.destination().base32().text();
    try (I2pAcceptor acceptor = plain.listen(443);
        Socket socket = dial(proxy)) {
      socket
          .getOutputStream()
          .write(("CONNECT " + host + ":443 HTTP/1.1\r\nHost: " + host + ":443\r\n\r\nping")
              .getBytes(StandardCharsets.US_ASCII));
      try (I2pStream stream = acceptor.accept()) {
        assertThat(stream.input().readNBytes(4)).asString().isEqualTo("ping");
        stream.output().write("pong".getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 200 Connection established\r\n\r\npong");
    }
  }

  @Test
  void p5EachRequestOfAConnectionIsCheckedAndTheStreamIsKept() throws Exception {
    String answers = ask(get("http://site.i2p/a", "site.i2p", "User-Agent: one") + "\r\n"
        + get("http://site.i2p/b", "site.i2p", "User-Agent: two", "X-Real-IP: 1.2.3.4") + "\r\n"
        + last(get("http://127.0.0.1/c", "127.0.0.1")));
    assertThat(Pattern.compile("HTTP/1.1 (\\d+)").matcher(answers).results().map(m -> m.group(1)))
        .containsExactly("200", "200", "403");
    Seen first = seen();
    Seen second = seen();
    assertThat(second.headers().get("User-agent")).containsExactly(SiteHeaders.USER_AGENT);
    assertThat(second.headers()).doesNotContainKey("X-real-ip");
    assertThat(second.port()).as("the same connection").isEqualTo(first.port());
  }

  @Test
  void p1P2P4OnlyKnownHeadersGoThrough() throws Exception {
    ask(last(get(
        "http://site.i2p/",
        "site.i2p",
        "User-Agent:close",
        "uSER-aGENT: mixed",
        "User-Agent: folded",
        "\tover lines",
        "Accept: text/html",
        "Accept-Language: de",
        "Accept-Encoding: br, gzip;q=0.8",
        "Sec-CH-UA: x",
        "Sec-Fetch-Site: none",
        "X-Forwarded-For: 10.0.0.1",
        "Client-IP: 10.0.0.1",
        "Via: me",
        "DNT: 1",
        "Cookie2: x",
        "Cookie: a=b",
        "Proxy-Connection: keep-alive")));
    Map<String, List<String>> headers = seen().headers();
    assertThat(headers.keySet()).containsExactly("Accept-encoding", "Cookie", "Host", "User-agent");
    assertThat(headers.get("User-agent")).containsExactly(SiteHeaders.USER_AGENT);
    assertThat(headers.get("Accept-encoding")).containsExactly("gzip");
  }

  @Test
  void p3RefererAndOriginAreToldToTheirOwnSiteAlone() throws Exception {
    ask(last(get(
        "http://site.i2p/",
        "site.i2p",
        "Referer: http://site.i2p/x?y",
        "Origin: http://site.i2p")));
    Seen own = seen();
    assertThat(own.headers().get("Referer")).containsExactly("http://site.i2p/x?y");
    assertThat(own.headers().get("Origin")).containsExactly("http://site.i2p");
    ask(last(get(
        "http://site.i2p/",
        "site.i2p",
        "Referer: http://other.i2p/x",
        "Origin: http://other.i2p")));
    Seen foreign = seen();
    assertThat(foreign.headers()).doesNotContainKey("Referer");
    assertThat(foreign.headers().get("Origin")).containsExactly("null");
  }

  @Test
  void aPasswordLetsInAndAUserNameIsAnAddressOfItsOwn() throws Exception {
    ProxyOptions locked = ProxyOptions.builder().password("pw".toCharArray()).build();
    I2pSession watched = i2p.open();
    String host = watched.destination().base32().text();
    List<String> peers = new ArrayList<>();
    try (HttpProxy guarded = HttpProxy.open(i2p, ANY, locked);
        I2pAcceptor acceptor = watched.listen(80)) {
      assertThat(ask(guarded, last(get("http://" + host + "/", host))))
          .startsWith("HTTP/1.1 407 ")
          .contains("Proxy-Authenticate: Basic ");
      assertThat(ask(guarded, last(get("http://" + host + "/", host, login("a:wrong")))))
          .startsWith("HTTP/1.1 407 ");
      for (String user : List.of("a:pw", "b:pw", "a:pw")) {
        try (Socket socket = dial(guarded)) {
          String request = last(get("http://" + host + "/", host, login(user)));
          socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
          try (I2pStream stream = acceptor.accept()) {
            peers.add(stream.peer().base32().text());
            assertThat(head(stream.input())).doesNotContain("Proxy-Authorization");
          }
          assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
              .startsWith("HTTP/1.1 502 ");
        }
      }
    }
    assertThat(peers.get(0)).isEqualTo(peers.get(2)).isNotEqualTo(peers.get(1));
  }

  private static String login(String userAndPassword) {
    return "Proxy-Authorization: Basic "
        + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
  }
}
