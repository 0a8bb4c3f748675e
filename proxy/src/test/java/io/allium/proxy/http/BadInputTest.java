package io.allium.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.Faults;
import io.allium.memory.MemoryNetwork;
import io.allium.proxy.Footprint;
import io.allium.proxy.ProxyOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a client or a site does wrong: what the client is told, and what it leaves behind, which is nothing. */
class BadInputTest extends OneSite {
  /** In place of a status: the connection was reset, so that nothing looks whole. */
  private static final String RESET = "reset";

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 (\\d{3}) ");
  private static final Duration LONG = Duration.ofMinutes(11);
  private static final int MOVES_EACH_MILLIS = 5;

  BadInputTest() {
    super(MemoryNetwork.builder().manualClock().build());
  }

  /** The status of each answer, in their order. */
  private static String statuses(InputStream input) throws IOException {
    byte[] all = new byte[64 * 1024];
    int length = 0;
    String end = "";
    try {
      for (int more = input.read(all);
          more >= 0;
          more = input.read(all, length, all.length - length)) {
        length += more;
      }
    } catch (SocketException e) {
      end = RESET;
    }
    String answers = new String(all, 0, length, StandardCharsets.ISO_8859_1);
    String each =
        STATUS.matcher(answers).results().map(one -> one.group(1)).collect(Collectors.joining(" "));
    return (each + " " + end).strip();
  }

  private static String told(HttpProxy by, String request) throws IOException {
    try (Socket socket = dial(by)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return statuses(socket.getInputStream());
    } catch (SocketException e) {
      return RESET; // while it still wrote
    }
  }

  /** Whatever is opened once and kept is there after that. */
  private void warmUp(HttpProxy by) throws Exception {
    assertThat(told(by, last(get("http://site.i2p/", "site.i2p")))).isEqualTo("200");
    seen();
  }

  /** {@code |} ends a line, and {@code many} stands for 40,000 letters. */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(delimiter = ';', textBlock = """
      a name of the internet      ; GET http://example.com/ HTTP/1.1|Host: example.com||                       ; 403
      a name like one of I2P      ; GET http://site.i2p.example.com/ HTTP/1.1|Host: site.i2p.example.com||     ; 403
      this machine                ; GET http://localhost/ HTTP/1.1|Host: localhost||                           ; 403
      dotted IPv4                 ; GET http://127.0.0.1/ HTTP/1.1|Host: 127.0.0.1||                           ; 403
      dotted IPv4, with an end    ; GET http://127.0.0.1./ HTTP/1.1|Host: 127.0.0.1.||                         ; 403
      short IPv4                  ; GET http://127.1/ HTTP/1.1|Host: 127.1||                                   ; 403
      IPv4 as a number            ; GET http://2130706433/ HTTP/1.1|Host: 2130706433||                         ; 403
      hexadecimal IPv4            ; GET http://0x7f.0.0.1/ HTTP/1.1|Host: 0x7f.0.0.1||                         ; 403
      octal IPv4                  ; GET http://0177.0.0.1/ HTTP/1.1|Host: 0177.0.0.1||                         ; 403
      escaped IPv4                ; GET http://%31%32%37.0.0.1/ HTTP/1.1|Host: %31%32%37.0.0.1||               ; 403
      IPv6                        ; GET http://[::1]/ HTTP/1.1|Host: [::1]||                                   ; 403
      IPv4 in IPv6                ; GET http://[::ffff:7f00:1]/ HTTP/1.1|Host: [::ffff:7f00:1]||               ; 403
      IPv6 with a zone            ; GET http://[fe80::1%25eth0]/ HTTP/1.1|Host: [fe80::1%25eth0]||             ; 403
      IPv4 by CONNECT             ; CONNECT 127.0.0.1:443 HTTP/1.1|Host: 127.0.0.1:443||                       ; 403
      IPv6 by CONNECT             ; CONNECT [::1]:443 HTTP/1.1|Host: [::1]:443||                               ; 403
      port 0                      ; GET http://site.i2p:0/ HTTP/1.1|Host: site.i2p:0||                         ; 400
      port 65536                  ; GET http://site.i2p:65536/ HTTP/1.1|Host: site.i2p:65536||                 ; 400
      a port below 0              ; GET http://site.i2p:-1/ HTTP/1.1|Host: site.i2p:-1||                       ; 400
      a port beyond all numbers   ; GET http://site.i2p:99999999999/ HTTP/1.1|Host: site.i2p||                 ; 400
      a port of letters           ; GET http://site.i2p:http/ HTTP/1.1|Host: site.i2p||                        ; 400
      port 65536 by CONNECT       ; CONNECT site.i2p:65536 HTTP/1.1|Host: site.i2p:65536||                     ; 400
      no port by CONNECT          ; CONNECT site.i2p HTTP/1.1|Host: site.i2p||                                 ; 400
      a name nobody knows         ; GET http://unknown.i2p/ HTTP/1.1|Host: unknown.i2p||                       ; 502
      a user in front of the host ; GET http://site.i2p@127.0.0.1/ HTTP/1.1|Host: site.i2p||                   ; 400
      a host in place of a user   ; GET http://127.0.0.1@site.i2p/ HTTP/1.1|Host: site.i2p||                   ; 400
      another host                ; GET http://site.i2p/ HTTP/1.1|Host: other.i2p||                            ; 403
      another host by CONNECT     ; CONNECT site.i2p:443 HTTP/1.1|Host: other.i2p:443||                        ; 403
      no host                     ; GET http://site.i2p/ HTTP/1.1||                                            ; 400
      a request to a site         ; GET / HTTP/1.1|Host: evil.example||                                        ; 403
      two lengths                 ; POST http://site.i2p/ HTTP/1.1|Host: site.i2p|Content-Length: 1|Content-Length: 2||ab ; 400
      a length and chunks         ; POST http://site.i2p/ HTTP/1.1|Host: site.i2p|Content-Length: 5|Transfer-Encoding: chunked||0|| ; 400
      a body for CONNECT          ; CONNECT site.i2p:443 HTTP/1.1|Host: site.i2p:443|Content-Length: 5||hello  ; 400
      a giant header              ; GET http://site.i2p/ HTTP/1.1|Host: site.i2p|X: many||                       ; 431
      a giant target              ; GET http://site.i2p/many HTTP/1.1|Host: site.i2p||                           ; 431
      TLS                         ; tls-hello||                                                                ; 400
      HTTP/2                      ; PRI * HTTP/2.0||SM||                                                       ; 403
      """)
  void whatIsRefusedLeavesNothing(String what, String request, String status) throws Exception {
    warmUp(proxy);
    String sent = request
        .replace("many", "y".repeat(40_000))
        .replace("tls-hello", "\u0016\u0003\u0001\u0002")
        .replace("|", "\r\n");
    Footprint before = Footprint.take();
    for (int i = 0; i < Footprint.TIMES; i++) {
      assertThat(told(proxy, sent)).isEqualTo(status);
    }
    before.awaitReturn();
    assertThat(seen).as("nothing reached the site").isEmpty();
    assertThat(i2p.sessions()).as("the site's session and the proxy's").hasSize(2);
  }

  @Test
  void whatIsPipelinedBehindIsCheckedByItself() throws Exception {
    warmUp(proxy);
    String good = get("http://site.i2p/", "site.i2p") + "\r\n";
    String smuggled =
        "POST http://site.i2p/ HTTP/1.1\r\nHost: site.i2p\r\nContent-Length: 4\r\n\r\n"
            + "bodyGET http://127.0.0.1/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" + good;
    Footprint before = Footprint.take();
    for (int i = 0; i < Footprint.TIMES; i++) {
      assertThat(told(proxy, good + smuggled)).isEqualTo("200 200 403");
      assertThat(List.of(seen().method(), seen().method())).containsExactly("GET", "POST");
    }
    before.awaitReturn();
    assertThat(seen).isEmpty();
  }

  @Test
  void slowClientsAreCutOff() throws Exception {
    try (HttpProxy hasty =
        HttpProxy.open(i2p, ANY, ProxyOptions.defaults(), Duration.ofMillis(50))) {
      assertThat(told(hasty, "GET ")).isEqualTo(RESET);
      Footprint before = Footprint.take();
      for (int i = 0; i < Footprint.TIMES; i++) {
        assertThat(told(hasty, "GET http://site.i2p/ HTTP/1.1\r\nHost:")).isEqualTo(RESET);
      }
      before.awaitReturn();
      assertThat(seen).isEmpty();
    }
  }

  /** What a site says before it stops, with its stream left open. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "nothing,             '',                                                           504",
    "half a head,         HTTP/1.1 200 OK|Content-,                                     504",
    "half a body,         HTTP/1.1 200 OK|Content-Length: 9||half,                      200 reset",
    "half a chunk,        HTTP/1.1 200 OK|Transfer-Encoding: chunked||9|half,           200 reset",
    "a body without end,  HTTP/1.1 200 OK||half,                                        200 reset",
  })
  void sitesThatStopAreGivenUp(String what, String said, String status) throws Exception {
    warmUp(proxy);
    I2pSession odd = i2p.open();
    String host = odd.destination().base32().text();
    try (I2pAcceptor acceptor = odd.listen(80)) {
      Footprint before = Footprint.take();
      for (int i = 0; i < Footprint.TIMES; i++) {
        FutureTask<String> asked = asked(host);
        I2pStream stream = acceptor.accept();
        head(stream.input());
        stream.output().write(said.replace("|", "\r\n").getBytes(StandardCharsets.US_ASCII));
        assertThat(lateAnswer(network, asked)).isEqualTo(status);
        stream.close();
      }
      before.awaitReturn();
    }
  }

  @Test
  void peersThatNeverAnswerAreGivenUp() throws Exception {
    warmUp(proxy);
    try (MemoryNetwork far = MemoryNetwork.builder()
            .manualClock()
            .faults(Faults.none().withLatency(Duration.ofDays(1), Duration.ZERO))
            .build();
        I2p there = I2p.connect(far.uri());
        I2pSession silent = there.open();
        I2pAcceptor acceptor = silent.listen(80);
        HttpProxy patient = HttpProxy.open(there)) {
      String host = silent.destination().base32().text();
      told(patient, last(get("http://127.0.0.1/", "127.0.0.1")));
      Footprint before = Footprint.take();
      for (int i = 0; i < Footprint.TIMES; i++) {
        FutureTask<String> asked =
            new FutureTask<>(() -> told(patient, last(get("http://" + host + "/", host))));
        Thread.ofVirtual().start(asked);
        assertThat(lateAnswer(far, asked)).isEqualTo("504");
      }
      before.awaitReturn();
    }
  }

  private FutureTask<String> asked(String host) {
    FutureTask<String> asked =
        new FutureTask<>(() -> told(proxy, last(get("http://" + host + "/", host))));
    Thread.ofVirtual().start(asked);
    return asked;
  }

  /** Whoever begins to wait after the clock was moved waits for its next move. */
  private static String lateAnswer(MemoryNetwork on, FutureTask<String> asked) throws Exception {
    while (true) {
      on.advance(LONG);
      try {
        return asked.get(MOVES_EACH_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // it waits for the next move
      }
    }
  }
}
