package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.proxy.ProxyOptions;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes nowhere, and what the client is told. */
class RefusedRequestTest extends OneSite {
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
}
