package io.allium.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The peer in Spring Security. */
class PrincipalTest {
  private static final String WITH_SECURITY = "spring.autoconfigure.exclude="
      + "org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration,"
      + "org.springframework.boot.tomcat.autoconfigure.actuate.web.server"
      + ".TomcatServletManagementContextAutoConfiguration";

  private final MemoryNetwork network = MemoryNetwork.create();

  @AfterEach
  void close() {
    network.close();
  }

  @Test
  void aListedPeerIsAuthenticated() throws IOException {
    try (I2p router = I2p.connect(network.uri());
        I2pSession peer = router.open();
        Running site = Running.start(
            router,
            peer,
            Secured.class,
            WITH_SECURITY,
            "allium.server.peers=" + peer.destination().base32().text())) {
      assertThat(site.get("/closed").body())
          .isEqualTo(peer.destination().base32().text());
    }
  }

  @Test
  void anyOtherPeerIsAnonymousWithAName() throws IOException {
    try (I2p router = I2p.connect(network.uri());
        I2pSession peer = router.open();
        Running site = Running.start(router, peer, Secured.class, WITH_SECURITY)) {
      assertThat(site.get("/open").body()).isEqualTo(peer.destination().base32().text());
      assertThat(site.get("/closed").status()).isEqualTo(403);
    }
  }

  @SpringBootConfiguration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(Secured.Pages.class)
  static class Secured {
    @Bean
    SecurityFilterChain chain(HttpSecurity http) throws Exception {
      return http.authorizeHttpRequests(requests ->
              requests.requestMatchers("/open").permitAll().anyRequest().authenticated())
          .build();
    }

    @RestController
    static class Pages {
      @GetMapping("/later")
      Callable<String> nameLater(@AuthenticationPrincipal I2pPeer peer) {
        return peer::getName;
      }

      @GetMapping({"/open", "/closed"})
      String name(@AuthenticationPrincipal I2pPeer peer) {
        return peer.getName();
      }
    }
  }
}
