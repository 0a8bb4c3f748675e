package io.allium.cli;

import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import io.allium.cli.site.StreamSocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.TruncatedChunkException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** One HTTP GET over a stream. */
final class HttpGet {
  /** A site behind three hops each way thinks for seconds, not for minutes. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;

  /** Nobody needs more than one; a site that sends them for ever never answers. */
  private static final int MAX_INTERIM = 10;

  private static final int BUFFER = 16 * 1024;

  record Result(int status, long bytes) {}

  private HttpGet() {}

  static Result run(I2pSession session, I2pAddress site, String url, OutputStream body)
      throws IOException, CommandFailure {
    URI uri = URI.create(url);
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    BasicClassicHttpRequest request = new BasicClassicHttpRequest(
        "GET", uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
    request.setHeader("Host", uri.getRawAuthority());
    request.setHeader("Accept-Encoding", "identity");
    request.setHeader("Connection", "close");
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
      http.receiveResponseEntity(response);
      try (HttpEntity entity = response.getEntity()) {
        long bytes = entity == null ? 0 : copy(entity.getContent(), body, stream);
        return new Result(response.getCode(), bytes);
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
        // closing the page would read the rest of it
        stream.cancel();
        throw new CommandFailure(
            ExitCodes.CANNOT_CREATE, "the page cannot be written: " + e.getMessage());
      }
      bytes += count;
    }
    return bytes;
  }
}
