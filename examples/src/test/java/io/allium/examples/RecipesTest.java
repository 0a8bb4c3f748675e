package io.allium.examples;

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
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The programs of docs/http-clients-by-proxy.md, run over a network in memory as the page says. */
class RecipesTest {
  private static final Path PAGE = Path.of("..", "docs", "http-clients-by-proxy.md");

  /** What the site saw: a Host and a User-Agent. */
  private record Seen(String host, String agent) {}

  @TempDir
  Path folder;

  private final MemoryNetwork network = MemoryNetwork.create();
  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final Map<String, String> programs = new TreeMap<>();
  private I2p i2p;
  private HttpServer server;
  private ServerForward forward;
  private String address;

  @BeforeEach
  void open() throws IOException {
    for (String program : Sources.of(PAGE)) {
      programs.put(Sources.name(program), program);
    }
    i2p = I2p.connect(network.uri());
    I2pSession site = i2p.open();
    address = site.destination().base32().text();
    network.addName(Hostname.parse("site.i2p"), site.destination());
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.createContext("/page", this::answer);
    server.start();
    forward = ServerForward.open(site, 0, server.getAddress());
  }

  @AfterEach
  void close() throws IOException {
    forward.close();
    server.stop(0);
    i2p.close();
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private void answer(HttpExchange exchange) throws IOException {
    seen.add(new Seen(
        String.valueOf(exchange.getRequestHeaders().getFirst("Host")),
        String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent"))));
    byte[] page = "hello".getBytes(StandardCharsets.US_ASCII);
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  /** What a program prints of a page. */
  private String fetch(String name, String source, String host) throws Exception {
    Sources.compile(name, source, folder);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      Method main = classes.loadClass(name).getMethod("main", String[].class);
      try (Run run = Run.of(
          given -> main.invoke(null, (Object) given),
          network.uri().toString(),
          "http://" + host + "/page")) {
        return run.output();
      }
    }
  }

  @Test
  void everyProgramOfThePageIsRunHere() {
    assertThat(programs.keySet())
        .containsExactly("JdkFetch", "NettyFetch", "UrlFetch", "VertxFetch", "WebClientFetch");
  }

  private String program(String name) {
    return Objects.requireNonNull(programs.get(name), name);
  }

  /** The names do not exist outside: whoever asks a resolver for them fetches nothing. */
  @ParameterizedTest
  @CsvSource({
    "JdkFetch, MYOB/6.66 (AN/ON)",
    "UrlFetch, MYOB/6.66 (AN/ON)",
    "VertxFetch, MYOB/6.66 (AN/ON)",
    "WebClientFetch, MYOB/6.66 (AN/ON)",
    "NettyFetch, null",
  })
  void aPageIsFetchedByName(String name, String agent) throws Exception {
    for (String host : List.of("site.i2p", address)) {
      assertThat(fetch(name, program(name), host)).isEqualTo("hello\n");
      assertThat(seen.remove()).isEqualTo(new Seen(host, agent));
    }
  }

  @Test
  void nettysHandlerForHttpProxiesWorksToo() throws Exception {
    String http = program("NettyFetch")
        .replace("Socks5ProxyHandler", "HttpProxyHandler")
        .replace("SocksProxy", "HttpProxy")
        .replace("proxy.socks.", "proxy.http.");
    assertThat(http).contains("new HttpProxyHandler(").contains("proxy.http.HttpProxy;");
    assertThat(fetch("NettyFetch", http, "site.i2p")).isEqualTo("hello\n");
  }
}
