package io.allium.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.allium.memory.MemoryNetwork;
import java.io.IOException;
import java.util.Objects;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.WebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** What would open a TCP port keeps an application from starting. */
class OnlyI2pTest {
  private static final String CLASS_PATH_DECIDES = "spring.autoconfigure.exclude="
      + "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration,"
      + "org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration,"
      + "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration";

  private final MemoryNetwork network = MemoryNetwork.create();

  @AfterEach
  void close() {
    network.close();
  }

  /** Where both are there, Spring Boot takes Jetty. */
  @Test
  void tomcatOnTheClassPathIsNotUsed() throws IOException {
    try (ConfigurableApplicationContext context =
        Running.start(network, Site.class, CLASS_PATH_DECIDES)) {
      assertThat(context.getBeanProvider(WebServerFactory.class).stream())
          .singleElement()
          .isInstanceOf(JettyServletWebServerFactory.class);
    }
  }

  @Test
  void tomcatAlone() {
    String withoutJetty = CLASS_PATH_DECIDES
        + ",org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration";
    assertThat(refusal(Site.class, withoutJetty))
        .contains(
            "TomcatServletWebServerFactory opens a TCP port", "exclude spring-boot-starter-tomcat");
  }

  @Test
  void tomcatAsABean() {
    assertThat(refusal(Tomcat.class)).contains("TomcatServletWebServerFactory opens a TCP port");
  }

  @Test
  void nettyAsABean() {
    assertThat(refusal(Netty.class, "spring.main.web-application-type=reactive"))
        .contains("exclude spring-boot-starter-reactor-netty");
  }

  @Test
  void aSecondConnector() {
    assertThat(refusal(Second.class))
        .contains("a second connector, ServerConnector, opens a TCP port");
  }

  @ParameterizedTest
  @CsvSource({
    "management.server.port,8081",
    "server.ssl.bundle,web",
    "spring.rsocket.server.port,7000"
  })
  void aPropertyForATcpPort(String property, String value) {
    assertThat(refusal(Site.class, property + "=" + value)).contains("remove " + property);
  }

  @Test
  void aTcpPortIsAllowedByName() throws IOException {
    try (ConfigurableApplicationContext context =
        Running.start(network, Site.class, "allium.server.also-tcp=true", "server.port=0")) {
      WebServer server = ((ServletWebServerApplicationContext) context).getWebServer();
      assertThat(Objects.requireNonNull(server).getPort()).isPositive();
    }
  }

  @Test
  void aListOfPeersThatNamesNobody() {
    assertThat(catchThrowable(
            () -> Running.start(network, Site.class, "allium.server.peers=friend.i2p")))
        .rootCause()
        .hasMessageContaining("use the peer's .b32.i2p address");
  }

  private String refusal(Class<?> source, String... properties) {
    Throwable failure = catchThrowable(() -> Running.start(network, source, properties));
    FailureAnalysis analysis = Objects.requireNonNull(
        new StartFailureAnalyzer().analyze(failure), () -> "no analysis of " + failure);
    return Objects.requireNonNull(analysis.getAction());
  }

  @Import(Site.class)
  static class Tomcat {
    @Bean
    TomcatServletWebServerFactory server() {
      return new TomcatServletWebServerFactory(0);
    }
  }

  @Import(Site.class)
  static class Netty {
    @Bean
    NettyReactiveWebServerFactory server() {
      return new NettyReactiveWebServerFactory(0);
    }
  }

  @Import(Site.class)
  static class Second {
    @Bean
    WebServerFactoryCustomizer<JettyServletWebServerFactory> second() {
      return factory ->
          factory.addServerCustomizers(server -> server.addConnector(new ServerConnector(server)));
    }
  }
}
