package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SessionConfig;
import io.allium.guard.ResolverGuard;
import io.allium.proxy.ProxyOptions;
import io.allium.proxy.forward.ServerForward;
import io.allium.proxy.http.HttpProxy;
import io.allium.proxy.socks.SocksProxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are not ours load sites of one router through our proxies on another. */
@RequiresI2pd({"curl", "chromium"})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxiesOnI2pdTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  /** The whole class waits for four sets of tunnels: short ones are there sooner. */
  private static final SessionConfig SHORT =
      SessionConfig.builder().tunnelLength(1, 1).build();

  /** Everything has arrived by then, but i2pd may crash when a session ends before its streams: 40 s of its clock. */
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final List<I2p> routers = new ArrayList<>();
  private final List<AutoCloseable> opened = new ArrayList<>();
  private Path folder;
  private WebServer server;
  private String site;
  private String secureSite;
  private Path certificate;
  private HttpProxy http;
  private SocksProxy socks;

  @BeforeAll
  void open(@TempDir Path ofAll) throws Exception {
    folder = ofAll;
    TestNet net = SharedNet.fast();
    I2p there = connected(net.router(1));
    I2p here = connected(net.router(0));
    I2pSession plain = there.open(SHORT);
    I2pSession secure = there.open(SHORT);
    site = plain.destination().base32().text();
    secureSite = secure.destination().base32().text();
    certificate = folder.resolve("site.pem");
    server = closed(WebServer.plain());
    WebServer tls = closed(WebServer.secure(secureSite, certificate));
    closed(ServerForward.open(plain, 0, server.address()));
    closed(ServerForward.open(secure, 0, tls.address()));
    ProxyOptions options = ProxyOptions.builder().session(SHORT).build();
    http = closed(HttpProxy.open(here, ANY, options));
    socks = closed(SocksProxy.open(here, ANY, options));
    plain.awaitReachable(Duration.ofMinutes(1));
    secure.awaitReachable(Duration.ofMinutes(1));
  }

  @AfterAll
  void close() throws Exception {
    routers.forEach(router -> router.close(CLOSING));
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  /** Closed before all else: the proxies would give their sessions more time than they need. */
  private I2p connected(URI router) throws Exception {
    I2p i2p = I2p.connect(router);
    routers.add(i2p);
    return i2p;
  }

  private <T extends AutoCloseable> T closed(T one) {
    opened.add(one);
    return one;
  }

  private static String text(InetSocketAddress local) {
    return "127.0.0.1:" + local.getPort();
  }

  /** What it prints, by lines; no setting of this machine changes what it does. */
  private static List<String> curl(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(
        List.of("curl", "-q", "-sS", "--noproxy", "", "--max-time", "60", "--write-out"));
    command.add("%{num_connects} %{http_code}\\n");
    command.addAll(List.of(arguments));
    try (Program curl = Program.start(command)) {
      Program.Ended ended = curl.end();
      assertThat(ended.code()).as(ended.errors()).isZero();
      return ended.lines();
    }
  }

  @Test
  void curlKeepsItsConnectionAndTheStream() throws Exception {
    assertThat(curl(
            "--proxy",
            text(http.localAddress()),
            "http://" + site + "/one",
            "http://" + site + "/two"))
        .containsExactly("page /one", "1 200", "page /two", "0 200");
    WebServer.Request first = server.request();
    WebServer.Request second = server.request();
    assertThat(first.path() + second.path()).isEqualTo("/one/two");
    assertThat(second.port()).as("the same stream").isEqualTo(first.port());
    assertThat(first.agent()).doesNotContain("curl");
    assertThat(curl(
            "--proxy", text(http.localAddress()), "http://" + text(server.address()) + "/local"))
        .last()
        .isEqualTo("1 403");
    assertThat(server.request().path()).isEmpty();
  }

  @Test
  void curlChecksTheCertificateOfASiteThroughConnect() throws Exception {
    assertThat(curl(
            "--proxy",
            text(http.localAddress()),
            "--cacert",
            certificate.toString(),
            "https://" + secureSite + "/secret"))
        .containsExactly("page /secret", "1 200");
  }

  @Test
  void curlSpeaksBothVersionsOfSocks() throws Exception {
    String local = text(socks.localAddress());
    for (String option : List.of("--socks5-hostname", "--socks4a")) {
      assertThat(curl(option, local, "http://" + site + "/socks"))
          .as(option)
          .containsExactly("page /socks", "1 200");
      assertThat(server.request().path()).isEqualTo("/socks");
    }
  }

  @Test
  void chromiumLoadsAPageAndItsScript() throws Exception {
    try (Program chromium = Program.start(List.of(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + folder.resolve("profile"),
        "--proxy-server=http://" + text(http.localAddress()),
        "--dump-dom",
        "http://" + site + "/browser"))) {
      Program.Ended ended = chromium.end();
      assertThat(String.join("\n", ended.lines())).as(ended.errors()).contains(WebServer.BY_SCRIPT);
    }
    WebServer.Request page = server.request();
    WebServer.Request script = server.request();
    assertThat(page.path() + script.path()).isEqualTo("/browser/script.js");
    assertThat(page.agent()).isEqualTo(script.agent()).doesNotContain("Chrom");
  }
}
