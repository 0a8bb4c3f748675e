package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.proxy.forward.ServerForward;
import io.allium.proxy.http.HttpProxy;
import io.allium.proxy.socks.SocksProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that are not ours load sites of one router through our proxies on another. */
@RequiresI2pd({"curl", "chromium"})
class ProxiesOnI2pdTest {
  @TempDir
  Path folder;

  private final List<AutoCloseable> opened = new ArrayList<>();
  private I2p there;
  private I2p here;
  private WebServer server;
  private String site;

  @BeforeEach
  void open() throws Exception {
    TestNet net = SharedNet.fast();
    there = closed(I2p.connect(net.router(1)));
    here = closed(I2p.connect(net.router(0)));
    server = closed(WebServer.plain());
    site = online(closed(there.open()), server);
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable one : opened.reversed()) {
      one.close();
    }
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private <T extends AutoCloseable> T closed(T one) {
    opened.add(one);
    return one;
  }

  private String online(I2pSession session, WebServer web) throws IOException {
    closed(ServerForward.open(session, 0, web.address()));
    session.awaitReachable(Duration.ofMinutes(1));
    return session.destination().base32().text();
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
    HttpProxy proxy = closed(HttpProxy.open(here));
    String http = "http://" + text(proxy.localAddress());
    assertThat(curl("--proxy", http, "http://" + site + "/one", "http://" + site + "/two"))
        .containsExactly("page /one", "1 200", "page /two", "0 200");
    WebServer.Request first = server.request();
    WebServer.Request second = server.request();
    assertThat(first.path() + second.path()).isEqualTo("/one/two");
    assertThat(second.port()).as("the same stream").isEqualTo(first.port());
    assertThat(first.agent()).doesNotContain("curl");
    assertThat(curl("--proxy", http, "http://" + text(server.address()) + "/local"))
        .last()
        .isEqualTo("1 403");
    assertThat(server.request().path()).isEmpty();
  }

  @Test
  void curlChecksTheCertificateOfASiteThroughConnect() throws Exception {
    I2pSession session = closed(there.open());
    String host = session.destination().base32().text();
    Path certificate = folder.resolve("site.pem");
    online(session, closed(WebServer.secure(host, certificate)));
    HttpProxy proxy = closed(HttpProxy.open(here));
    String http = "http://" + text(proxy.localAddress());
    assertThat(curl(
            "--proxy", http, "--cacert", certificate.toString(), "https://" + host + "/secret"))
        .containsExactly("page /secret", "1 200");
  }

  @Test
  void curlSpeaksBothVersionsOfSocks() throws Exception {
    SocksProxy proxy = closed(SocksProxy.open(here));
    String socks = text(proxy.localAddress());
    for (String option : List.of("--socks5-hostname", "--socks4a")) {
      assertThat(curl(option, socks, "http://" + site + "/socks"))
          .as(option)
          .containsExactly("page /socks", "1 200");
    }
  }

  @Test
  void chromiumLoadsAPageAndItsScript() throws Exception {
    HttpProxy proxy = closed(HttpProxy.open(here));
    try (Program chromium = Program.start(List.of(
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-dev-shm-usage",
        "--user-data-dir=" + folder.resolve("profile"),
        "--proxy-server=http://" + text(proxy.localAddress()),
        "--dump-dom",
        "http://" + site + "/browser"))) {
      Program.Ended ended = chromium.end();
      assertThat(String.join("\n", ended.lines()))
          .as(ended.errors())
          .contains(WebServer.BY_SCRIPT);
    }
    WebServer.Request page = server.request();
    WebServer.Request script = server.request();
    assertThat(page.path() + script.path()).isEqualTo("/browser/script.js");
    assertThat(page.agent()).isEqualTo(script.agent()).doesNotContain("Chrom");
  }
}
