package io.allium.interop;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A web server of this host with one page at {@code /}, which answers a request that has a body with that body. To HTTP
 * 1.0 it tells no length, so that only the end of the stream ends the page.
 */
final class LocalSite implements AutoCloseable {
  private final HttpServer server;

  private LocalSite(HttpServer server) {
    this.server = server;
  }

  static LocalSite start(byte[] page) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      byte[] body = exchange.getRequestBody().readAllBytes();
      byte[] answer = body.length == 0 ? page : body;
      exchange.sendResponseHeaders(
          200, exchange.getProtocol().equals("HTTP/1.0") ? 0 : answer.length);
      exchange.getResponseBody().write(answer);
      exchange.close();
    });
    server.start();
    return new LocalSite(server);
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
