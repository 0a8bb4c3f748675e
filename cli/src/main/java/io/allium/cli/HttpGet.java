package io.allium.cli;

import io.allium.I2pAddress;
import io.allium.I2pSession;
import io.allium.I2pStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/** One HTTP GET over a stream. */
final class HttpGet {
  /** A site behind three hops each way thinks for seconds, not for minutes. */
  private static final Duration READ_TIMEOUT = Duration.ofMinutes(2);

  private static final int MAX_LINE = 16 * 1024;
  private static final int MAX_HEADERS = 200;

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
      http.bind(new StreamSocket(stream));
      http.sendRequestHeader(request);
      http.flush();
      ClassicHttpResponse response = http.receiveResponseHeader();
      while (response.getCode() < 200) {
        response = http.receiveResponseHeader();
      }
      http.receiveResponseEntity(response);
      long bytes = 0;
      try (HttpEntity entity = response.getEntity()) {
        if (entity != null) {
          bytes = entity.getContent().transferTo(body);
        }
      }
      body.flush();
      return new Result(response.getCode(), bytes);
    } catch (NoHttpResponseException | ConnectionClosedException e) {
      throw new CommandFailure(
          ExitCodes.TRY_AGAIN,
          "the peer ended the stream before its answer was whole: try again later");
    } catch (HttpException e) {
      throw new CommandFailure(
          ExitCodes.PROTOCOL, "the site did not answer in HTTP: " + e.getMessage());
    }
  }
}
