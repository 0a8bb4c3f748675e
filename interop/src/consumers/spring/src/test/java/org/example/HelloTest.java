package org.example;

import io.allium.I2pSession;
import io.allium.spring.I2pRestClients;
import io.allium.spring.test.AutoConfigureMemoryNetwork;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.DEFINED_PORT)
@AutoConfigureMemoryNetwork
public class HelloTest {
  @Autowired
  I2pSession session;

  @Autowired
  I2pRestClients clients;

  @Test
  void greets() {
    String url = "http://" + session.destination().base32().text() + "/";
    assert clients.builder().build().get().uri(url).retrieve().body(String.class).startsWith("Hello ");
  }
}
