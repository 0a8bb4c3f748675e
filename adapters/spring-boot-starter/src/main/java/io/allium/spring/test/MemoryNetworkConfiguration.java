package io.allium.spring.test;

import io.allium.I2p;
import io.allium.memory.MemoryNetwork;
import io.allium.spring.AlliumConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class MemoryNetworkConfiguration {
  @Bean(destroyMethod = "close")
  MemoryNetwork memoryNetwork() {
    return MemoryNetwork.create();
  }

  @Bean
  AlliumConnectionDetails memoryConnectionDetails(MemoryNetwork network) {
    return () -> I2p.connect(network.uri());
  }
}
