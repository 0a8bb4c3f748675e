package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of docs/article.md, run over a network in memory as the page says. */
class ArticleTest {
  private static final Path DOCS = Path.of("..", "docs");
  private static final String ADDRESS = "[a-z2-7]{52}\\.b32\\.i2p";

  @TempDir
  Path folder;

  private final MemoryNetwork network = MemoryNetwork.create();
  private final String router = network.uri().toString();
  private String keys = "";
  private URLClassLoader programs;

  @BeforeEach
  void compile() throws IOException {
    for (String program : Sources.of(DOCS.resolve("article.md"))) {
      Sources.compile(Sources.name(program), program, folder);
    }
    keys = folder.resolve("me.keys").toString();
    programs = new URLClassLoader(new URL[] {folder.toUri().toURL()});
  }

  @AfterEach
  void close() throws IOException {
    programs.close();
    network.close();
  }

  @Test
  void bothLanguagesHaveTheSamePrograms() throws IOException {
    List<String> english = Sources.of(DOCS.resolve("article.md"));
    assertThat(english).hasSize(8).allMatch(Sources::isProgram);
    assertThat(Sources.of(DOCS.resolve("article.fr.md"))).isEqualTo(english);
  }

  @Test
  void theAddressStaysAndGoesOnline() throws Exception {
    String address = output("Identity", keys);
    assertThat(address).matches(ADDRESS + "\n");
    assertThat(output("Identity", keys)).isEqualTo(address);
    try (Run online = run("Online", router, keys)) {
      assertThat(online.line() + "\n").isEqualTo(address);
      online.type("");
      assertThat(online.output()).isEmpty();
    }
  }

  @Test
  void aPageIsFetched() throws Exception {
    try (I2p i2p = I2p.connect(network.uri());
        I2pSession site = i2p.open();
        I2pAcceptor acceptor = site.listen(0)) {
      String host = site.destination().base32().text();
      String request = "GET /en/ HTTP/1.0\r\nHost: " + host + "\r\n\r\n";
      try (Run fetch = run("Fetch", router, host, "/en/");
          I2pStream stream = acceptor.accept()) {
        assertThat(new String(stream.input().readNBytes(request.length()))).isEqualTo(request);
        stream.output().write("HTTP/1.0 200 OK\r\n\r\nhello".getBytes());
        stream.close();
        assertThat(fetch.output()).endsWith("hello");
      }
    }
  }

  @Test
  void pingIsAnsweredWithPong() throws Exception {
    try (Run server = run("PingPongServer", router, keys)) {
      assertThat(output("PingPongClient", router, server.line())).isEqualTo("PONG\n");
    }
  }

  @Test
  void aLocalServiceIsReached() throws Exception {
    try (ServerSocket local = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Run service = run("Service", router, keys, Integer.toString(local.getLocalPort()));
        I2p i2p = I2p.connect(network.uri());
        I2pSession session = i2p.open();
        I2pStream stream = session.connect(service.line());
        Socket socket = local.accept()) {
      stream.output().write('k');
      assertThat(socket.getInputStream().read()).isEqualTo('k');
    }
  }

  @Test
  void aDatagramIsAnswered() throws Exception {
    try (Run server = run("DatagramServer", router, keys)) {
      assertThat(output("DatagramClient", router, server.line())).isEqualTo("PONG after 1 PING\n");
    }
  }

  private String output(String program, String... args) throws Exception {
    try (Run run = run(program, args)) {
      return run.output();
    }
  }

  private Run run(String program, String... args) throws Exception {
    Method main = programs.loadClass(program).getMethod("main", String[].class);
    return Run.of(given -> main.invoke(null, (Object) given), args);
  }
}
