package io.allium.proxy.http;

import io.allium.I2pException;
import io.allium.I2pName;
import io.allium.I2pStream;
import io.allium.proxy.internal.Outbound;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http.ProtocolException;

/** A stream to a site, for one request after the other. */
final class SiteConnection {
  /** A site behind three hops each way thinks for seconds, and some wait for news on purpose. */
  private static final Duration ANSWER = Duration.ofMinutes(5);

  /** Within an answer: a stream of events may be quiet for a while. */
  private static final Duration SILENCE = Duration.ofMinutes(10);

  /** Nobody needs more than one; a site that sends them for ever never answers. */
  private static final int MAX_INTERIM = 10;

  private final String purpose;
  private final I2pName name;
  private final int port;
  private final I2pStream stream;
  private final Wire wire;

  private SiteConnection(String purpose, I2pName name, int port, I2pStream stream) {
    this.purpose = purpose;
    this.name = name;
    this.port = port;
    this.stream = stream;
    wire = new Wire(stream.input(), stream.output(), stream::readTimeout);
  }

  static SiteConnection open(Outbound outbound, String purpose, I2pName name, int port)
      throws I2pException {
    return new SiteConnection(purpose, name, port, outbound.connect(purpose, name, port));
  }

  boolean isTo(String otherPurpose, I2pName otherName, int otherPort) {
    return purpose.equals(otherPurpose) && name.equals(otherName) && port == otherPort;
  }

  void ask(String method, String path, List<Header> headers) throws IOException {
    wire.head(method + " " + path + " HTTP/1.1", headers);
  }

  void send(InputStream body, long length) throws IOException {
    wire.send(body, length);
  }

  /** The head of the final answer. */
  ClassicHttpResponse answer() throws IOException, HttpException {
    for (int i = 0; i <= MAX_INTERIM; i++) {
      ClassicHttpResponse response = wire.response(ANSWER);
      if (response.getCode() >= 200) {
        return response;
      }
      if (response.getCode() == 101) {
        throw new ProtocolException("the site changes to a protocol that nobody asked for");
      }
    }
    throw new ProtocolException("no answer follows the interim ones of the site");
  }

  InputStream body(long length) {
    return wire.body(length, SILENCE);
  }

  static boolean isKept(ClassicHttpResponse response) {
    boolean isOld =
        response.getVersion() != null && response.getVersion().lessEquals(HttpVersion.HTTP_1_0);
    return !isOld && !SiteHeaders.has(response, "Connection", "close");
  }

  void close() {
    stream.close();
  }

  void cancel() {
    stream.cancel();
  }
}
