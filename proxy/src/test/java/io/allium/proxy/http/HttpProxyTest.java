package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.forward.ServerForward;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rows of the table of threats that concern a proxy are named P1 to P14. */
class HttpProxyTest {
  private static final int LIMIT_MILLIS = (int) TimeUnit.SECONDS.toMillis(20);
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** What the site saw of a request. */
  private record Seen(String method, String target, Map<String, List<String>> headers, int port) {}

  private final MemoryNetwork network = MemoryNetwork.create();
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private I2p i2p;
  private I2pSession site;
  private HttpServer server;
  private ServerForward forward;
  private HttpProxy proxy;

  @BeforeEach
  void open() throws IOException {
    i2p = I2p.connect(network.uri());
    site = i2p.open();
    network.addName(Hostname.parse("site.i2p"), site.destination());
    server = HttpServer.create(ANY, 50);
    server.createContext("/", this::handle);
    server.start();
    forward = ServerForward.open(site, 0, server.getAddress());
    proxy = HttpProxy.open(i2p);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
    forward.close();
    server.stop(0);
    i2p.close();
    network.close();
    assertThat(ResolverGuard.refused()).as("P9").isEmpty();
  }

  private void handle(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new TreeMap<>();
    exchange.getRequestHeaders().forEach(headers::put);
    seen.add(new Seen(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        exchange.getRemoteAddress().getPort()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    byte[] answer = body.length > 0 ? body : "hello".getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().add("Alt-Svc", "h3=\":443\"");
    exchange.sendResponseHeaders(
        200, exchange.getRequestURI().getPath().equals("/chunked") ? 0 : answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private Seen seen() throws InterruptedException {
    Seen one = seen.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(one).isNotNull();
    return one;
  }

  private Socket dial(HttpProxy to) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(to.localAddress());
    return socket;
  }

  /** Everything that comes until the proxy closes. */
  private String ask(String request) throws IOException {
    return ask(proxy, request);
  }

  private String ask(HttpProxy to, String request) throws IOException {
    try (Socket socket = dial(to)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String get(String url, String host, String... headers) {
    return "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\n"
        + String.join("", List.of(headers).stream().map(one -> one + "\r\n").toList());
  }

  private static String last(String request) {
    return request + "Connection: close\r\n\r\n";
  }

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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "127.0.0.2",
        "169.254.1.1",
        "127.1",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[fe80::1]",
        "localhost",
        "example.com",
        "router.local",
        "site.i2p.example.com",
        "%31%32%37.0.0.1"
      })
  void p7WhatIsNotOnI2pIsRefused(String host) throws Exception {
    assertThat(ask(last(get("http://" + host + "/", host)))).startsWith("HTTP/1.1 403 ");
    assertThat(ask("CONNECT " + host + ":443 HTTP/1.1\r\nHost: " + host + ":443\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
    assertThat(i2p.sessions()).as("no session was opened for it").hasSize(1);
  }

  @Test
  void p8LargeHeadersAreRefused() throws Exception {
    String[] sixtyOne = new String[60];
    Arrays.fill(sixtyOne, "X: y");
    assertThat(ask(last(get("http://site.i2p/", "site.i2p", sixtyOne))))
        .startsWith("HTTP/1.1 431 ");
    String most = "x".repeat(32 * 1024 - 200);
    assertThat(ask(last(get("http://site.i2p/", "site.i2p", "X: " + most))))
        .startsWith("HTTP/1.1 200 ");
    assertThat(ask(last(get("http://site.i2p/", "site.i2p", "X: " + most, "Y: " + most))))
        .startsWith("HTTP/1.1 431 ");
    assertThat(ask("GET http://site.i2p/" + "x".repeat(200_000))).startsWith("HTTP/1.1 431 ");
  }

  @Test
  void aRequestThatIsCutIsNotSent() throws Exception {
    try (Socket socket = dial(proxy)) {
      socket
          .getOutputStream()
          .write(get("http://site.i2p/", "site.i2p").getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
    assertThat(seen).isEmpty();
  }

  @Test
  void p8AHeadThatDoesNotEndIsCutOff() throws Exception {
    try (HttpProxy hasty =
            HttpProxy.open(i2p, ANY, ProxyOptions.defaults(), Duration.ofMillis(50));
        Socket socket = dial(hasty)) {
      socket.getOutputStream().write("GET http".getBytes(StandardCharsets.US_ASCII));
      assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 5|Transfer-Encoding: chunked",
        "Content-Length: 5|Content-Length: 5",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 99999999999999999999",
        "Content-Length : 5",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: chunked|Transfer-Encoding: chunked",
        "No colon",
        "Host: site.i2p"
      })
  void whatCouldBeUnderstoodInTwoWaysIsRefused(String headers) throws Exception {
    String answers =
        ask("POST http://site.i2p/ HTTP/1.1\r\nHost: site.i2p\r\n" + headers.replace("|", "\r\n")
            + "\r\n\r\n0\r\n\r\n" + last(get("http://site.i2p/smuggled", "site.i2p")));
    assertThat(answers).startsWith("HTTP/1.1 400 ").doesNotContain("hello");
    assertThat(seen).isEmpty();
  }

  @Test
  void aForeignHostIsRefused() throws Exception {
    assertThat(ask(last(get("http://site.i2p/", "other.i2p")))).startsWith("HTTP/1.1 403 ");
    assertThat(ask(last(get("/", "evil.example:4444")))).startsWith("HTTP/1.1 403 ");
    assertThat(ask(last(get("/", "127.0.0.1")))).startsWith("HTTP/1.1 403 ");
    assertThat(ask("GET http://site.i2p/ HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(seen).isEmpty();
  }

  @Test
  void p13PagesAreEscapedAndLoadNothing() throws Exception {
    String page = ask(last(get("http://\"><script>x</script>.i2p/", "\"><script>x</script>.i2p")));
    assertThat(page)
        .contains("X-Frame-Options: DENY", "Content-Security-Policy: default-src 'none'")
        .doesNotContain("<script");
    assertThat(ask(last(get("http://unknown.i2p/", "unknown.i2p")))).startsWith("HTTP/1.1 502 ");
  }

  @Test
  void anAddressHelperHoldsForThisProxyAloneAndItsNameIsNotTold() throws Exception {
    String address = site.destination().base64();
    String redirect =
        ask(last(get("http://nick.i2p/p?q=1&i2paddresshelper=" + address, "nick.i2p")));
    assertThat(redirect)
        .startsWith("HTTP/1.1 302 ")
        .contains("Location: http://nick.i2p/p?q=1\r\n");
    assertThat(ask(last(get(
            "http://nick.i2p/p?q=1",
            "nick.i2p",
            "Referer: http://nick.i2p/?i2paddresshelper=" + address))))
        .endsWith("hello");
    Seen told = seen();
    String base32 = site.destination().base32().text();
    assertThat(told.headers().get("Host")).containsExactly(base32);
    assertThat(told.headers().get("Referer")).containsExactly("http://" + base32 + "/");
    assertThat(told.toString()).doesNotContain("nick");
    assertThat(ask("CONNECT nick.i2p:443 HTTP/1.1\r\nHost: nick.i2p:443\r\n\r\n"))
        .startsWith("HTTP/1.1 403 ");
    try (HttpProxy another = HttpProxy.open(i2p)) {
      assertThat(ask(another, last(get("http://nick.i2p/", "nick.i2p"))))
          .startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void p6ANameThatMeansSomethingIsChangedOnlyByAnswer() throws Exception {
    I2pSession evil = i2p.open();
    String offered = evil.destination().base32().text();
    String url = "http://site.i2p/?a=%22%3E&i2paddresshelper=" + offered;
    String page = ask(last(get(url, "site.i2p")));
    assertThat(page).startsWith("HTTP/1.1 409 ").contains(offered).contains("value=\"&quot;&gt;\"");
    Matcher token = Pattern.compile("token\" value=\"([0-9a-f]{32})\"").matcher(page);
    assertThat(token.find()).isTrue();
    assertThat(ask(last(get("http://site.i2p/", "site.i2p")))).endsWith("hello");
    assertThat(ask(last(get(url + "&i2paddresshelper-token=" + "0".repeat(32), "site.i2p"))))
        .startsWith("HTTP/1.1 409 ");
    String answer = url + "&i2paddresshelper-token=" + token.group(1);
    assertThat(ask(last(get(answer, "site.i2p")))).startsWith("HTTP/1.1 302 ");
    assertThat(ask(last(get("http://site.i2p/", "site.i2p"))))
        .as("it now means who does not listen")
        .startsWith("HTTP/1.1 502 ");
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

  private static String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "HTTP/1.1 407 x\r\nProxy-Authenticate: Basic realm=x\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 101 Switching Protocols\r\n\r\n",
        "SSH-2.0-x\r\n",
        "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n",
        ""
      })
  void anAnswerThatCannotBePassedOnIsTold(String answer) throws Exception {
    I2pSession odd = i2p.open();
    String host = odd.destination().base32().text();
    try (I2pAcceptor acceptor = odd.listen(80);
        Socket socket = dial(proxy)) {
      socket
          .getOutputStream()
          .write(last(get("http://" + host + "/", host)).getBytes(StandardCharsets.US_ASCII));
      try (I2pStream stream = acceptor.accept()) {
        head(stream.input());
        stream.output().write(answer.getBytes(StandardCharsets.US_ASCII));
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 502 ");
    }
  }

  @Test
  void anAnswerThatIsCutDoesNotLookWhole() throws Exception {
    I2pSession odd = i2p.open();
    String host = odd.destination().base32().text();
    try (I2pAcceptor acceptor = odd.listen(80);
        Socket socket = dial(proxy)) {
      socket
          .getOutputStream()
          .write(last(get("http://" + host + "/", host)).getBytes(StandardCharsets.US_ASCII));
      try (I2pStream stream = acceptor.accept()) {
        head(stream.input());
        stream
            .output()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
                .getBytes(StandardCharsets.US_ASCII));
      }
      assertThatThrownBy(() -> socket.getInputStream().readAllBytes())
          .isInstanceOf(SocketException.class);
    }
  }
}
