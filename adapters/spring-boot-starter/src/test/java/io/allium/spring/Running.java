package io.allium.spring;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.httpclient5.I2pHttpClient;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** An application on a network in memory, and a peer that asks it. */
final class Running implements AutoCloseable {
  private final ConfigurableApplicationContext context;
  private final I2pSession session;
  private final CloseableHttpClient client;

  private Running(ConfigurableApplicationContext context, I2pSession peer) {
    this.context = context;
    this.session = peer;
    client = I2pHttpClient.over(peer).disableRedirectHandling().build();
  }

  static Running start(I2p router, I2pSession peer, Class<?> source, String... properties) {
    return new Running(start(router, source, properties), peer);
  }

  private static ConfigurableApplicationContext start(
      I2p router, Class<?> source, String... properties) {
    return new SpringApplicationBuilder(source)
        .properties("spring.main.banner-mode=off", "logging.level.root=warn")
        .initializers(context -> ((GenericApplicationContext) context)
            .registerBean(AlliumConnectionDetails.class, () -> () -> I2p.connect(router.uri())))
        .run(Stream.of(properties).map(property -> "--" + property).toArray(String[]::new));
  }

  static ConfigurableApplicationContext start(
      MemoryNetwork network, Class<?> source, String... properties) throws IOException {
    try (I2p router = I2p.connect(network.uri())) {
      return start(router, source, properties);
    }
  }

  ConfigurableApplicationContext context() {
    return context;
  }

  String host() {
    return context.getBean(I2pSession.class).destination().base32().text();
  }

  Answer get(String path) throws IOException {
    return client.execute(new HttpGet("http://" + host() + path), Answer::of);
  }

  record Answer(int status, List<String> headers, String body) {
    static Answer of(ClassicHttpResponse response) throws IOException, ParseException {
      String body = response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity());
      return new Answer(
          response.getCode(),
          Stream.of(response.getHeaders()).map(Object::toString).toList(),
          body);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    context.close();
    session.close(Duration.ZERO);
  }
}
