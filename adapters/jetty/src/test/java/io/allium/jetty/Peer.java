package io.allium.jetty;

import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A raw HTTP client on one stream. */
final class Peer implements Closeable {
  /** An answer whose body is read as far as its headers say, else to the end. */
  record Answer(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }
  }

  private final I2pStream stream;
  private final DataInputStream input;

  private Peer(I2pStream stream) {
    this.stream = stream;
    input = new DataInputStream(stream.input());
  }

  static Peer of(I2pSession from, I2pSession to) throws IOException {
    return new Peer(from.connect(to.destination()));
  }

  Peer send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  Peer send(byte[] bytes) throws IOException {
    stream.output().write(bytes);
    return this;
  }

  Answer get(String path) throws IOException {
    return send("GET " + path + " HTTP/1.1\r\nHost: site.i2p\r\n\r\n").answer();
  }

  Answer answer() throws IOException {
    String head = head();
    String lower = head.toLowerCase(Locale.ROOT);
    if (lower.contains("transfer-encoding: chunked")) {
      return new Answer(head, chunks());
    }
    int length = lower.indexOf("content-length: ");
    if (length < 0) {
      return new Answer(head, text(input.readAllBytes()));
    }
    int end = lower.indexOf('\r', length);
    byte[] body = new byte[Integer.parseInt(lower.substring(length + 16, end))];
    input.readFully(body);
    return new Answer(head, text(body));
  }

  /** Up to and with the empty line. */
  String head() throws IOException {
    StringBuilder head = new StringBuilder();
    String line;
    do {
      line = line();
      head.append(line).append("\r\n");
    } while (!line.isEmpty());
    return head.toString();
  }

  String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = input.read();
      if (next < 0) {
        throw new EOFException("after: " + line);
      }
      if (next == '\n') {
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
      }
      line.write(next);
    }
  }

  byte[] bytes(int count) throws IOException {
    return input.readNBytes(count);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      byte[] chunk = new byte[Integer.parseInt(line(), 16)];
      input.readFully(chunk);
      line();
      if (chunk.length == 0) {
        return body.toString();
      }
      body.append(text(chunk));
    }
  }

  /** All up to the end, also where it is a reset. */
  String rest() {
    ByteArrayOutputStream rest = new ByteArrayOutputStream();
    try {
      input.transferTo(rest);
    } catch (IOException e) {
      return rest.toString(StandardCharsets.ISO_8859_1);
    }
    return rest.toString(StandardCharsets.ISO_8859_1);
  }

  void reset() {
    stream.cancel();
  }

  @Override
  public void close() {
    stream.close();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }
}
