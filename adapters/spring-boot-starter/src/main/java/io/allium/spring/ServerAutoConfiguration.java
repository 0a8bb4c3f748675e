package io.allium.spring;

import io.allium.I2pSession;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The application's web server, over I2P and nothing else. */
@AutoConfiguration(after = AlliumAutoConfiguration.class)
@ConditionalOnWebApplication
@ConditionalOnBooleanProperty(name = "allium.server.enabled", matchIfMissing = true)
class ServerAutoConfiguration {
  /** Static, so that it sees the server before anything else is made. */
  @Bean
  static OnlyI2p onlyI2p(Environment environment) {
    return new OnlyI2p(environment);
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(JettyServletWebServerFactory.class)
  static class Jetty {
    @Bean
    ServeOverI2p serveOverI2p(I2pSession session, AlliumProperties properties) {
      return new ServeOverI2p(session, properties.server());
    }
  }
}
