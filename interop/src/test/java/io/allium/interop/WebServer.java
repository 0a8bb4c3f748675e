package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A web server of this host that answers each path with its name, with or without TLS. */
final class WebServer implements AutoCloseable {
  /** What a page shows only where its script was fetched and run. */
  static final String BY_SCRIPT = "made by a script";

  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final String PASSWORD = "changeit";

  /**
   * A request.
   *
   * @param path what was asked for
   * @param agent its user agent
   * @param port of the connection that brought it
   */
  record Request(String path, String agent, int port) {}

  private final HttpServer server;
  private final Queue<Request> requests = new ConcurrentLinkedQueue<>();

  private WebServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::answer);
    server.start();
  }

  static WebServer plain() throws IOException {
    return new WebServer(HttpServer.create(ANY, 0));
  }

  /**
   * With TLS, by a key that only its certificate vouches for.
   *
   * @param host what the certificate is for
   * @param certificate the file to which it is written
   */
  static WebServer secure(String host, Path certificate) throws Exception {
    Path keys = certificate.resolveSibling("tls.p12");
    try (Program keytool = Program.start(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "site",
        "-keyalg",
        "EC",
        "-dname",
        "CN=site",
        "-ext",
        "san=dns:" + host,
        "-storetype",
        "PKCS12",
        "-keystore",
        keys.toString(),
        "-storepass",
        PASSWORD))) {
      Program.Ended ended = keytool.end();
      assertThat(ended.code()).as(ended.errors()).isZero();
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(keys)) {
      store.load(file, PASSWORD.toCharArray());
    }
    Files.writeString(
        certificate,
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder()
                .encodeToString(store.getCertificate("site").getEncoded())
            + "\n-----END CERTIFICATE-----\n");
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(store, PASSWORD.toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(ANY, 0);
    server.setHttpsConfigurator(new HttpsConfigurator(tls));
    return new WebServer(server);
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    requests.add(new Request(
        path,
        String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")),
        exchange.getRemoteAddress().getPort()));
    byte[] page = page(path).getBytes(StandardCharsets.US_ASCII);
    exchange
        .getResponseHeaders()
        .add("Content-Type", path.endsWith(".js") ? "text/javascript" : "text/html");
    exchange.sendResponseHeaders(200, page.length);
    exchange.getResponseBody().write(page);
    exchange.close();
  }

  private static String page(String path) {
    return switch (path) {
      case "/script.js" -> "document.body.append('" + BY_SCRIPT + "')";
      // with an icon, so that no browser asks for one later
      case "/browser" ->
        "<!DOCTYPE html><link rel=icon href='data:,'><body><script src=/script.js></script></body>";
      default -> "page " + path + "\n";
    };
  }

  InetSocketAddress address() {
    return server.getAddress();
  }

  /** The next request that came, or one of nothing. */
  Request request() {
    Request one = requests.poll();
    return one == null ? new Request("", "", 0) : one;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
