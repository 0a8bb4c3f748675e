package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One connection to a SAM bridge, spoken by hand: a witness that knows no class of Allium. */
final class RawSam implements AutoCloseable {
  private static final int LIMIT_MILLIS = 10_000;

  /** At the real clock i2pd answers SESSION CREATE at a multiple of 20 s. */
  private static final int OPEN_MILLIS = 60_000;

  /** With fewer tunnels, i2pd more often fails to publish a session. */
  private static final String OPTIONS =
      " SIGNATURE_TYPE=7 i2cp.leaseSetEncType=4 inbound.quantity=5 outbound.quantity=5";

  private final Socket socket = new Socket();
  private final String id;

  private RawSam(URI router, String id) throws IOException {
    this.id = id;
    socket.connect(new InetSocketAddress(router.getHost(), router.getPort()), LIMIT_MILLIS);
    socket.setSoTimeout(LIMIT_MILLIS);
  }

  /** A connection that has said nothing. */
  static RawSam silent(URI router) throws IOException {
    return new RawSam(router, "");
  }

  /** A connection ready for a command. */
  static RawSam hello(URI router) throws IOException {
    RawSam sam = silent(router);
    sam.ask("HELLO VERSION MIN=3.0 MAX=3.1", "HELLO REPLY RESULT=OK");
    return sam;
  }

  /** A session with a new destination. */
  static RawSam session(URI router, String id, int hops) throws IOException {
    return session(router, id, "TRANSIENT", hops);
  }

  /** A session with a destination, of which i2pd wants the private keys. */
  static RawSam session(URI router, String id, String keys, int hops) throws IOException {
    return session(router, id, "STREAM", keys, hops);
  }

  /** A session of another style; datagrams come on its connection. */
  static RawSam session(URI router, String id, String style, String keys, int hops)
      throws IOException {
    RawSam sam = new RawSam(router, id);
    sam.ask("HELLO VERSION MIN=3.0 MAX=3.1", "HELLO REPLY RESULT=OK");
    sam.socket.setSoTimeout(OPEN_MILLIS);
    sam.ask(
        "SESSION CREATE STYLE=" + style + " ID=" + id + " DESTINATION=" + keys + OPTIONS
            + " inbound.length=" + hops + " outbound.length=" + hops,
        "SESSION STATUS RESULT=OK");
    sam.socket.setSoTimeout(LIMIT_MILLIS);
    return sam;
  }

  String id() {
    return id;
  }

  Socket socket() {
    return socket;
  }

  /** The destination of the session. */
  String me() throws IOException {
    return value(ask("NAMING LOOKUP NAME=ME", "NAMING REPLY RESULT=OK"), "VALUE");
  }

  /** What a reply says about a key; the value ends at a blank. */
  static String value(String reply, String key) {
    String rest = reply.substring(reply.indexOf(" " + key + "=") + key.length() + 2);
    return rest.contains(" ") ? rest.substring(0, rest.indexOf(' ')) : rest;
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
