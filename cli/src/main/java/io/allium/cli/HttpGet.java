package io.allium.cli;

import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.cli.site.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.message.MessageSupport;
import org.jspecify.annotations.Nullable;

/** One HTTP GET over a stream. */
final class HttpGet {
  /** A site behind three hops each way thinks for seconds, not for minutes. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  /** Nobody needs more than one; a site that sends them for ever never answers. */
  private static final int MAX_INTERIM = 10;

  private static final int BUFFER = 16 * 1024;

  /**
   * What comes before the body.
   *
   * @param headers by their names in small letters
   */
  record Head(int status, Map<String, List<String>> headers) {
    private static Head of(int status, HttpMessage message) {
      Map<String, List<String>> headers = new TreeMap<>();
      for (Header header : message.getHeaders()) {
        headers
            .computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
            .add(String.valueOf(header.getValue()));
      }
      return new Head(status, headers);
    }

    Optional<String> first(String name) {
      return Optional.ofNullable(headers.get(name)).map(List::getFirst);
    }
  }

  record Result(Head head, long bytes) {}

  /** Where bodies go. */
  interface Bodies {
    /** Told once; null for a body that is not wanted. */
    @Nullable
    OutputStream open(Head head) throws IOException, CommandFailure;
  }

  private HttpGet() {}

  static Result run(
      I2pSession session, I2pAddress site, PageUrl url, Map<String, String> more, Bodies bodies)
      throws IOException, CommandFailure {
    // not by the library's own reading of a target, which takes the first name of //name for a host
    BasicClassicHttpRequest request = new BasicClassicHttpRequest("GET", null, null, url.target());
    request.setHeader("Host", url.authority());
    request.setHeader("Accept-Encoding", "identity");
    request.setHeader("Connection", "close");
    more.forEach(request::setHeader);
    Http1Config limits = Http1Config.custom()
        .setMaxLineLength(MAX_LINE)
        .setMaxHeaderCount(MAX_HEADERS)
        .build();
    try (I2pStream stream = session.connect(site);
        DefaultBHttpClientConnection http = new DefaultBHttpClientConnection(limits)) {
      stream.readTimeout(READ_TIMEOUT);
      http.bind(new StreamSocket(stream, stream.input()));
      http.sendRequestHeader(request);
      http.flush();
      ClassicHttpResponse response = http.receiveResponseHeader();
      for (int i = 0; i < MAX_INTERIM && response.getCode() < 200; i++) {
        response = http.receiveResponseHeader();
      }
      if (response.getCode() < 200) {
        throw new ProtocolException("no answer follows its interim ones");
      }
      Head head = Head.of(response.getCode(), response);
      OutputStream body = open(bodies, head, stream);
      if (body == null || !MessageSupport.canResponseHaveBody("GET", response)) {
        return new Result(head, 0); // reading on might have no end
      }
      http.receiveResponseEntity(response);
      try (HttpEntity entity = response.getEntity()) {
        long bytes = entity == null ? 0 : copy(entity.getContent(), body, stream);
        return new Result(head, bytes);
      }
    } catch (NoHttpResponseException | ConnectionClosedException | TruncatedChunkException e) {
      throw new CommandFailure(
          ExitCodes.TRY_AGAIN,
          "the peer ended the stream before its answer was whole: try again later");
    } catch (HttpException | MalformedChunkCodingException | MessageConstraintException e) {
      // these quote the site
      throw new CommandFailure(
          ExitCodes.PROTOCOL,
          "the site did not answer in HTTP: " + Output.harmless(e.getMessage()));
    }
  }

  private static long copy(InputStream from, OutputStream body, I2pStream stream)
      throws IOException, CommandFailure {
    byte[] buffer = new byte[BUFFER];
    long bytes = 0;
    for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
      try {
        body.write(buffer, 0, count);
      } catch (IOException e) {
        throw notWritten(stream, e);
      }
      bytes += count;
    }
    return bytes;
  }

  private static @Nullable OutputStream open(Bodies bodies, Head head, I2pStream stream)
      throws CommandFailure {
    try {
      return bodies.open(head);
    } catch (IOException e) {
      throw notWritten(stream, e);
    }
  }

  private static CommandFailure notWritten(I2pStream stream, IOException e) {
    // closing the page would read the rest of it
    stream.cancel();
    return new CommandFailure(
        ExitCodes.CANNOT_CREATE,
        "the page cannot be written (" + e.getMessage() + "): make room, or choose another file");
  }
}
