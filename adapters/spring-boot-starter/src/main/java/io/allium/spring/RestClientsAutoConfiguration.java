package io.allium.spring;

import io.allium.I2pSession;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.web.client.RestClient;

/** Clients over I2P. */
@AutoConfiguration(after = AlliumAutoConfiguration.class)
@ConditionalOnClass(RestClient.class)
class RestClientsAutoConfiguration {
  @Bean
  @ConditionalOnMissingBean
  I2pRestClients i2pRestClients(I2pSession session) {
    return new I2pRestClients(session);
  }
}
