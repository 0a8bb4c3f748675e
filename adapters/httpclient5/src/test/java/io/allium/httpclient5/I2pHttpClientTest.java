package io.allium.httpclient5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.allium.Hostname;
import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.memory.MemoryNetwork;
import io.allium.sockets.I2pServerSocketFactory;
import java.io.IOException;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.impl.bootstrap.HttpServer;
import org.apache.hc.core5.http.impl.bootstrap.ServerBootstrap;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.apache.hc.core5.io.CloseMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Apache's client, and a server of Apache's on our server sockets. */
class I2pHttpClientTest {
  private static final String NAME = "site.i2p";

  private final MemoryNetwork network = MemoryNetwork.create();
  private I2p i2p;
  private I2pSession server;
  private I2pSession client;
  private HttpServer site;

  @SuppressWarnings("NullAway.Init") // start() sets all before any test
  I2pHttpClientTest() {}

  @BeforeEach
  void start() throws IOException {
    i2p = I2p.connect(network.router("laptop"));
    server = i2p.open();
    client = i2p.open();
    network.addName(Hostname.parse(NAME), server.destination());
    site = ServerBootstrap.bootstrap()
        .setServerSocketFactory(new I2pServerSocketFactory(server))
        .setListenerPort(8080)
        .setCanonicalHostName(NAME)
        .register(
            "/peer",
            (request, response, context) -> response.setEntity(new StringEntity(String.valueOf(
                HttpCoreContext.cast(context).getEndpointDetails().getRemoteAddress()))))
        .create();
    site.start();
  }

  @AfterEach
  void stop() {
    site.close(CloseMode.IMMEDIATE);
    i2p.close();
    network.close();
    assertThat(ResolverGuard.refused()).isEmpty();
  }

  private static String get(CloseableHttpClient http, String url) throws IOException {
    return http.execute(new HttpGet(url), response -> EntityUtils.toString(response.getEntity()));
  }

  @Test
  void namesAreForTheRouterAndTheServerKnowsWhoAsks() throws Exception {
    try (CloseableHttpClient http = I2pHttpClient.over(client).build()) {
      String peer = get(http, "http://" + NAME + ":8080/peer");
      assertThat(peer).startsWith(client.destination().base32().text()).contains("unresolved");
      assertThat(get(http, "http://" + NAME + ":8080/peer")).as("kept").isEqualTo(peer);
    }
  }

  @Test
  void whatIsNotOnI2pFails() throws Exception {
    try (CloseableHttpClient http = I2pHttpClient.over(client).build()) {
      assertThatThrownBy(() -> get(http, "http://127.0.0.1:1/"))
          .isInstanceOf(UnknownHostException.class);
      assertThatThrownBy(() -> get(http, "http://example.com/"))
          .isInstanceOf(UnknownHostException.class);
      assertThatThrownBy(() -> get(http, "http://nobody.i2p/"))
          .isInstanceOf(UnknownHostException.class);
    }
  }
}
