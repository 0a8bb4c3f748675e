package io.allium.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.guard.ResolverGuard;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.memory.MemoryNetwork;
import io.allium.okhttp.I2pOkHttp;
import io.allium.proxy.http.HttpProxy;
import io.allium.spring.test.AutoConfigureMemoryNetwork;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.BasicHttpClientResponseHandler;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** Three HTTP clients, one Spring Boot application. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@AutoConfigureMemoryNetwork
class SpringSiteTest {
  @Autowired
  private MemoryNetwork network;

  @Autowired
  private I2pSession site;

  @SuppressWarnings("NullAway.Init") // Spring sets them
  SpringSiteTest() {}

  @Test
  void threeClientsAreGreetedByTheirNames() throws Exception {
    String url = "http://" + site.destination().base32().text() + "/";
    try (I2p i2p = I2p.connect(network.uri());
        I2pSession peer = i2p.open()) {
      String greeting = "Hello " + peer.destination().base32().text() + ", you are visit ";
      OkHttpClient okHttp = I2pOkHttp.over(new OkHttpClient.Builder(), peer).build();
      try (Response answer =
          okHttp.newCall(new Request.Builder().url(url).build()).execute()) {
        assertThat(answer.body().string()).isEqualTo(greeting + 1);
      }
      try (CloseableHttpClient apache = I2pHttpClient.over(peer).build()) {
        assertThat(apache.execute(new HttpGet(url), new BasicHttpClientResponseHandler()))
            .isEqualTo(greeting + 2);
      }
      try (HttpProxy proxy = HttpProxy.open(i2p);
          HttpClient jdk = HttpClient.newBuilder()
              .proxy(ProxySelector.of(proxy.localAddress()))
              .build()) {
        assertThat(
                jdk.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                    .body())
            .endsWith(", you are visit 3");
      }
    }
    assertThat(ResolverGuard.refused()).isEmpty();
  }
}
