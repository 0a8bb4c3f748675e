package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.examples.SpringSite;
import io.allium.guard.ResolverGuard;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.okhttp.I2pOkHttp;
import io.allium.proxy.http.HttpProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;

/** A Spring Boot application as a program on one router, three HTTP clients on another. */
@RequiresI2pd
class SpringSiteOnI2pdTest {
  /** i2pd sometimes never publishes a session: only a new program, with another destination, is reachable then. */
  private static final int TRIES = 3;

  @Test
  void threeClientsAreServedAndNoTcpPortIsOpen() throws Exception {
    TestNet net = SharedNet.fast();
    try (I2p here = I2p.connect(net.router(0));
        I2pSession peer = here.open()) {
      for (int i = 1; ; i++) {
        try (Program site = Program.java(SpringSite.class, "--allium.router=" + net.router(1))) {
          String url = site.line();
          while (!url.startsWith("http://")) {
            url = site.line();
          }
          try {
            assertServes(url, here, peer, site.pid());
            break;
          } catch (IOException e) {
            if (i == TRIES) {
              throw e;
            }
          }
        }
      }
    }
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private static void assertServes(String url, I2p here, I2pSession peer, long pid)
      throws IOException, InterruptedException {
    String greeting = "Hello " + peer.destination().base32().text() + ", you are visit ";
    OkHttpClient okHttp = I2pOkHttp.over(new OkHttpClient.Builder(), peer)
        .readTimeout(Duration.ofSeconds(60))
        .build();
    try (Response answer =
        okHttp.newCall(new Request.Builder().url(url).build()).execute()) {
      assertThat(answer.body().string()).isEqualTo(greeting + 1);
      assertThat(answer.headers().names())
          .containsExactlyInAnyOrder("Content-Type", "Content-Length");
    }
    try (CloseableHttpClient apache = I2pHttpClient.over(peer).build()) {
      assertThat(apache.execute(new HttpGet(url), new BasicHttpClientResponseHandler()))
          .isEqualTo(greeting + 2);
    }
    try (HttpProxy proxy = HttpProxy.open(here);
        HttpClient jdk = HttpClient.newBuilder()
            .proxy(ProxySelector.of(proxy.localAddress()))
            .build()) {
      assertThat(jdk.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
              .body())
          .endsWith(", you are visit 3");
    }
    assertThat(listeningSockets(pid)).isEmpty();
  }

  /** Both tables tell every socket of the machine; the descriptors say which of them the process has. */
  private static Set<String> listeningSockets(long pid) throws IOException {
    Path process = Path.of("/proc", Long.toString(pid));
    Set<String> listening = Stream.of("net/tcp", "net/tcp6")
        .map(process::resolve)
        .filter(Files::exists)
        .flatMap(SpringSiteOnI2pdTest::lines)
        .map(line -> line.strip().split("\\s+"))
        .filter(fields -> fields[3].equals("0A"))
        .map(fields -> "socket:[" + fields[9] + "]")
        .collect(Collectors.toSet());
    assertThat(listening).as("what a router has").isNotEmpty();
    try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
      Set<String> open = descriptors.map(SpringSiteOnI2pdTest::target).collect(Collectors.toSet());
      open.retainAll(listening);
      return open;
    }
  }

  private static Stream<String> lines(Path file) {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
