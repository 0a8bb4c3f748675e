package io.allium.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.sockets.I2pServerSocketFactory;
import java.io.IOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import javax.net.ssl.SSLPeerUnverifiedException;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Handshake;
import okhttp3.Headers;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.TlsVersion;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OkHttp's client, and a server of OkHttp's on our server sockets. */
class I2pOkHttpTest {
  private static final String NAME = "site.i2p";

  private final MemoryNetwork network = MemoryNetwork.create();
  private I2p i2p;
  private I2pSession server;
  private I2pSession client;
  private MockWebServer site;

  @SuppressWarnings("NullAway.Init") // start() sets all before any test
  I2pOkHttpTest() {}

  @BeforeEach
  void start() throws IOException {
    i2p = I2p.connect(network.router("laptop"));
    server = i2p.open();
    client = i2p.open();
    network.addName(Hostname.parse(NAME), server.destination());
    site = new MockWebServer();
    site.setServerSocketFactory(new I2pServerSocketFactory(server));
  }

  @AfterEach
  void stop() {
    site.close();
    i2p.close();
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private static Response get(OkHttpClient ok, String url) throws IOException {
    return ok.newCall(new Request.Builder().url(url).build()).execute();
  }

  @Test
  void namesAreForTheRouterAndAConnectionIsKept() throws Exception {
    site.start();
    OkHttpClient ok = I2pOkHttp.over(new OkHttpClient.Builder(), client).build();
    for (String host : new String[] {NAME, NAME, server.destination().base32().text()}) {
      site.enqueue(new MockResponse(200, Headers.of(), "hello"));
      try (Response response = get(ok, "http://" + host + ":" + site.getPort() + "/page")) {
        assertThat(response.body().string()).isEqualTo("hello");
      }
    }
    RecordedRequest first = site.takeRequest();
    RecordedRequest second = site.takeRequest();
    RecordedRequest third = site.takeRequest();
    assertThat(first.getExchangeIndex()).isZero();
    assertThat(second.getExchangeIndex()).as("on the same stream").isEqualTo(1);
    assertThat(third.getExchangeIndex()).as("another name, another stream").isZero();
  }

  @Test
  void tlsIsCheckedAgainstTheName() throws Exception {
    HeldCertificate certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(NAME).build();
    site.useHttps(new HandshakeCertificates.Builder()
        .heldCertificate(certificate)
        .build()
        .sslSocketFactory());
    site.start();
    HandshakeCertificates trust = new HandshakeCertificates.Builder()
        .addTrustedCertificate(certificate.certificate())
        .build();
    OkHttpClient ok = I2pOkHttp.over(
            new OkHttpClient.Builder()
                .sslSocketFactory(trust.sslSocketFactory(), trust.trustManager()),
            client)
        .build();
    site.enqueue(new MockResponse(200, Headers.of(), "secret"));
    try (Response response = get(ok, "https://" + NAME + ":" + site.getPort() + "/")) {
      assertThat(response.body().string()).isEqualTo("secret");
      assertThat(response.handshake())
          .extracting(Handshake::tlsVersion)
          .isEqualTo(TlsVersion.TLS_1_3);
      assertThat(response.protocol()).isEqualTo(Protocol.HTTP_2);
    }
    String other = "https://" + server.destination().base32().text() + ":" + site.getPort() + "/";
    assertThatThrownBy(() -> get(ok, other)).isInstanceOf(SSLPeerUnverifiedException.class);
  }

  @Test
  void whatIsNotOnI2pFails() {
    OkHttpClient ok = I2pOkHttp.over(new OkHttpClient.Builder(), client).build();
    assertThatThrownBy(() -> get(ok, "http://127.0.0.1:1/")).isInstanceOf(SocketException.class);
    assertThatThrownBy(() -> get(ok, "http://example.com/"))
        .isInstanceOf(UnknownHostException.class);
    assertThatThrownBy(() -> get(ok, "http://nobody.i2p/"))
        .isInstanceOf(UnknownHostException.class);
  }
}
