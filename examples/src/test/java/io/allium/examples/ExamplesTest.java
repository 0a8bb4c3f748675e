package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.junit.I2pNetwork;
import io.allium.junit.I2pTest;
import io.allium.memory.MemoryNetwork;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every example, run over a network in memory. */
@I2pNetwork
class ExamplesTest {
  @TempDir
  Path folder;

  private final String router;
  private final I2p i2p;
  private final I2pSession session;

  ExamplesTest(MemoryNetwork network, I2p i2p, I2pSession session) {
    router = network.uri().toString();
    this.i2p = i2p;
    this.session = session;
  }

  private String me() {
    return session.destination().base32().text();
  }

  @Test
  void pingPong() throws Exception {
    try (Run run = Run.of(PingPong::main, router)) {
      assertThat(run.output()).isEqualTo("PING\nPONG\n");
    }
  }

  @Test
  void resolve() throws Exception {
    try (Run run = Run.of(Resolve::main, router, me())) {
      assertThat(run.output()).isEqualTo(me() + "\n" + session.destination().base64() + "\n");
    }
  }

  @Test
  void wgetAndHttpSite() throws Exception {
    Files.writeString(folder.resolve("hello.txt"), "hello from a folder");
    Path site = Files.createDirectory(folder.resolve("site"));
    Files.move(folder.resolve("hello.txt"), site.resolve("hello.txt"));
    try (Run server = Run.of(
        HttpSite::main, router, site.toString(), folder.resolve("site.keys").toString())) {
      String host = server.line().replaceAll("http://|/", "");
      try (Run client = Run.of(Wget::main, router, host, "/hello.txt")) {
        assertThat(client.output()).startsWith("HTTP/1.1 200 OK").endsWith("hello from a folder");
      }
    }
  }

  @Test
  void isUp() throws Exception {
    try (I2pAcceptor acceptor = session.listen(0);
        I2pSession away = i2p.open()) {
      String offline = away.destination().base32().text();
      away.close();
      Thread.ofVirtual().start(() -> serve(acceptor));
      try (Run run = Run.of(IsUp::main, router, me(), offline)) {
        assertThat(run.output()).contains(me() + " up").contains(offline + " down");
      }
    }
  }

  @I2pTest
  @I2pNetwork(manualClock = true)
  void aSiteThatSaysNothingIsDown(MemoryNetwork slow) throws Exception {
    try (I2pAcceptor acceptor = session.listen(0);
        Run run = Run.of(IsUp::main, router, me());
        I2pStream silent = acceptor.accept()) {
      assertThat(silent.input().read()).isPositive();
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (!run.ended()) {
        assertThat(System.nanoTime()).as("waited for its end").isLessThan(end);
        slow.advance(Duration.ofSeconds(1));
        Thread.yield();
      }
      assertThat(run.output()).isEqualTo(me() + " down\n");
    }
  }

  private static void serve(I2pAcceptor acceptor) {
    try {
      acceptor.serve(stream -> {
        // Closing before the request is there would fail its write.
        assertThat(stream.input().read()).isPositive();
        stream.output().write("HTTP/1.0 200 OK\r\n\r\n".getBytes());
      });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ircBot() throws Exception {
    try (I2pAcceptor acceptor = session.listen(0);
        Run bot = Run.of(IrcBot::main, router, me(), "garlic", "#allium");
        I2pStream stream = acceptor.accept()) {
      BufferedReader in = new BufferedReader(new InputStreamReader(stream.input()));
      PrintStream out = new PrintStream(stream.output(), true);
      assertThat(in.readLine()).isEqualTo("NICK garlic");
      assertThat(in.readLine()).startsWith("USER garlic");
      assertThat(in.readLine()).isEqualTo("JOIN #allium");
      out.print("PING :irc.i2p\r\n");
      assertThat(in.readLine()).isEqualTo("PONG :irc.i2p");
      out.print(":someone PRIVMSG #allium :!hello\r\n");
      assertThat(in.readLine()).isEqualTo("PRIVMSG #allium :hello from I2P");
      stream.close();
      assertThat(bot.output()).isEmpty();
    }
  }

  @Test
  void ircBotKeepsNoLineWithoutEnd() throws Exception {
    try (I2pAcceptor acceptor = session.listen(0);
        Run bot = Run.of(IrcBot::main, router, me(), "garlic", "#allium");
        I2pStream stream = acceptor.accept()) {
      stream.output().write("x".repeat(10_001).getBytes());
      assertThatThrownBy(bot::output).hasMessageContaining("line without an end");
    }
  }

  @Test
  void echo() throws Exception {
    try (Run server = Run.of(Echo::main, router, folder.resolve("echo.keys").toString());
        I2pStream stream = session.connect(server.line())) {
      stream.output().write("say it again".getBytes());
      assertThat(stream.input().readNBytes(12)).asString().isEqualTo("say it again");
    }
  }

  @Test
  void tcpService() throws Exception {
    try (ServerSocket service = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Run server = Run.of(
            TcpService::main,
            router,
            Integer.toString(service.getLocalPort()),
            folder.resolve("service.keys").toString());
        I2pStream stream = session.connect(server.line());
        Socket local = service.accept()) {
      stream.output().write('k');
      assertThat(local.getInputStream().read()).isEqualTo('k');
    }
  }
}
