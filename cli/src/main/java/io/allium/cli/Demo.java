package io.allium.cli;

import com.sun.net.httpserver.HttpServer;
import io.allium.ConnectOptions;
import io.allium.ErrorKind;
import io.allium.I2p;
import io.allium.I2pAcceptor;
import io.allium.I2pAddress;
import io.allium.I2pException;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.SessionConfig;
import io.allium.proxy.forward.ServerForward;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/** Two destinations that find each other, whatever the network does to the first try. */
final class Demo {
  /** Longer than any router needs that works at all. */
  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** A session that a router never published stays unreachable however long one waits: a new one is quicker. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Demo() {}

  static void run(I2p i2p, SessionConfig config, Output out) throws IOException, CommandFailure {
    try (I2pSession client = i2p.open(config)) {
      out.fact("client", client.destination().base32().text());
      try (I2pSession server = meet(i2p, config, client, out)) {
        get(i2p, client, server, out);
      }
    }
  }

  private static I2pSession meet(I2p i2p, SessionConfig config, I2pSession client, Output out)
      throws IOException {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (true) {
      I2pSession server = i2p.open(config);
      boolean met = false;
      try (I2pAcceptor acceptor = server.listen(0)) {
        out.fact("server", server.destination().base32().text());
        Thread.ofVirtual().name("allium-demo").start(() -> servePong(acceptor));
        met = ping(client, I2pAddress.of(server.destination(), 0), out);
        if (met) {
          return server;
        }
      } finally {
        if (!met) {
          server.close();
        }
      }
      if (System.nanoTime() > end) {
        throw new I2pException(
            ErrorKind.TUNNELS_NOT_READY,
            "the two sessions did not reach each other: try again later");
      }
      out.talk("not reachable yet, trying with a new destination");
    }
  }

  private static void servePong(I2pAcceptor acceptor) {
    try {
      acceptor.serve(PingPong::answer);
    } catch (I2pException e) {
      System.getLogger(Demo.class.getName())
          .log(System.Logger.Level.DEBUG, "serving ended: " + e.getMessage());
    }
  }

  private static boolean ping(I2pSession client, I2pAddress server, Output out)
      throws I2pException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      try (I2pStream stream =
          client.connect(server, ConnectOptions.builder().timeout(PATIENCE).build())) {
        stream.readTimeout(Duration.ofSeconds(5));
        double millis = PingPong.exchange(stream);
        out.line(
            String.format(Locale.ROOT, "PING answered with PONG in %.1f ms", millis),
            "ping",
            "PONG",
            "millis",
            millis);
        return true;
      } catch (IOException e) {
        if (e instanceof I2pException typed && typed.kind().place() == ErrorKind.Place.US) {
          throw typed;
        }
        out.talk("not yet: " + e.getMessage());
      }
    }
    return false;
  }

  private static void get(I2p i2p, I2pSession client, I2pSession server, Output out)
      throws IOException, CommandFailure {
    HttpServer site =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext("/", exchange -> {
      byte[] body = "Hello from an I2P site.\n".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    site.start();
    try (ServerForward forward =
        ServerForward.open(server, SessionOptions.portOrZero(i2p, 80), site.getAddress())) {
      String url = "http://" + server.destination().base32().text() + "/";
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      HttpGet.Result result =
          HttpGet.run(client, forward.address(), PageUrl.parse(url), Map.of(), head -> body);
      int status = result.head().status();
      out.line(
          "GET " + url + " answered " + status + ": "
              + body.toString(StandardCharsets.UTF_8).strip(),
          "get",
          url,
          "status",
          status,
          "body",
          body.toString(StandardCharsets.UTF_8));
    } finally {
      site.stop(0);
    }
  }
}
