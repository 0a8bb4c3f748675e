package io.allium.spring;

import io.allium.I2p;
import io.allium.I2pSession;
import io.allium.SessionStatus;
import java.util.Map;
import org.springframework.boot.actuate.endpoint.EndpointFilter;
import org.springframework.boot.actuate.endpoint.web.ExposableWebEndpoint;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What Actuator tells of I2P, and which of its endpoints peers see. */
@AutoConfiguration(after = AlliumAutoConfiguration.class)
class ActuatorAutoConfiguration {
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(ExposableWebEndpoint.class)
  static class Endpoints {
    /** Beside Spring Boot's own choice of endpoints: what this one refuses is not there. */
    @Bean
    @ConditionalOnBooleanProperty(name = "allium.server.enabled", matchIfMissing = true)
    EndpointFilter<ExposableWebEndpoint> endpointsForPeers(AlliumProperties properties) {
      return endpoint ->
          properties.server().actuator().contains(endpoint.getEndpointId().toLowerCaseString());
    }

    @Bean
    InfoContributor i2pInfo(I2pSession session, I2p i2p) {
      return builder -> builder.withDetail(
          "i2p",
          Map.of(
              "address", session.destination().base32().text(),
              "provider", i2p.uri().getScheme()));
    }
  }

  @Configuration(proxyBeanMethods = false)
  @ConditionalOnClass(HealthIndicator.class)
  static class Healths {
    @Bean
    @ConditionalOnMissingBean(name = "i2pHealthIndicator")
    HealthIndicator i2pHealthIndicator(I2pSession session) {
      return () -> {
        SessionStatus status = session.status();
        Health.Builder health = switch (status.state()) {
          case ONLINE -> Health.up();
          case RECOVERING -> Health.outOfService();
          case LOST, CLOSED -> Health.down();
        };
        return health
            .withDetail("state", status.state())
            .withDetail("openStreams", status.openStreams())
            .withDetail("recovered", status.recovered())
            .build();
      };
    }
  }
}
