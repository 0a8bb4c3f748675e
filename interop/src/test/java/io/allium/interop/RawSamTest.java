package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The network works without any class of Allium: plain sockets speak SAM to two routers. */
@RequiresI2pd
class RawSamTest {
  private static final int TRIES = 20;

  @ParameterizedTest(name = "{0} hops")
  @ValueSource(ints = {0, 1})
  void pingIsAnsweredAcrossTwoRouters(int hops) throws IOException {
    TestNet net = SharedNet.fast();
    try (Sam client = Sam.session(net.router(0), "raw-client-" + hops, hops)) {
      String answer = "";
      // i2pd sometimes never publishes a session: only another one is reachable then.
      for (int i = 0; i < TRIES && answer.isEmpty(); i++) {
        try (Sam server = Sam.session(net.router(1), "raw-server-" + hops + "-" + i, hops)) {
          answer = pingPong(net, client, server);
        }
      }
      assertThat(answer).isEqualTo("PONG from a known peer");
    }
  }

  private static String pingPong(TestNet net, Sam client, Sam server) throws IOException {
    try (Sam accepted = Sam.hello(net.router(1));
        Sam connected = Sam.hello(net.router(0))) {
      accepted.ask("STREAM ACCEPT ID=" + server.id, "STREAM STATUS RESULT=OK");
      connected.send("STREAM CONNECT ID=" + client.id + " DESTINATION=" + server.me());
      if (!connected.line().equals("STREAM STATUS RESULT=OK")) {
        return "";
      }
      connected.send("PING");
      String peer = accepted.line();
      assertThat(accepted.line()).isEqualTo("PING");
      accepted.send("PONG from " + (peer.startsWith(client.me()) ? "a known peer" : "a stranger"));
      return connected.line();
    } catch (EOFException | java.net.SocketTimeoutException e) {
      return "";
    }
  }

  /** One connection to a SAM bridge. */
  private static final class Sam implements AutoCloseable {
    private static final int LIMIT_MILLIS = 10_000;

    final Socket socket = new Socket();
    final String id;

    private Sam(URI router, String id) throws IOException {
      this.id = id;
      socket.connect(new InetSocketAddress(router.getHost(), router.getPort()), LIMIT_MILLIS);
      socket.setSoTimeout(LIMIT_MILLIS);
      ask("HELLO VERSION MIN=3.0 MAX=3.1", "HELLO REPLY RESULT=OK");
    }

    static Sam hello(URI router) throws IOException {
      return new Sam(router, "");
    }

    static Sam session(URI router, String id, int hops) throws IOException {
      Sam sam = new Sam(router, id);
      sam.ask(
          "SESSION CREATE STYLE=STREAM ID=" + id
              + " DESTINATION=TRANSIENT SIGNATURE_TYPE=7 i2cp.leaseSetEncType=4"
              + " inbound.quantity=5 outbound.quantity=5 inbound.length=" + hops
              + " outbound.length=" + hops,
          "SESSION STATUS RESULT=OK");
      return sam;
    }

    /** The destination of the session. */
    String me() throws IOException {
      String reply = ask("NAMING LOOKUP NAME=ME", "NAMING REPLY RESULT=OK");
      return reply.substring(reply.indexOf("VALUE=") + "VALUE=".length());
    }

    String ask(String command, String answer) throws IOException {
      send(command);
      String reply = line();
      assertThat(reply).startsWith(answer);
      return reply;
    }

    void send(String line) throws IOException {
      socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    /** Byte by byte: what follows the line is the stream. */
    String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int octet = socket.getInputStream().read();
          octet != '\n';
          octet = socket.getInputStream().read()) {
        if (octet < 0) {
          throw new EOFException("after \"" + line + "\"");
        }
        line.write(octet);
      }
      return line.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
