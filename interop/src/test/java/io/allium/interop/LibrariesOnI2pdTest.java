package io.allium.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.guard.ResolverGuard;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.jetty.I2pConnector;
import io.allium.okhttp.I2pOkHttp;
import io.allium.proxy.http.HttpProxy;
import io.allium.sockets.I2pServerSocketFactory;
import io.allium.sockets.I2pSocketFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.FutureTask;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What libraries of the Java world take, between two real routers: sockets, and HTTP clients that fetch from Jetty. */
@RequiresI2pd
class LibrariesOnI2pdTest {
  private static final byte[] WORDS = "words both ways".getBytes();

  private final List<String> refused = ResolverGuard.refused();
  private TwoSides sides;

  @SuppressWarnings("NullAway.Init") // open() sets it before any test
  LibrariesOnI2pdTest() {}

  @BeforeEach
  void open() throws IOException {
    sides = new TwoSides();
  }

  @AfterEach
  void close() {
    sides.close();
    assertThat(ResolverGuard.refused()).as("what was asked of the resolver").isEqualTo(refused);
  }

  private interface Side {
    Socket over(Socket socket) throws IOException;
  }

  @Test
  void aSocketReachesAServerSocketWithAndWithoutTls() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(sides.host()).build();
    SSLSocketFactory serving =
        new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslSocketFactory();
    SSLSocketFactory trusting = new HandshakeCertificates.Builder()
        .addTrustedCertificate(certificate.certificate())
        .build()
        .sslSocketFactory();
    try (ServerSocket listener = new I2pServerSocketFactory(sides.server).createServerSocket(0)) {
      assertEchoed(listener, socket -> socket, socket -> socket);
      assertEchoed(
          listener,
          socket -> serving.createSocket(socket, null, true),
          socket -> checked(trusting.createSocket(socket, sides.host(), 443, true)));
    }
  }

  /** JSSE compares the name with the certificate only where it is told to. */
  private static Socket checked(Socket socket) {
    SSLSocket tls = (SSLSocket) socket;
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    return socket;
  }

  private void assertEchoed(ServerSocket listener, Side server, Side client) throws Exception {
    FutureTask<InetSocketAddress> echo = new FutureTask<>(() -> {
      try (Socket accepted = listener.accept();
          Socket socket = server.over(accepted)) {
        socket.getOutputStream().write(socket.getInputStream().readNBytes(WORDS.length));
        // the client says when it has all
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        return (InetSocketAddress) accepted.getRemoteSocketAddress();
      }
    });
    Thread.ofVirtual().name("echo").start(echo);
    try (Socket plain =
            new I2pSocketFactory(sides.client).createSocket(sides.host(), listener.getLocalPort());
        Socket socket = client.over(plain)) {
      socket.getOutputStream().write(WORDS);
      assertThat(socket.getInputStream().readNBytes(WORDS.length)).isEqualTo(WORDS);
    }
    assertThat(echo.get().getHostString())
        .isEqualTo(sides.client.destination().base32().text());
  }

  private static final class WhoAsks extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      String seen = request.getHttpURI().getPath() + " " + Request.getRemoteAddr(request);
      Content.Sink.write(response, true, seen, callback);
      return true;
    }
  }

  private interface Fetch {
    String fetch(String url) throws Exception;
  }

  /** Twice, for connections are kept. */
  private void assertFetched(String end, Fetch client) throws Exception {
    Server jetty = new Server();
    jetty.addConnector(new I2pConnector(jetty, sides.server));
    jetty.setHandler(new WhoAsks());
    jetty.start();
    try {
      for (String path : new String[] {"/one", "/two"}) {
        assertThat(client.fetch("http://" + sides.host() + path))
            .startsWith(path + " ")
            .endsWith(end);
      }
    } finally {
      jetty.stop();
    }
  }

  @Test
  void okHttpFetchesFromJetty() throws Exception {
    OkHttpClient client =
        I2pOkHttp.over(new OkHttpClient.Builder(), sides.client).build();
    assertFetched(sides.client.destination().base32().text(), url -> {
      okhttp3.Request request = new okhttp3.Request.Builder().url(url).build();
      try (okhttp3.Response response = client.newCall(request).execute()) {
        return response.body().string();
      }
    });
    client.connectionPool().evictAll();
  }

  @Test
  void apacheHttpClientFetchesFromJetty() throws Exception {
    try (var client = I2pHttpClient.over(sides.client).build()) {
      assertFetched(
          sides.client.destination().base32().text(),
          url -> client.execute(
              new HttpGet(url), response -> EntityUtils.toString(response.getEntity())));
    }
  }

  /** The proxy has a session of its own. */
  @Test
  void theJdksHttpClientFetchesFromJettyByTheProxy() throws Exception {
    try (HttpProxy proxy = HttpProxy.open(sides.here);
        HttpClient client = HttpClient.newBuilder()
            .proxy(ProxySelector.of(proxy.localAddress()))
            .build()) {
      assertFetched(
          ".b32.i2p",
          url -> client
              .send(
                  HttpRequest.newBuilder(URI.create(url)).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body());
    }
  }
}
