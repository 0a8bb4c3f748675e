package io.allium.spring;

import io.allium.DestinationKeys;
import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The router and the session of an application; a bean of its own takes the place of each. */
@AutoConfiguration
@EnableConfigurationProperties(AlliumProperties.class)
class AlliumAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  AlliumConnectionDetails alliumConnectionDetails(AlliumProperties properties) {
    return () -> I2p.connect(properties.router());
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  I2p i2p(AlliumConnectionDetails details) throws I2pException {
    return details.connect();
  }

  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  I2pSession i2pSession(I2p i2p, AlliumProperties properties) throws I2pException {
    Path file = properties.keys();
    if (file == null) {
      return i2p.open();
    }
    try (DestinationKeys keys = DestinationKeys.loadOrCreate(file)) {
      return i2p.open(keys);
    }
  }
}
