package io.allium.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.Capability;
import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.ServeOptions;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.okhttp.I2pOkHttp;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.Handshake;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.TlsVersion;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OkHttp fetches from Jetty, each by its adapter, also where a stream cannot end one direction. */
class OkHttpTest {
  private static final String NAME = "site.i2p";

  /** Larger than a record of TLS, and than what waits between a writer and a reader. */
  private static final String LARGE = "x".repeat(300_000);

  private final AtomicInteger streams = new AtomicInteger();
  private final Server server = new Server(new VirtualThreadPool());
  private MemoryNetwork network;
  private I2p i2p;
  private I2pSession site;
  private I2pSession client;

  @SuppressWarnings("NullAway.Init") // each test opens all first
  OkHttpTest() {}

  /** Says who asks, whether by TLS, and what for; then the body of the request. */
  private static final class Echo extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      String seen = Request.getRemoteAddr(request)
          + (I2pConnector.peer(request).isPresent() ? " proven " : " unproven ")
          + request.getHttpURI() + " "
          + Content.Source.asString(request);
      Content.Sink.write(response, true, seen, callback);
      return true;
    }
  }

  private void open(boolean halfClose) throws IOException {
    MemoryNetwork.Builder builder = MemoryNetwork.builder();
    network = (halfClose ? builder : builder.without(Capability.HALF_CLOSE)).build();
    i2p = I2p.connect(network.uri());
    site = i2p.open();
    client = i2p.open();
    network.addName(Hostname.parse(NAME), site.destination());
  }

  private void serve(ConnectionFactory... protocols) throws Exception {
    I2pConnector connector = new I2pConnector(server, site, 0, ServeOptions.defaults(), protocols);
    connector.addEventListener(new Connection.Listener() {
      @Override
      public void onOpened(Connection connection) {
        if (connection.getEndPoint() instanceof I2pEndPoint) { // with TLS, a second one is inside
          streams.incrementAndGet();
        }
      }
    });
    server.addConnector(connector);
    server.setHandler(new Echo());
    server.start();
  }

  @AfterEach
  void close() throws Exception {
    server.stop();
    i2p.close();
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  @ParameterizedTest(name = "half-close {0}")
  @ValueSource(booleans = {true, false})
  void requestsShareAStreamUntilOneEndsIt(boolean halfClose) throws Exception {
    open(halfClose);
    serve();
    OkHttpClient ok = I2pOkHttp.over(new OkHttpClient.Builder(), client).build();
    assertRequestsShareAStreamUntilOneEndsIt(ok, "http://" + NAME);
  }

  @ParameterizedTest(name = "half-close {0}")
  @ValueSource(booleans = {true, false})
  void tlsRunsOverAStreamBothWays(boolean halfClose) throws Exception {
    open(halfClose);
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(NAME).build();
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setSslContext(
        new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext());
    serve(
        new SslConnectionFactory(tls, "http/1.1"),
        new HttpConnectionFactory(I2pConnector.httpConfiguration(site)));
    HandshakeCertificates trust = new HandshakeCertificates.Builder()
        .addTrustedCertificate(certificate.certificate())
        .build();
    OkHttpClient ok = I2pOkHttp.over(
            new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager()),
            client)
        .build();
    okhttp3.Request request =
        new okhttp3.Request.Builder().url("https://" + NAME + "/").build();
    try (okhttp3.Response response = ok.newCall(request).execute()) {
      assertThat(response.body().string()).contains(" proven https://");
      assertThat(response.handshake())
          .extracting(Handshake::tlsVersion)
          .isEqualTo(TlsVersion.TLS_1_3);
    }
    assertRequestsShareAStreamUntilOneEndsIt(ok, "https://" + NAME);
  }

  private void assertRequestsShareAStreamUntilOneEndsIt(OkHttpClient ok, String url)
      throws IOException {
    for (String path : new String[] {"/one", "/two", "/three"}) {
      assertAnswered(ok, url + path, "", "keep-alive");
    }
    assertAnswered(ok, url + "/large", LARGE, "keep-alive");
    assertAnswered(ok, url + "/last", LARGE, "close");
    assertThat(streams).hasValue(1);
    assertAnswered(ok, url + "/after", "", "keep-alive");
    assertThat(streams).hasValue(2);
  }

  private void assertAnswered(OkHttpClient ok, String url, String body, String connection)
      throws IOException {
    okhttp3.Request request = new okhttp3.Request.Builder()
        .url(url)
        .header("Connection", connection)
        .post(RequestBody.create(body, null))
        .build();
    try (okhttp3.Response response = ok.newCall(request).execute()) {
      assertThat(response.body().string())
          .isEqualTo(client.destination().base32().text() + " proven " + url + " " + body);
    }
  }
}
