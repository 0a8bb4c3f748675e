package io.allium.spring.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import io.allium.spring.I2pRestClients;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootTest(
    webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT,
    properties = "allium.keys=target/never-made.keys")
@AutoConfigureMemoryNetwork
class MemoryNetworkTest {
  @Autowired
  private MemoryNetwork network;

  @Autowired
  private I2pSession session;

  @Autowired
  private I2pRestClients clients;

  @SuppressWarnings("NullAway.Init") // Spring sets them
  MemoryNetworkTest() {}

  @Test
  void anApplicationIsTestedWithoutARouter() throws IOException {
    assertThat(Path.of("target/never-made.keys")).doesNotExist();
    String host = session.destination().base32().text();
    assertThat(clients
            .builder()
            .build()
            .get()
            .uri("http://" + host + "/")
            .retrieve()
            .body(String.class))
        .isEqualTo("tested");
    try (I2p i2p = I2p.connect(network.uri());
        I2pSession peer = i2p.open()) {
      assertThat(peer.connect(host).peer().matches(session.destination())).isTrue();
    }
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Tested.Page.class)
  static class Tested {
    @RestController
    static class Page {
      @GetMapping("/")
      String page() {
        return "tested";
      }
    }
  }
}
