package io.allium.cli.site;

import io.allium.I2pStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Sends requests as they are written here, byte for byte. */
final class Visitor {
  private final I2pStream stream;

  record Head(int status, Map<String, String> headers) {
    String header(String name) {
      return headers.getOrDefault(name, "");
    }

    long length() {
      return Long.parseLong(headers.getOrDefault("content-length", "0"));
    }
  }

  record Answer(Head head, byte[] body) {
    int status() {
      return head.status();
    }

    String header(String name) {
      return head.header(name);
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  Visitor(I2pStream stream) {
    this.stream = stream;
  }

  /** A GET with headers. */
  Answer get(String target, String... headers) throws IOException {
    return ask("GET " + target, headers);
  }

  Answer ask(String request, String... headers) throws IOException {
    send(request, headers);
    Head head = head();
    boolean hasBody = !request.startsWith("HEAD") && head.status() != 304 && head.status() != 204;
    byte[] body = hasBody ? stream.input().readNBytes((int) head.length()) : new byte[0];
    return new Answer(head, body);
  }

  void send(String request, String... headers) throws IOException {
    StringBuilder text = new StringBuilder(request).append(" HTTP/1.1\r\nHost: h.i2p\r\n");
    for (String header : headers) {
      text.append(header).append("\r\n");
    }
    stream.output().write(text.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  Head head() throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(": ", 2);
      headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
    }
    return new Head(status, headers);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = stream.input().read(); next != '\n'; next = stream.input().read()) {
      if (next < 0) {
        throw new IOException("the answer ended in its headers");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }
}
