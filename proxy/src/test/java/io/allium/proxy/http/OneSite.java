package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.proxy.forward.ServerForward;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A proxy, and {@code site.i2p} behind it, which answers with the body of a request, or with {@code hello}. */
abstract class OneSite {
  static final int LIMIT_MILLIS = (int) TimeUnit.SECONDS.toMillis(20);
  static final InetSocketAddress ANY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** What the site saw of a request. */
  record Seen(String method, String target, Map<String, List<String>> headers, int port) {}

  final MemoryNetwork network;
  final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  I2p i2p;
  I2pSession site;
  HttpProxy proxy;
  private HttpServer server;
  private ServerForward forward;

  OneSite() {
    this(MemoryNetwork.create());
  }

  OneSite(MemoryNetwork network) {
    this.network = network;
  }

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

  Seen seen() throws InterruptedException {
    Seen one = seen.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    assertThat(one).isNotNull();
    return one;
  }

  static Socket dial(HttpProxy to) throws IOException {
    Socket socket = new Socket();
    socket.setSoTimeout(LIMIT_MILLIS);
    socket.connect(to.localAddress());
    return socket;
  }

  /** Everything that comes until the proxy closes. */
  String ask(String request) throws IOException {
    return ask(proxy, request);
  }

  static String ask(HttpProxy to, String request) throws IOException {
    try (Socket socket = dial(to)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String get(String url, String host, String... headers) {
    return "GET " + url + " HTTP/1.1\r\nHost: " + host + "\r\n"
        + String.join("", List.of(headers).stream().map(one -> one + "\r\n").toList());
  }

  static String last(String request) {
    return request + "Connection: close\r\n\r\n";
  }

  static String head(InputStream input) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = input.read();
      assertThat(next).isNotNegative();
      head.append((char) next);
    }
    return head.toString();
  }
}
