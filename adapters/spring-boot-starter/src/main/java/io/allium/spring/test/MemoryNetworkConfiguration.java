package io.allium.spring.test;

import io.allium.I2p;
import io.allium.I2pException;
import io.allium.I2pSession;
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

  /** A test has an address of its own, whatever keys the application has. */
  @Bean(destroyMethod = "close")
  I2pSession i2pSession(I2p i2p) throws I2pException {
    return i2p.open();
  }
}
